public import ApusModel

/// Where files live that tasks exchange.
///
/// A file is whole or absent: readers never see a part of one that is being written.
public protocol InternalStorage: Sendable {
    /// Stores bytes under an address, in place of what was there.
    @discardableResult
    func put(_ bytes: [UInt8], at address: StorageURI) async throws -> StoredFile

    /// Stores a copy of a file.
    ///
    /// - Parameters:
    ///   - directory: Where the file is looked for.
    ///   - path: Of the file below it, such as `out/data.csv`. No part of it may be a link, so that a task cannot
    ///     have a file of the machine stored that is not its own.
    @discardableResult
    func put(fileAt path: String, in directory: String, at address: StorageURI) async throws -> StoredFile

    /// Begins to store a file piece by piece. It appears when the upload is finished.
    func upload(to address: StorageURI) async throws -> any StorageUpload

    /// What is stored under an address; `nil` when there is nothing.
    func find(_ address: StorageURI) async throws -> StoredFile?

    /// Opens a file for reading.
    ///
    /// - Throws: `StorageError`: `notFound`, `notAFile`.
    func open(_ address: StorageURI) async throws -> any StoredContent

    /// What lies directly in a directory, by name; empty when there is no such directory.
    func list(_ address: StorageURI) async throws -> [StoredFile]

    /// All files below a directory, by address, up to a limit.
    func listAll(below address: StorageURI, limit: Int) async throws -> [StoredFile]

    /// Removes a file, or a directory with all it holds. Answers whether there was one.
    @discardableResult
    func delete(_ address: StorageURI) async throws -> Bool

    func createDirectory(_ address: StorageURI) async throws

    /// Gives a file or directory another address, in place of a file that was there.
    func move(_ address: StorageURI, to target: StorageURI) async throws
}

/// What is known of something stored.
public struct StoredFile: Hashable, Sendable {
    public var address: StorageURI
    /// Bytes; 0 for a directory.
    public var size: Int
    public var modified: Timestamp
    public var isDirectory: Bool
}

/// A file opened for reading; closed when the last reference goes.
public protocol StoredContent: Sendable {
    var size: Int { get }
    /// Up to `count` bytes from a place; empty at the end.
    func read(at offset: Int, count: Int) async throws -> [UInt8]
}

/// A file on its way into the storage. Dropped without `finish`, nothing of it stays.
public protocol StorageUpload: Sendable {
    /// Adds bytes at the end. One call at a time.
    func write(_ bytes: [UInt8]) async throws
    func finish() async throws -> StoredFile
}

extension InternalStorage {
    /// Bytes of one piece when a file is read as a stream.
    public static var pieceBytes: Int { 256 * 1024 }

    /// A whole file, up to a limit.
    ///
    /// - Throws: `StorageError` (`tooLarge`) beyond the limit.
    public func read(_ address: StorageURI, maxBytes: Int) async throws -> [UInt8] {
        let content = try await open(address)
        guard content.size <= maxBytes else {
            throw StorageError(
                .tooLarge,
                "\(address) has \(content.size) bytes, more than the \(maxBytes) that may be read at once")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(content.size)
        while true {
            let piece = try await content.read(at: bytes.count, count: Self.pieceBytes)
            if piece.isEmpty { return bytes }
            bytes += piece
        }
    }

    /// A file piece by piece; the next is read when it is asked for.
    public func stream(_ address: StorageURI) async throws -> AsyncThrowingStream<[UInt8], any Error> {
        let content = try await open(address)
        let place = ReadingPlace()
        return AsyncThrowingStream {
            let piece = try await content.read(at: place.offset, count: Self.pieceBytes)
            place.offset += piece.count
            return piece.isEmpty ? nil : piece
        }
    }
}

/// How far a stream has read.
///
/// `@unchecked Sendable`: a stream asks for one piece at a time.
private final class ReadingPlace: @unchecked Sendable {
    var offset = 0
}
