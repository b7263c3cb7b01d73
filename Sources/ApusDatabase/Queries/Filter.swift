/// How a text column has to look.
public indirect enum TextMatch: Hashable, Sendable {
    case equals(String)
    case oneOf([String])
    /// A namespace itself, or one below it: `a.b` matches `a.b` and `a.b.c`, not `a.bc`.
    case under(String)
    case startsWith(String)
    case endsWith(String)
    /// Without regard to the case of ASCII letters.
    case contains(String)
    case not(TextMatch)
    /// Every one of them; empty matches everything.
    case all([TextMatch])
}

/// A part of a long result.
public struct Page: Hashable, Sendable {
    /// At most this many rows are given at once.
    public static let maxSize = 10_000

    /// From 1.
    public let number: Int
    public let size: Int

    /// Numbers out of range become the nearest that is allowed.
    public init(_ number: Int = 1, size: Int = 10) {
        self.number = max(1, number)
        self.size = min(max(1, size), Self.maxSize)
    }

    var limit: SQLValue { .int(size) }
    var offset: SQLValue {
        let (product, overflow) = (number - 1).multipliedReportingOverflow(by: size)
        return .int(overflow ? Int.max : product)
    }
}

/// A column to sort by and its direction.
public struct Sort<Field: Hashable & Sendable>: Hashable, Sendable {
    public var field: Field
    public var isDescending: Bool

    public init(_ field: Field, descending: Bool = false) {
        self.field = field
        isDescending = descending
    }
}

/// Conditions put together from parts of the program; what a user wrote is only ever bound.
struct Conditions {
    private var parts: [String] = []
    private(set) var values: [SQLValue] = []

    /// Empty, or ` WHERE …`.
    var text: String { parts.isEmpty ? "" : " WHERE " + parts.joined(separator: " AND ") }

    mutating func add(_ condition: String, _ bound: SQLValue...) {
        parts.append(condition)
        values += bound
    }

    mutating func add(_ condition: String, all bound: [SQLValue]) {
        parts.append(condition)
        values += bound
    }

    mutating func add(_ column: String, _ match: TextMatch?) {
        guard let match else { return }
        let (condition, bound) = Self.condition(column, match)
        add(condition, all: bound)
    }

    mutating func add(_ column: String, oneOf texts: [String]) {
        guard !texts.isEmpty else { return }
        add("\(column) IN (\(Self.marks(texts.count)))", all: texts.map { .text($0) })
    }

    /// Any of the columns contains the text.
    mutating func add(anyOf columns: [String], contains text: String?) {
        guard let text, !text.isEmpty else { return }
        let condition = columns.map { "\($0) LIKE ? ESCAPE '\\'" }.joined(separator: " OR ")
        add("(\(condition))", all: columns.map { _ in .text("%\(Self.escaped(text))%") })
    }

    private static func condition(_ column: String, _ match: TextMatch) -> (String, [SQLValue]) {
        switch match {
        case .equals(let text): return ("\(column) = ?", [.text(text)])
        case .oneOf(let texts):
            guard !texts.isEmpty else { return ("0 = 1", []) }
            return ("\(column) IN (\(marks(texts.count)))", texts.map { .text($0) })
        case .under(let text):
            // `/` is the character after `.`: a range that an index can serve.
            return (
                "(\(column) = ? OR (\(column) >= ? AND \(column) < ?))",
                [.text(text), .text(text + "."), .text(text + "/")]
            )
        case .startsWith(let text): return ("\(column) LIKE ? ESCAPE '\\'", [.text(escaped(text) + "%")])
        case .endsWith(let text): return ("\(column) LIKE ? ESCAPE '\\'", [.text("%" + escaped(text))])
        case .contains(let text): return ("\(column) LIKE ? ESCAPE '\\'", [.text("%\(escaped(text))%")])
        case .not(let match):
            let (condition, values) = condition(column, match)
            return ("NOT (\(condition))", values)
        case .all(let matches):
            let parts = matches.map { condition(column, $0) }
            guard !parts.isEmpty else { return ("1 = 1", []) }
            return ("(" + parts.map(\.0).joined(separator: " AND ") + ")", parts.flatMap(\.1))
        }
    }

    static func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ",") }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if character == "%" || character == "_" || character == "\\" { result.append("\\") }
            result.append(character)
        }
        return result
    }
}
