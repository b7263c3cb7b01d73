import Foundation

/// A file being written beside the storage; it takes its place in one step once it is whole, and is removed when
/// it never becomes so.
///
/// `@unchecked Sendable`: written by one call after the other, as `StorageUpload` asks for.
final class NewFile: @unchecked Sendable {
    private let storage: LocalStorage
    private let address: StorageURI
    private let name = UUID().uuidString
    private let file: FileDescriptor
    private var size = 0
    private var isFinished = false

    init(in storage: LocalStorage, for address: StorageURI) throws {
        // Refused before anything is written.
        _ = try storage.parent(of: address)
        self.storage = storage
        self.address = address
        file = try storage.temporary.newFile(name)
    }

    deinit {
        // Nothing can be done about a failure here; the next start removes what is left.
        if !isFinished { _ = try? storage.temporary.removeFile(name) }
    }

    func append(_ bytes: ArraySlice<UInt8>) throws {
        guard bytes.count <= storage.limits.maxFileBytes - size else {
            throw StorageError(
                .tooLarge,
                "\(address) is larger than the \(storage.limits.maxFileBytes) bytes a file may have")
        }
        try file.write(bytes)
        size += bytes.count
    }

    func finish() throws -> StoredFile {
        if storage.limits.isSynchronised { try file.synchronise() }
        guard let (parent, target) = try storage.parent(of: address, creating: true) else {
            throw StorageError(.unavailable, "the directory of \(address) cannot be made")
        }
        try storage.temporary.rename(name, to: parent, target)
        isFinished = true
        if storage.limits.isSynchronised { try parent.handle.synchronise() }
        guard let stored = StoredFile(address, try file.status()) else {
            throw StorageError(.unavailable, "\(address) was not stored as a file")
        }
        return stored
    }
}

struct LocalUpload: StorageUpload {
    let file: NewFile
    let storage: LocalStorage

    func write(_ bytes: [UInt8]) async throws {
        try await storage.onThread { [file] in try file.append(bytes[...]) }
    }

    func finish() async throws -> StoredFile {
        try await storage.onThread { [file] in try file.finish() }
    }
}

struct LocalContent: StoredContent {
    let file: FileDescriptor
    let size: Int
    let storage: LocalStorage

    func read(at offset: Int, count: Int) async throws -> [UInt8] {
        guard offset >= 0 else { return [] }
        return try await storage.onThread { [file] in try file.read(at: offset, count: count) }
    }
}
