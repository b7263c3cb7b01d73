import ApusModel

extension Filter {
    /// Filters that make texts of texts.
    static let text: [Filter] = [
        mapped("upper") { $0.uppercased() },
        mapped("lower") { $0.lowercased() },
        mapped("slugify", Words.slug),
        ofText("capitalize", Words.capitalized),
        ofText("title", Words.titled),
        ofText("trim", Words.trimmed),
        ofText("nl2br") { text in
            text.replacingOccurrences("\r\n", "\n").replacingOccurrences("\r", "\n")
                .replacingOccurrences("\n", "<br />")
        },
        Filter("abbreviate", ["length*"]) { (value, call) throws(ExpressionError) in
            let text = try call.input(value)
            let length = try call.int(0)
            guard length >= 0 else { throw .argument("\(call.subject) cuts to 0 or more, found \(length)") }
            return .string(Words.abbreviated(text, to: length))
        },
        Filter("indent", ["amount*", "prefix"]) { (value, call) throws(ExpressionError) in
            .string(try Words.indented(value.printed, call, onNewLine: false))
        },
        Filter("nindent", ["amount*", "prefix"]) { (value, call) throws(ExpressionError) in
            .string(try Words.indented(value.printed, call, onNewLine: true))
        },
        Filter("startsWith", ["value*"], takesNull: true) { (value, call) throws(ExpressionError) in
            guard !value.isNull else { throw .argument("\(call.subject) takes text, found null") }
            return .bool(value.printed.utf8.starts(with: try call.text(0).utf8))
        },
        Filter("endsWith", ["value*"], takesNull: true) { (value, call) throws(ExpressionError) in
            guard !value.isNull else { throw .argument("\(call.subject) takes text, found null") }
            return .bool(value.printed.utf8.reversed().starts(with: try call.text(0).utf8.reversed()))
        },
        Filter("escapeChar", ["type*"]) { (value, call) throws(ExpressionError) in
            let quote = try Quote(named: try call.string(0))
            return try value.mappingTexts(call.evaluator) { quote.escape($0) }
        },
        Filter("substringBefore", ["separator*"]) { (value, call) throws(ExpressionError) in
            .string(Substrings(value.printed, try call.string(0)).before)
        },
        Filter("substringBeforeLast", ["separator*"]) { (value, call) throws(ExpressionError) in
            .string(Substrings(value.printed, try call.string(0)).beforeLast)
        },
        Filter("substringAfter", ["separator*"]) { (value, call) throws(ExpressionError) in
            .string(Substrings(value.printed, try call.string(0)).after)
        },
        Filter("substringAfterLast", ["separator*"]) { (value, call) throws(ExpressionError) in
            .string(Substrings(value.printed, try call.string(0)).afterLast)
        },
        Filter("format", ["..."]) { (value, call) throws(ExpressionError) in
            .string(try PrintfFormat.format(value.printed, call.values.map { $0 ?? .null }))
        },
    ]

    /// A filter for the text form of any value.
    private static func mapped(_ name: String, _ transform: @escaping @Sendable (String) -> String) -> Filter
    {
        Filter(name, transform: transform) { (value, _) throws(ExpressionError) in
            .string(transform(value.printed))
        }
    }

    /// A filter that takes nothing but text.
    private static func ofText(_ name: String, _ transform: @escaping @Sendable (String) -> String) -> Filter
    {
        Filter(name, transform: transform) { (value, call) throws(ExpressionError) in
            .string(transform(try call.input(value)))
        }
    }
}

extension Arguments {
    /// The input of a filter that takes nothing but text. Times are text to a template, numbers are not.
    func input(_ value: Value) throws(ExpressionError) -> String {
        switch value {
        case .string(let text): return text
        case .extended(.float), .extended(.decimal), .null, .bool, .int, .double, .list, .map:
            throw .wrongType(subject, expected: "text", found: value)
        case .extended(let other): return other.text
        }
    }
}

extension Value {
    /// The value with a change made to every text in it. Keys stay, numbers and booleans become text, as in Kestra.
    func mappingTexts(
        _ evaluator: Evaluator, _ change: (String) throws(ExpressionError) -> String
    ) throws(ExpressionError) -> Value {
        try evaluator.spend()
        switch self {
        case .string(let text): return .string(try change(text))
        case .list(let items):
            var changed: [Value] = []
            for item in items { changed.append(try item.mappingTexts(evaluator, change)) }
            return .list(changed)
        case .map(let entries):
            var changed = entries
            for (key, value) in entries { changed[key] = try value.mappingTexts(evaluator, change) }
            return .map(HashOrder.sorted(changed))
        case .null: return self
        case .bool, .int, .double, .extended: return .string(try change(printed))
        }
    }
}

extension String {
    /// Every occurrence replaced, from left to right, by bytes.
    func replacingOccurrences(_ part: String, _ replacement: String) -> String {
        guard !part.isEmpty else { return self }
        let bytes = Array(utf8)
        let part = Array(part.utf8)
        let replacement = Array(replacement.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var place = 0
        while let range = bytes.firstRange(of: part, from: place) {
            result += bytes[place..<range.lowerBound]
            result += replacement
            place = range.upperBound
        }
        guard place > 0 else { return self }
        return String(decoding: result + bytes[place...], as: UTF8.self)
    }
}

/// The ways to escape quotes.
private enum Quote: String {
    case single
    case double
    case shell

    init(named name: String) throws(ExpressionError) {
        guard let quote = Quote(rawValue: name.lowercased()) else {
            throw .argument("the type of `escapeChar` is `single`, `double` or `shell`, found `\(name)`")
        }
        self = quote
    }

    func escape(_ text: String) -> String {
        switch self {
        case .single: text.replacingOccurrences("'", "\\'")
        case .double: text.replacingOccurrences("\"", "\\\"")
        case .shell: text.replacingOccurrences("'", "'\\''")
        }
    }
}

/// What stands around a separator.
private struct Substrings {
    private let text: [UInt8]
    private let separator: [UInt8]

    init(_ text: String, _ separator: String) {
        self.text = Array(text.utf8)
        self.separator = Array(separator.utf8)
    }

    private func string(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    private var first: Swift.Range<Int>? { text.firstRange(of: separator, from: 0) }

    private var last: Swift.Range<Int>? {
        guard !separator.isEmpty else { return nil }
        var found: Swift.Range<Int>?
        while let next = text.firstRange(of: separator, from: found.map { $0.lowerBound + 1 } ?? 0) {
            found = next
        }
        return found
    }

    var before: String { string(first.map { text[..<$0.lowerBound] } ?? text[...]) }
    var beforeLast: String { string(last.map { text[..<$0.lowerBound] } ?? text[...]) }
    var after: String { string(first.map { text[$0.upperBound...] } ?? []) }
    var afterLast: String { string(last.map { text[$0.upperBound...] } ?? []) }
}
