internal import ApusModel

/// Reads one value of Amazon Ion text: JSON with comments, bare keys, dates, symbols and annotations.
///
/// Symbols become texts, annotations are dropped, s-expressions become lists, decimals become numbers; a date
/// with a time and its offset becomes an instant, a full date a date, shorter ones stay texts.
/// Source: the Amazon Ion specification, text encoding.
struct IonTextReader {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private static let maxDepth = 200
    private let scalars: [Unicode.Scalar]
    private var place = 0
    private var depth = 0

    static func parse(_ text: String) throws(Failure) -> Value {
        var reader = IonTextReader(scalars: Array(text.unicodeScalars))
        let value = try reader.value()
        try reader.skipSpace()
        guard reader.next == nil else { throw reader.failure("expected the end of the text") }
        return value
    }

    private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

    private var next: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

    private func failure(_ message: String) -> Failure {
        Failure(description: "\(message) (character \(place + 1))")
    }

    private func isAt(_ text: StaticString) -> Bool {
        var index = place
        for scalar in "\(text)".unicodeScalars {
            guard index < scalars.count, scalars[index] == scalar else { return false }
            index += 1
        }
        return true
    }

    private mutating func accept(_ text: StaticString) -> Bool {
        guard isAt(text) else { return false }
        place += text.utf8CodeUnitCount
        return true
    }

    private mutating func skipSpace() throws(Failure) {
        while let scalar = next {
            if ScalarSet.space.contains(scalar) {
                place += 1
            } else if accept("//") {
                while place < scalars.count, scalars[place] != "\n" { place += 1 }
            } else if accept("/*") {
                while !accept("*/") {
                    guard next != nil else { throw failure("a comment is not closed") }
                    place += 1
                }
            } else {
                return
            }
        }
    }

    // MARK: Values

    private mutating func value() throws(Failure) -> Value {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maxDepth else { throw failure("nested deeper than \(Self.maxDepth) levels") }
        while true {
            try skipSpace()
            let value = try plainValue()
            try skipSpace()
            // `name::value`: the name is an annotation.
            guard accept("::") else { return value }
        }
    }

    private mutating func plainValue() throws(Failure) -> Value {
        guard let scalar = next else { throw failure("expected a value, found the end of the text") }
        if accept("{{") { return try bytes() }
        if accept("{") { return try structure() }
        if accept("[") { return .list(try items(closedBy: "]", separated: true)) }
        if accept("(") { return .list(try items(closedBy: ")", separated: false)) }
        if isAt("'''") { return .string(try longText()) }
        if scalar == "\"" || scalar == "'" { return .string(try quoted(scalar)) }
        return try word()
    }

    private mutating func structure() throws(Failure) -> Value {
        var entries = OrderedMap<Value>()
        while true {
            try skipSpace()
            if accept("}") { return .map(entries) }
            let key = try key()
            try skipSpace()
            guard accept(":") else { throw failure("expected `:` after the key `\(key)`") }
            entries[key] = try value()
            try skipSpace()
            guard accept(",") || next == "}" else { throw failure("expected `,` or `}`") }
        }
    }

    private mutating func key() throws(Failure) -> String {
        if isAt("'''") { return try longText() }
        if let scalar = next, scalar == "\"" || scalar == "'" { return try quoted(scalar) }
        let text = bareText()
        guard !text.isEmpty else { throw failure("expected a key") }
        return text
    }

    private mutating func items(closedBy end: StaticString, separated: Bool) throws(Failure) -> [Value] {
        var items: [Value] = []
        while true {
            try skipSpace()
            if accept(end) { return items }
            items.append(try value())
            try skipSpace()
            guard separated, !isAt(end) else { continue }
            guard accept(",") else { throw failure("expected `,` or `\(end)`") }
        }
    }

    /// Base64 and byte texts stay as they are written.
    private mutating func bytes() throws(Failure) -> Value {
        try skipSpace()
        var text = ""
        if next == "\"" {
            text = try quoted("\"")
            try skipSpace()
        } else {
            while let scalar = next, scalar != "}" {
                if !ScalarSet.space.contains(scalar) { text.unicodeScalars.append(scalar) }
                place += 1
            }
        }
        guard accept("}}") else { throw failure("expected `}}`") }
        return .string(text)
    }

