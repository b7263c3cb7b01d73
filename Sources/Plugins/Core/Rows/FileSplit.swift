public import ApusPlugin

/// Splits a file of rows into pieces, row by row, in little memory whatever the file.
///
/// Source: core-plugins, `core.storage.Split` and `batch` of `core.flow.ForEachItem`.
public struct FileSplit: Hashable, Sendable {
    /// Where a row goes.
    public enum Rule: Hashable, Sendable {
        /// A piece has so many rows.
        case rows(Int)
        /// A piece is complete once it has so many bytes.
        case bytes(Int)
        /// There are so many pieces, and rows go to them in turn.
        case partitions(Int)
        /// Rows with the same text for the first group of a regular expression share a piece; rows that do not
        /// match are left out.
        case pattern(String)
    }

    /// What became of a file.
    public struct Result: Hashable, Sendable {
        /// The pieces, in order; none of them is empty.
        public var paths: [String]
        /// Rows that a pattern left out.
        public var unmatchedRows = 0
        /// The most bytes that were held in memory.
        public var peakBytes = 0
    }

    public let rule: Rule
    /// Between the rows, and after each row of a piece.
    let separator: [UInt8]

    /// - Parameter separator: `\n` and the like may be written as two characters, as YAML keeps them without
    ///   quotes.
    public init(_ rule: Rule, separator: String = "\n") throws(TaskFailure) {
        let separator = Self.unescaped(separator)
        guard !separator.isEmpty else { throw TaskFailure("`separator` must not be empty") }
        switch rule {
        case .rows(let count), .bytes(let count), .partitions(let count):
            guard count > 0 else { throw TaskFailure("`rows`, `bytes` and `partitions` must be at least 1") }
            if case .partitions = rule, count > PieceFiles.maxPieces {
                throw TaskFailure("`partitions` can be \(PieceFiles.maxPieces) at most, found \(count)")
            }
        case .pattern: break
        }
        self.rule = rule
        self.separator = Array(separator.utf8)
    }

    /// The rule of properties of which one is given; of several, the first in this order counts.
    ///
    /// - Parameter bytes: Such as `10MB`.
    public static func rule(
        bytes: String?, partitions: Int?, rows: Int?, regexPattern: String?
    ) throws(TaskFailure) -> Rule {
        if let bytes {
            guard let count = ByteSize.bytes(bytes) else {
                throw TaskFailure("`bytes` must be a size such as 500, 10KB or 1MB, found `\(bytes)`")
            }
            return .bytes(count)
        }
        if let partitions { return .partitions(partitions) }
        if let rows { return .rows(rows) }
        if let regexPattern { return .pattern(regexPattern) }
        throw TaskFailure("One of `bytes`, `partitions`, `rows` and `regexPattern` must be given")
    }

    /// Splits a local file.
    ///
    /// - Parameters:
    ///   - directory: Where the pieces are made; it exists, and nothing else is in it.
    ///   - suffix: What the names of the pieces end with, such as `.csv`.
    public func split(_ path: String, into directory: String, suffix: String = "") async throws -> Result {
        let file = try LocalFile(path)
        let pieces = PieceFiles(in: directory, suffix: suffix)
        var router = try RowRouter(rule, separator: separator)
        var scanner = SeparatorScanner(separator)
        var peak = 0
        while true {
            let bytes = try await file.next()
            try scanner.scan(bytes) { found in try router.route(found, to: pieces) }
            peak = max(peak, 2 * bytes.count + scanner.heldBytes + router.heldBytes)
            if bytes.isEmpty { break }
        }
        return Result(
            paths: try pieces.finish(), unmatchedRows: router.unmatchedRows,
            peakBytes: peak + pieces.peakBytes)
    }

    static func unescaped(_ separator: String) -> String {
        separator.replacing("\\r", with: "\r").replacing("\\n", with: "\n").replacing("\\t", with: "\t")
    }
}
