import ApusDatabase
import ApusModel
import ApusPlugin
import ApusStorage
import Foundation

/// The files of namespaces in the internal storage, as tasks use them.
struct NamespaceFileStore: NamespaceFileAccess {
    let files: NamespaceFiles
    let database: any Database

    func list(_ namespace: String) async throws(TaskFailure) -> [String] {
        try await translated { try await files.all(namespace) }
    }

    func fetch(_ path: String, in namespace: String, to localPath: String) async throws(TaskFailure) {
        try await translated {
            try await files.storage.copy(try files.address(of: path, in: namespace), toFile: localPath)
        }
    }

    func store(
        _ name: String, of directory: String, at path: String, in namespace: String, replacing: Bool
    ) async throws(TaskFailure) -> String? {
        try await translated {
            try await requireNamespace(namespace)
            let address = try files.address(of: path, in: namespace)
            if let present = try await files.storage.find(address) {
                guard !present.isDirectory else {
                    throw TaskFailure("`\(path)` is a directory of the namespace `\(namespace)`")
                }
                guard replacing else { return nil }
                try await files.keepRevision(of: path, in: namespace)
            }
            return try await files.storage.put(fileAt: name, in: directory, at: address).address.description
        }
    }

    func delete(_ path: String, in namespace: String) async throws(TaskFailure) -> Bool {
        try await translated { try await files.delete(path, in: namespace) }
    }

    func deleteEmptyDirectories(above path: String, in namespace: String) async throws(TaskFailure) {
        try await translated {
            try await files.deleteEmptyDirectories(above: path, in: namespace)
        }
    }

    func uri(of path: String, in namespace: String) throws(TaskFailure) -> String {
        do {
            return try files.address(of: path, in: namespace).description
        } catch {
            throw TaskFailure(error.message)
        }
    }

    /// Those that have flows, and those above them.
    func namespaces() async throws(TaskFailure) -> [String] {
        try await translated {
            let names = try await database.read { try Flows.namespaces($0) }
            return Set(names.flatMap(NamespaceName.withParents)).sorted()
        }
    }

    func purgeRevisions(
        of path: String, in namespace: String, keeping kept: Int?, before date: Timestamp?
    ) async throws(TaskFailure) -> Int {
        try await translated {
            try await files.purgeRevisions(of: path, in: namespace, keeping: kept, before: date)
        }
    }

    private func requireNamespace(_ namespace: String) async throws {
        let exists = try await database.read { try Flows.exist(under: namespace, $0) }
        guard exists else {
            throw TaskFailure("the namespace `\(namespace)` does not exist: no flow is in it")
        }
    }

    private func translated<T: Sendable>(
        _ body: @Sendable () async throws -> T
    ) async throws(TaskFailure) -> T {
        do {
            return try await body()
        } catch let failure as TaskFailure {
            throw failure
        } catch let error as StorageError {
            throw TaskFailure(error.message)
        } catch {
            throw TaskFailure("the files of the namespace cannot be used: \(error)")
        }
    }
}

extension InternalStorage {
    /// Copies a file to a path of this machine.
    func copy(_ address: StorageURI, toFile path: String) async throws {
        let content = try await open(address)
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else { throw StorageError(.unavailable, "the file \(path) cannot be made") }
        // Closed by the end of its life anyway; what was written has been written.
        defer { try? file.close() }
        var offset = 0
        while true {
            let piece = try await content.read(at: offset, count: Self.pieceBytes)
            guard !piece.isEmpty else { return }
            try file.write(contentsOf: piece)
            offset += piece.count
        }
    }
}
