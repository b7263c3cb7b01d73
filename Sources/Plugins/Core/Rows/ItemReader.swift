import ApusExpressions
import ApusModel
import ApusPlugin

/// Reads the items of a file of rows, one by one: Ion as text (JSON lines are a part of it) or binary.
///
/// Holds one piece of the file and the row at hand, whatever the size of the file.
struct ItemReader {
    struct Item {
        var value: Value
        /// The item as a line of Ion text, without its end: as the file has it, where that is text.
        var line: [UInt8]
    }

    /// A row may be so long.
    static let maxRowBytes = 16 << 20

    private let file: LocalFile
    private var buffer: [UInt8] = []
    /// Where the next row begins in the buffer.
    private var start = 0
    private var isAtEnd = false
    private var isBinary: Bool?
    private var scanner = IonRowScanner()
    private var binary = BinaryIonPieces()
    /// Items of the last row that were not given yet, in reverse.
    private var items: [Item] = []
    private var rows = 0
    /// The most bytes that were held in memory.
    private(set) var peakBytes = 0

    init(_ path: String) throws { file = try LocalFile(path) }

    /// The next item; `nil` at the end.
    ///
    /// - Throws: `TaskFailure` for a row that is not Ion.
    mutating func next() async throws -> Item? {
        while true {
            if let item = items.popLast() { return item }
            if isBinary == nil {
                try await load(atLeast: Ion.binaryMarker.count)
                isBinary = buffer.starts(with: Ion.binaryMarker)
            }
            guard let row = try await row() else { return nil }
            rows += 1
            do {
                items = try isBinary == true ? binaryItems(row) : textItems(row)
            } catch let error as ExpressionError {
                throw TaskFailure("Row \(rows) of the file cannot be read: \(error.message)")
            }
        }
    }

    private mutating func textItems(_ row: [UInt8]) throws -> [Item] {
        let values = try Ion.values(in: String(decoding: row, as: UTF8.self))
        // A row that goes over several lines, or holds several items, is written anew: an item is one line.
        let line = row.last == 0x0A ? row.dropLast() : row[...]
        if values.count == 1, !line.contains(0x0A) {
            return [Item(value: values[0], line: Array(line))]
        }
        return values.reversed().map { Item(value: $0, line: Array(Ion.text(of: $0).utf8)) }
    }

    private mutating func binaryItems(_ row: [UInt8]) throws -> [Item] {
        try binary.values(in: row).reversed().map { Item(value: $0, line: Array(Ion.text(of: $0).utf8)) }
    }

    /// The bytes of the next row, which leave the buffer.
    private mutating func row() async throws -> [UInt8]? {
        while true {
            if let end = isBinary == true
                ? binaryEnd() : scanner.end(of: buffer, from: start, isLast: isAtEnd)
            {
                defer { start = end }
                return Array(buffer[start..<end])
            }
            if isAtEnd { return nil }
            // What was given is dropped once a piece, not once a row: moving the rest costs its length.
            buffer.removeFirst(start)
            start = 0
            try await load(atLeast: buffer.count + 1)
        }
    }

    private func binaryEnd() -> Int? {
        // A value that is cut off is given as it is, for the reader of Ion to say so.
        let cut = isAtEnd && start < buffer.count ? buffer.count : nil
        guard let size = BinaryIonPieces.size(ofFirstValueIn: buffer[start...]) else { return cut }
        return size <= buffer.count - start ? start + size : cut
    }

    private mutating func load(atLeast count: Int) async throws {
        while buffer.count < count, !isAtEnd {
            guard buffer.count <= Self.maxRowBytes else {
                throw TaskFailure("Row \(rows + 1) of the file is longer than \(Self.maxRowBytes) bytes")
            }
            let piece = try await file.next()
            isAtEnd = piece.isEmpty
            buffer += piece
            peakBytes = max(peakBytes, buffer.count + piece.count)
        }
    }
}
