import Foundation

/// Finds, for each key, the last of the rows that have it, with little memory however many keys there are.
///
/// Keys are noted as 128 bits of a hash that no file can foresee, spread over partitions by their first bits; a
/// partition that grows goes to a file. In the end the partitions are gone through one by one, and the rows that
/// stay are a bit each.
final class KeyLedger {
    private static let partitions = 256
    /// Bytes that wait, of all partitions together, before they are written.
    private let bufferBytes: Int
    private static let entryBytes = 24

    private let directory: String
    private var waiting: [[UInt8]]
    private var waitingBytes = 0
    private var isOnDisk = false
    private(set) var rows = 0
    /// The most bytes that ever waited.
    private(set) var peakBytes = 0

    /// - Parameter directory: Where partitions go that do not fit; it exists, and nothing else is in it.
    init(in directory: String, bufferBytes: Int = 8 << 20) {
        self.directory = directory
        self.bufferBytes = bufferBytes
        waiting = Array(repeating: [], count: Self.partitions)
    }

    /// Notes the key of the next row.
    func add(_ key: String) throws {
        let (high, low) = Self.hash(key)
        let partition = Int(high >> 56)
        for number in [high, low, UInt64(rows)] {
            withUnsafeBytes(of: number.littleEndian) { waiting[partition].append(contentsOf: $0) }
        }
        rows += 1
        waitingBytes += Self.entryBytes
        peakBytes = max(peakBytes, waitingBytes)
        if waitingBytes >= bufferBytes { try flush() }
    }

    /// Which rows are the last of their key, and how many keys there are.
    func lastRows() throws -> (rows: RowSet, keys: Int) {
        if isOnDisk { try flush() }
        var result = RowSet(count: rows)
        var keys = 0
        for partition in 0..<Self.partitions {
            let entries = isOnDisk ? try stored(partition) : waiting[partition]
            var last: [Hash: Int] = [:]
            for start in stride(from: 0, to: entries.count - Self.entryBytes + 1, by: Self.entryBytes) {
                let hash = Hash(
                    high: Self.number(entries, start), low: Self.number(entries, start + 8))
                last[hash] = Int(clamping: Self.number(entries, start + 16))
            }
            keys += last.count
            for row in last.values { result.insert(row) }
            waiting[partition] = []
        }
        return (result, keys)
    }

    private struct Hash: Hashable {
        var high: UInt64
        var low: UInt64
    }

    /// The seeds of `Hasher` are random in each process.
    private static func hash(_ key: String) -> (UInt64, UInt64) {
        var (high, low) = (Hasher(), Hasher())
        low.combine(0)
        high.combine(key)
        low.combine(key)
        return (
            UInt64(bitPattern: Int64(high.finalize())), UInt64(bitPattern: Int64(low.finalize()))
        )
    }

    private static func number(_ bytes: [UInt8], _ start: Int) -> UInt64 {
        bytes[start..<(start + 8)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private func path(_ partition: Int) -> String { "\(directory)/keys-\(partition)" }

    private func stored(_ partition: Int) throws -> [UInt8] {
        guard FileManager.default.fileExists(atPath: path(partition)) else { return [] }
        return Array(try Data(contentsOf: URL(fileURLWithPath: path(partition))))
    }

    private func flush() throws {
        isOnDisk = true
        for partition in waiting.indices where !waiting[partition].isEmpty {
            let path = path(partition)
            if !FileManager.default.fileExists(atPath: path) {
                guard FileManager.default.createFile(atPath: path, contents: nil) else {
                    throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
                }
            }
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            try handle.seekToEnd()
            try handle.write(contentsOf: Data(waiting[partition]))
            waiting[partition].removeAll(keepingCapacity: true)
        }
        waitingBytes = 0
    }
}

/// Some of the rows of a file, a bit each.
struct RowSet {
    private var words: [UInt64]

    init(count: Int) { words = Array(repeating: 0, count: count / 64 + 1) }

    mutating func insert(_ row: Int) {
        guard row >= 0, words.indices.contains(row / 64) else { return }
        words[row / 64] |= 1 << UInt64(row % 64)
    }

    func contains(_ row: Int) -> Bool {
        row >= 0 && words.indices.contains(row / 64) && words[row / 64] & (1 << UInt64(row % 64)) != 0
    }
}
