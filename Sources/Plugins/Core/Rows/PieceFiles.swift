import ApusPlugin
import Foundation

/// Writes many files side by side with little memory: bytes wait until there are enough of them for all files
/// together, and no file stays open.
final class PieceFiles {
    /// Files at most.
    static let maxPieces = 100_000
    /// Bytes that wait, of all files together.
    static let bufferBytes = 1 << 20
    /// Files with bytes that wait.
    private static let maxWaiting = 4096

    private let directory: String
    private let suffix: String
    private var waiting: [Int: [UInt8]] = [:]
    private var waitingBytes = 0
    private var known: Set<Int> = []
    /// The most bytes that ever waited.
    private(set) var peakBytes = 0

    /// - Parameter suffix: What the names end with, such as `.csv`.
    init(in directory: String, suffix: String) {
        self.directory = directory
        self.suffix = suffix
    }

    /// Adds bytes to the end of a file; files are numbered from 0.
    func append(_ bytes: ArraySlice<UInt8>, to piece: Int) throws {
        if known.insert(piece).inserted, known.count > Self.maxPieces {
            throw TaskFailure(
                "The file would be split into more than \(Self.maxPieces) pieces; make the pieces larger")
        }
        waiting[piece, default: []].append(contentsOf: bytes)
        waitingBytes += bytes.count
        peakBytes = max(peakBytes, waitingBytes)
        if waitingBytes >= Self.bufferBytes || waiting.count >= Self.maxWaiting { try flush() }
    }

    /// Writes what waits, and gives the paths of all files in the order of their numbers.
    func finish() throws -> [String] {
        try flush()
        return known.sorted().map(path)
    }

    private func path(_ piece: Int) -> String { "\(directory)/piece-\(piece)\(suffix)" }

    private func flush() throws {
        for (piece, bytes) in waiting {
            let path = path(piece)
            if !FileManager.default.fileExists(atPath: path) {
                guard FileManager.default.createFile(atPath: path, contents: nil) else {
                    throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
                }
            }
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            try handle.seekToEnd()
            try handle.write(contentsOf: Data(bytes))
        }
        waiting.removeAll(keepingCapacity: true)
        waitingBytes = 0
    }
}
