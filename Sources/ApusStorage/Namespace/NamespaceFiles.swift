import ApusModel

/// The files of namespaces in the internal storage, with their earlier revisions.
///
/// A file is `kestra:///company/team/_files/sql/load.sql`. What it was before is kept beside, in a directory that
/// belongs to its path, one file for each revision. All throw `StorageError`.
public struct NamespaceFiles: Sendable {
    /// Earlier revisions of one file that are kept; older ones go.
    public static let maxRevisions = 100
    /// Files that one call looks through.
    public static let maxFiles = 100_000
    /// Some of what a segment of an address may have is left for the names of revisions.
    static let maxNameBytes = StorageURI.maxSegmentBytes - 4
    static let maxDepth = StorageURI.maxSegments - 16

    public let storage: any InternalStorage

    public init(_ storage: any InternalStorage) { self.storage = storage }

    /// The address of a file or directory; with an empty path, of all files of the namespace.
    ///
    /// - Parameter path: Not decoded; a slash in front or behind changes nothing.
    public func address(of path: String, in namespace: String) throws(StorageError) -> StorageURI {
        guard NamespaceName.isValid(namespace) else {
            throw StorageError(.invalidAddress, "`\(namespace.prefix(60))` is not the name of a namespace")
        }
        let root = try StorageURI.namespaceFiles(namespace)
        let inner = path.drop { $0 == "/" }
        let trimmed = inner.hasSuffix("/") ? inner.dropLast() : inner
        guard !trimmed.isEmpty else { return root }
        let address = try root.appending(path: String(trimmed))
        let names = address.segments.dropFirst(root.segments.count)
        guard names.count <= Self.maxDepth, names.allSatisfy({ $0.utf8.count <= Self.maxNameBytes }) else {
            throw StorageError(.invalidAddress, "the path is too long or has too many directories")
        }
        return address
    }

    /// The address of a file or directory, not of all files together.
    ///
    /// - Throws: `invalidAddress` also for an empty path.
    func item(_ path: String, in namespace: String) throws(StorageError) -> StorageURI {
        let address = try address(of: path, in: namespace)
        guard address != (try self.address(of: "", in: namespace)) else {
            throw StorageError(.invalidAddress, "name a file or directory: the path is empty")
        }
        return address
    }

    /// The path of an address below the files of its namespace, without a slash in front.
    public func path(of address: StorageURI, in namespace: String) throws(StorageError) -> String {
        let root = try self.address(of: "", in: namespace)
        return address.segments.dropFirst(root.segments.count).joined(separator: "/")
    }

    /// The paths of all files, in order.
    ///
    /// - Throws: `tooLarge` beyond `maxFiles`.
    public func all(_ namespace: String, below directory: String = "") async throws -> [String] {
        let found = try await storage.listAll(
            below: try address(of: directory, in: namespace), limit: Self.maxFiles + 1)
        guard found.count <= Self.maxFiles else {
            throw StorageError(.tooLarge, "`\(namespace)` has more than \(Self.maxFiles) files")
        }
        return try found.map { try path(of: $0.address, in: namespace) }
    }

    /// Makes what is there an earlier revision, before something else takes its place.
    ///
    /// A crash after it leaves the same content twice, as a revision and as the file; nothing is lost.
    public func keepRevision(of path: String, in namespace: String) async throws {
        let address = try address(of: path, in: namespace)
        guard let present = try await storage.find(address), !present.isDirectory else { return }
        let kept = try await revisions(of: path, in: namespace)
        let number = (kept.last?.number ?? 0) + 1
        let place = try revisionsDirectory(of: path, in: namespace)
        try await copy(address, to: try place.appending(String(number)))
        for old in kept.dropLast(Self.maxRevisions - 1) {
            try await storage.delete(try place.appending(String(old.number)))
        }
    }

    private func copy(_ address: StorageURI, to target: StorageURI) async throws {
        let content = try await storage.open(address)
        let upload = try await storage.upload(to: target)
        var offset = 0
        while true {
            let piece = try await content.read(at: offset, count: 256 * 1024)
            guard !piece.isEmpty else { break }
            try await upload.write(piece)
            offset += piece.count
        }
        _ = try await upload.finish()
    }

    /// Removes a file or directory with its revisions. Answers whether there was one.
    public func delete(_ path: String, in namespace: String) async throws -> Bool {
        let address = try item(path, in: namespace)
        guard let found = try await storage.find(address) else { return false }
        let files = found.isDirectory ? try await all(namespace, below: path) : [path]
        let isDeleted = try await storage.delete(address)
        for file in files { try await storage.delete(try revisionsDirectory(of: file, in: namespace)) }
        return isDeleted
    }

    /// Removes the directories above a path that hold nothing any more.
    public func deleteEmptyDirectories(above path: String, in namespace: String) async throws {
        var names = path.split(separator: "/").dropLast()
        while !names.isEmpty {
            let address = try address(of: names.joined(separator: "/"), in: namespace)
            guard try await storage.list(address).isEmpty else { return }
            try await storage.delete(address)
            names = names.dropLast()
        }
    }

    /// Gives a file or directory another path, its revisions with it.
    ///
    /// - Throws: `notFound`; `notADirectory` for a directory that is to be moved into itself.
    public func move(_ path: String, to target: String, in namespace: String) async throws {
        let from = try item(path, in: namespace)
        let to = try item(target, in: namespace)
        guard from != to else { return }
        guard !to.isInside(from) else {
            throw StorageError(.notADirectory, "`\(path)` cannot be moved into itself")
        }
        guard let found = try await storage.find(from) else {
            throw StorageError(.notFound, "there is no file `\(path)`")
        }
        let files = found.isDirectory ? try await all(namespace, below: path) : [path]
        if !found.isDirectory { try await keepRevision(of: target, in: namespace) }
        try await storage.move(from, to: to)
        for file in files {
            let rest = try address(of: file, in: namespace).segments.dropFirst(from.segments.count)
            let new = rest.isEmpty ? to : try to.appending(path: rest.joined(separator: "/"))
            let oldPlace = try revisionsDirectory(of: file, in: namespace)
            let newPlace = try revisionsDirectory(
                of: try self.path(of: new, in: namespace), in: namespace)
            guard try await storage.find(oldPlace) != nil, try await storage.find(newPlace) == nil else {
                continue
            }
            try await storage.move(oldPlace, to: newPlace)
        }
    }

    public func createDirectory(_ path: String, in namespace: String) async throws {
        try await storage.createDirectory(try item(path, in: namespace))
    }
}
