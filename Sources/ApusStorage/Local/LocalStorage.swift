import ApusModel
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The internal storage in a directory of this machine.
///
/// The address is the path below the directory. Work on the disk is done on a few threads of its own.
public struct LocalStorage: InternalStorage {
    public struct Limits: Sendable {
        /// Bytes of one file.
        public var maxFileBytes = 10 << 30
        /// Whether a file is on the disk before its address is given out. Without it a file may be empty or
        /// missing after a loss of power, though the execution knows of it.
        public var isSynchronised = true
        /// Levels of directories that are walked into when listing.
        public var maxDepth = StorageURI.maxSegments

        public init() {}
    }

    /// Files being written stand here until they are whole. The name is no slug and no namespace.
    static let temporaryDirectory = ".writing"

    let root: SafeDirectory
    let temporary: SafeDirectory
    let limits: Limits
    private let threads: StorageThreads
    /// The directory, for `path(of:)`.
    private let rootPath: String

    /// Makes the directory when it is missing, and removes what a process that ended left half written.
    ///
    /// - Throws: `StorageError` when the directory cannot be used.
    public init(directory: String, limits: Limits = Limits()) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StorageError(
                .unavailable,
                "the storage directory \(directory) cannot be made: \(error.localizedDescription)")
        }
        root = try SafeDirectory(path: directory)
        _ = try root.removeAll(Self.temporaryDirectory)
        guard let temporary = try root.directory([Self.temporaryDirectory], creating: true) else {
            throw StorageError(.unavailable, "the storage directory \(directory) cannot be written to")
        }
        self.temporary = temporary
        self.limits = limits
        threads = StorageThreads()
        rootPath = directory
    }

    func onThread<T: Sendable>(_ work: @Sendable @escaping () throws -> T) async throws -> T {
        try await threads.run(work)
    }

    @discardableResult
    public func put(_ bytes: [UInt8], at address: StorageURI) async throws -> StoredFile {
        try await onThread { [self] in
            let file = try NewFile(in: self, for: address)
            try file.append(bytes[...])
            return try file.finish()
        }
    }

    @discardableResult
    public func put(fileAt path: String, in directory: String, at address: StorageURI) async throws
        -> StoredFile
    {
        let names = try StorageURI(segments: []).appending(path: path).segments
        return try await onThread { [self] in
            guard let name = names.last,
                let source = try SafeDirectory(path: directory).directory(names.dropLast())?.file(name)
            else { throw StorageError(.notFound, "there is no file \(path)") }
            let file = try NewFile(in: self, for: address)
            var offset = 0
            while true {
                let piece = try source.read(at: offset, count: Self.pieceBytes)
                if piece.isEmpty { break }
                try file.append(piece[...])
                offset += piece.count
            }
            return try file.finish()
        }
    }

    public func upload(to address: StorageURI) async throws -> any StorageUpload {
        try await onThread { [self] in LocalUpload(file: try NewFile(in: self, for: address), storage: self) }
    }

    public func find(_ address: StorageURI) async throws -> StoredFile? {
        try await onThread { [self] in try stored(address) }
    }

    func stored(_ address: StorageURI) throws -> StoredFile? {
        guard let (parent, name) = try parent(of: address), let status = try parent.status(name) else {
            return nil
        }
        return StoredFile(address, status)
    }

    public func open(_ address: StorageURI) async throws -> any StoredContent {
        try await onThread { [self] in
            guard let (parent, name) = try parent(of: address), let file = try parent.file(name) else {
                throw StorageError(.notFound, "there is no file \(address)")
            }
            return LocalContent(file: file, size: Int(clamping: try file.status().st_size), storage: self)
        }
    }

    /// The path of a file on this machine, for those that can only read by path; `nil` when there is none.
    public func path(of address: StorageURI) async throws -> String? {
        let file = try await find(address)
        guard let file, !file.isDirectory else { return nil }
        return rootPath + "/" + address.segments.joined(separator: "/")
    }

    @discardableResult
    public func delete(_ address: StorageURI) async throws -> Bool {
        try await onThread { [self] in
            guard let (parent, name) = try parent(of: address) else { return false }
            return try parent.removeAll(name)
        }
    }

    public func createDirectory(_ address: StorageURI) async throws {
        try await onThread { [self] in
            try checked(address)
            _ = try root.directory(address.segments, creating: true)
        }
    }

    public func move(_ address: StorageURI, to target: StorageURI) async throws {
        try await onThread { [self] in
            guard let (parent, name) = try parent(of: address), try parent.status(name) != nil else {
                throw StorageError(.notFound, "there is nothing at \(address)")
            }
            guard let (newParent, newName) = try self.parent(of: target, creating: true) else {
                throw StorageError(.unavailable, "the directory of \(target) cannot be made")
            }
            try parent.rename(name, to: newParent, newName)
        }
    }

    /// The directory an address lies in, and its name there; `nil` when the directory does not exist.
    func parent(of address: StorageURI, creating: Bool = false) throws -> (SafeDirectory, String)? {
        try checked(address)
        guard let name = address.segments.last else {
            throw StorageError(.invalidAddress, "the storage as a whole is meant; name something in it")
        }
        do {
            return try root.directory(address.segments.dropLast(), creating: creating).map { ($0, name) }
        } catch let error as StorageError where error.reason == .notADirectory && !creating {
            // Below a file, or behind a link, there is nothing.
            return nil
        }
    }

    func checked(_ address: StorageURI) throws {
        guard address.segments.first != Self.temporaryDirectory else {
            throw StorageError(.invalidAddress, "`\(Self.temporaryDirectory)` belongs to the storage itself")
        }
    }
}

extension StoredFile {
    /// `nil` for links and other special files: they are not part of the storage.
    init?(_ address: StorageURI, _ status: stat) {
        guard status.isRegularFile || status.isDirectory else { return nil }
        #if canImport(Glibc)
            let time = status.st_mtim
        #else
            let time = status.st_mtimespec
        #endif
        self.init(
            address: address, size: status.isDirectory ? 0 : Int(clamping: status.st_size),
            modified: Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000),
            isDirectory: status.isDirectory)
    }
}