    // MARK: Texts

    private mutating func longText() throws(Failure) -> String {
        var text = ""
        while accept("'''") {
            while !accept("'''") { text += try character() }
            try skipSpace()
        }
        return text
    }

    private mutating func quoted(_ quote: Unicode.Scalar) throws(Failure) -> String {
        place += 1
        var text = ""
        while next != quote { text += try character() }
        place += 1
        return text
    }

    private mutating func character() throws(Failure) -> String {
        guard let scalar = next else { throw failure("a text is not closed") }
        place += 1
        guard scalar == "\\" else { return String(scalar) }
        guard let escaped = next else { throw failure("a text is not closed") }
        place += 1
        switch escaped {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "a": return "\u{7}"
        case "v": return "\u{B}"
        case "0": return "\u{0}"
        case "\n": return ""
        case "x": return try code(digits: 2)
        case "u": return try code(digits: 4)
        case "U": return try code(digits: 8)
        case "\"", "'", "\\", "/", "?": return String(escaped)
        default: throw failure("unknown escape `\\\(escaped)`")
        }
    }

    private mutating func code(digits count: Int) throws(Failure) -> String {
        let end = min(place + count, scalars.count)
        var digits = ""
        digits.unicodeScalars.append(contentsOf: scalars[place..<end])
        guard digits.count == count, let code = UInt32(digits, radix: 16) else {
            throw failure("expected \(count) hexadecimal digits")
        }
        place = end
        return String(Unicode.Scalar(code).map(Character.init) ?? "\u{FFFD}")
    }

    // MARK: Words

    private mutating func bareText() -> String {
        var text = ""
        while let scalar = next, ScalarSet.word.contains(scalar) || "$.+-:".unicodeScalars.contains(scalar) {
            // A colon belongs to a time of day only, never to a key or an annotation.
            if scalar == ":",
                !(isDigit(place - 1) && isDigit(place + 1) && text.contains("T") && isDigit(start(of: text)))
            {
                break
            }
            text.unicodeScalars.append(scalar)
            place += 1
        }
        return text
    }

    private func start(of text: String) -> Int { place - text.unicodeScalars.count }

    private func isDigit(_ index: Int) -> Bool {
        scalars.indices.contains(index) && ScalarSet.digit.contains(scalars[index])
    }

    private mutating func word() throws(Failure) -> Value {
        let text = bareText()
        guard let first = text.unicodeScalars.first else {
            throw failure("expected a value, found `\(next.map { String($0) } ?? "")`")
        }
        switch text {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        case "nan", "+inf", "-inf": throw failure("`\(text)` is not a number that can be kept")
        default:
            if text.hasPrefix("null.") { return .null }
            guard ScalarSet.digit.contains(first) || first == "-" || first == "+" else {
                return .string(text)
            }
            guard let number = Self.number(text) else { throw failure("`\(text)` is not a value") }
            return number
        }
    }

    private static func number(_ text: String) -> Value? {
        if let instant = Timestamp(iso: text) { return .extended(.instant(instant)) }
        if let date = LocalDate(iso: text) { return .extended(.localDate(date)) }
        let isNegative = text.hasPrefix("-")
        let digits = text.drop { $0 == "-" }.lowercased().replacing("_", with: "")
        for (prefix, radix) in [("0x", 16), ("0b", 2)] where digits.hasPrefix(prefix) {
            return Int64((isNegative ? "-" : "") + digits.dropFirst(2), radix: radix).map(Value.int)
        }
        let plain = (isNegative ? "-" : "") + digits
        if let number = Int64(plain) { return .int(number) }
        let isDecimal = plain.utf8.allSatisfy { (48...57).contains($0) || "+-.ed".utf8.contains($0) }
        if isDecimal, let number = Double(plain.replacing("d", with: "e")), number.isFinite {
            return .double(number)
        }
        let isDate =
            text.utf8.allSatisfy { (48...57).contains($0) || "-:.TZ+".utf8.contains($0) }
            && text.contains("T")
        return isDate ? .string(text) : nil
    }
}
