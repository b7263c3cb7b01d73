import ApusPlugin
import Foundation

/// Reads a local file piece by piece, from any place in it.
final class LocalFile {
    /// Bytes of one piece.
    static let pieceBytes = 256 * 1024

    let size: Int
    private let handle: FileHandle
    private var offset = 0

    init(_ path: String) throws {
        handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        size = Int(clamping: try handle.seekToEnd())
        try handle.seek(toOffset: 0)
    }

    deinit { try? handle.close() }

    /// The next piece; empty at the end. Lets others run before, and ends when the task is cancelled.
    func next(_ count: Int = LocalFile.pieceBytes) async throws -> [UInt8] {
        await Task.yield()
        try Task.checkCancellation()
        return try autoreleased { Array(try handle.read(upToCount: count) ?? Data()) }
    }

    /// The bytes from one place to before another; fewer at the end of the file.
    func bytes(_ range: Range<Int>) throws -> [UInt8] {
        try handle.seek(toOffset: UInt64(clamping: range.lowerBound))
        return try autoreleased { Array(try handle.read(upToCount: range.count) ?? Data()) }
    }

    private func autoreleased<T>(_ body: () throws -> T) rethrows -> T {
        #if canImport(Darwin)
            try autoreleasepool(invoking: body)
        #else
            try body()
        #endif
    }
}
