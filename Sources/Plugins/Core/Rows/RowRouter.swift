import ApusExpressions
import ApusModel
import ApusPlugin

/// Decides which piece a row belongs to, and sends it there.
struct RowRouter {
    /// A row that is matched with a pattern is held as a whole: so long it may be.
    static let maxRowBytes = 1 << 20

    private let rule: FileSplit.Rule
    private let separator: [UInt8]
    private let group: RowGroup?
    private var piece = 0
    /// Rows that ended.
    private var rows = 0
    /// In the piece at hand.
    private var bytes = 0
    /// The row at hand, for a pattern.
    private var row: [UInt8] = []
    private var pieceOf: [String: Int] = [:]
    private(set) var unmatchedRows = 0

    init(_ rule: FileSplit.Rule, separator: [UInt8]) throws {
        self.rule = rule
        self.separator = separator
        if case .pattern(let pattern) = rule { group = try RowGroup(pattern) } else { group = nil }
    }

    var heldBytes: Int { row.count }

    mutating func route(_ found: SeparatorScanner.Found, to pieces: PieceFiles) throws {
        switch found {
        case .part(let part):
            guard group == nil else { return try hold(part) }
            bytes += part.count
            try pieces.append(part, to: piece)
        case .end:
            if let group {
                try place(group, pieces)
            } else {
                bytes += separator.count
                try pieces.append(separator[...], to: piece)
            }
            rows += 1
            goOn()
        }
    }

    /// The piece of the next row.
    private mutating func goOn() {
        switch rule {
        case .rows(let count): piece = rows / count
        case .partitions(let count): piece = rows % count
        case .bytes(let count):
            guard bytes >= count else { return }
            piece += 1
            bytes = 0
        case .pattern: break
        }
    }

    private mutating func hold(_ part: ArraySlice<UInt8>) throws {
        guard row.count + part.count <= Self.maxRowBytes else {
            throw TaskFailure(
                "Row \(rows + 1) is longer than \(Self.maxRowBytes) bytes; `regexPattern` reads shorter rows only"
            )
        }
        row += part
    }

    private mutating func place(_ group: RowGroup, _ pieces: PieceFiles) throws {
        defer { row.removeAll(keepingCapacity: true) }
        guard let key = try group.key(of: String(decoding: row, as: UTF8.self)) else {
            unmatchedRows += 1
            return
        }
        let piece = pieceOf[key] ?? pieceOf.count
        pieceOf[key] = piece
        try pieces.append((row + separator)[...], to: piece)
    }
}

/// The text of the first group of a regular expression in a row, found with the expressions' own engine and within
/// its limits.
struct RowGroup {
    private let template: Template
    private let pattern: String

    /// - Throws: `TaskFailure` for a text that is no regular expression with a group.
    init(_ pattern: String) throws {
        self.pattern = pattern
        template = try Template("{{ row | regexExtract(pattern, 1) }}")
        do {
            _ = try key(of: "")
        } catch {
            throw TaskFailure(
                "`regexPattern` must be a regular expression with a group in brackets: \(error)")
        }
    }

    /// `nil` for a row that does not match.
    func key(of row: String) throws -> String? {
        let variables: OrderedMap<Value> = ["row": .string(row), "pattern": .string(pattern)]
        let context = RenderContext(variables: Variables(variables), now: Timestamp(microseconds: 0))
        return try template.renderIfPrinted(context)
    }
}
