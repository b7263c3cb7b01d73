import ApusModel

/// Reads Ion text: any number of values one after the other.
///
/// Annotations are dropped, symbols become texts, S-expressions lists, timestamps instants or dates.
/// Source: the Ion 1.0 text format, amazon-ion.github.io/ion-docs/docs/spec.html.
struct IonReader {
    private static let maxDepth = 256

    private let bytes: [UInt8]
    private var place = 0
    private var depth = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    /// The next value; `nil` at the end.
    mutating func next() throws(ExpressionError) -> Value? {
        while true {
            try skipSpace()
            guard place < bytes.count else { return nil }
            let start = place
            let value = try self.value()
            // The version marker is no value.
            guard case .string("$ion_1_0") = value, bytes[start] == UInt8(ascii: "$") else { return value }
        }
    }

    private func fault(_ message: String) -> ExpressionError {
        let line = 1 + bytes.prefix(place).count { $0 == 0x0A }
        return .failed("the text is not Ion: \(message) at byte \(place + 1) (line \(line))")
    }

    private var byte: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func take(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard place + count <= bytes.count else { return false }
        let matches = text.withUTF8Buffer { bytes[place..<(place + count)].elementsEqual($0) }
        if matches { place += count }
        return matches
    }

    private mutating func skipSpace() throws(ExpressionError) {
        while let byte {
            if byte <= 0x20 {
                place += 1
            } else if take("//") {
                while let byte = self.byte, byte != 0x0A { place += 1 }
            } else if take("/*") {
                while !take("*/") {
                    guard place < bytes.count else { throw fault("a comment is not closed") }
                    place += 1
                }
            } else {
                return
            }
        }
    }

    private mutating func value() throws(ExpressionError) -> Value {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maxDepth else { throw fault("more than \(Self.maxDepth) levels") }
        guard let byte else { throw fault("expected a value, found the end") }
        switch byte {
        case UInt8(ascii: "{"):
            if take("{{") { return try blob() }
            place += 1
            return try structure()
        case UInt8(ascii: "["):
            place += 1
            return try sequence(closing: UInt8(ascii: "]"), separated: true)
        case UInt8(ascii: "("):
            place += 1
            return try sequence(closing: UInt8(ascii: ")"), separated: false)
        case UInt8(ascii: "\""):
            place += 1
            return .string(try quoted("\""))
        case UInt8(ascii: "'"):
            if take("'''") { return .string(try longText()) }
            place += 1
            return try annotated(.string(try quoted("'")))
        case 48...57, UInt8(ascii: "-"), UInt8(ascii: "+"): return try number()
        default: return try word()
        }
    }

    /// What follows `::`, else the symbol itself.
    private mutating func annotated(_ symbol: Value) throws(ExpressionError) -> Value {
        let end = place
        try skipSpace()
        guard take("::") else {
            place = end
            return symbol
        }
        try skipSpace()
        return try value()
    }

    private mutating func structure() throws(ExpressionError) -> Value {
        var map = OrderedMap<Value>()
        while true {
            try skipSpace()
            if take("}") { return .map(map) }
            guard let byte else { throw fault("a structure is not closed by `}`") }
            let key: String
            if take("'''") {
                key = try longText()
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                place += 1
                key = try quoted(byte == UInt8(ascii: "\"") ? "\"" : "'")
            } else {
                key = identifier()
                guard !key.isEmpty else { throw fault("expected the name of a field") }
            }
            try skipSpace()
            guard take(":") else { throw fault("expected `:` after the field `\(key)`") }
            try skipSpace()
            map[key] = try value()
            try skipSpace()
            guard take(",") || isNext("}") else { throw fault("expected `,` or `}`") }
        }
    }

    private func isNext(_ character: Unicode.Scalar) -> Bool { byte == UInt8(ascii: character) }

    private mutating func sequence(closing: UInt8, separated: Bool) throws(ExpressionError) -> Value {
        var items: [Value] = []
        while true {
            try skipSpace()
            guard let byte else { throw fault("a list is not closed") }
            if byte == closing {
                place += 1
                return .list(items)
            }
            items.append(try value())
            guard separated else { continue }
            try skipSpace()
            guard take(",") || self.byte == closing else { throw fault("expected `,` or `]`") }
        }
    }

    private mutating func blob() throws(ExpressionError) -> Value {
        // Slashes are base64 here, not comments.
        while let byte, byte <= 0x20 { place += 1 }
        if isNext("\"") {
            place += 1
            let text = try quoted("\"")
            try skipSpace()
            guard take("}}") else { throw fault("expected `}}`") }
            return .extended(.bytes(Array(text.utf8)))
        }
        var coded: [UInt8] = []
        while !take("}}") {
            guard let byte else { throw fault("a blob is not closed by `}}`") }
            if byte > 0x20 { coded.append(byte) }
            place += 1
        }
        guard let content = Base64.decode(String(decoding: coded, as: UTF8.self)) else {
            throw fault("a blob is base64")
        }
        return .extended(.bytes(content))
    }

    private mutating func longText() throws(ExpressionError) -> String {
        var text = ""
        while true {
            text += try quoted("'''")
            let end = place
            try skipSpace()
            guard take("'''") else {
                place = end
                return text
            }
        }
    }

    /// Text up to the closing mark, which is consumed.
    private mutating func quoted(_ mark: StaticString) throws(ExpressionError) -> String {
        var text: [UInt8] = []
        while !take(mark) {
            guard let byte else { throw fault("a text is not closed") }
            place += 1
            if byte == UInt8(ascii: "\\") { text += try escape() } else { text.append(byte) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func escape() throws(ExpressionError) -> [UInt8] {
        guard let byte else { throw fault("a text is not closed") }
        place += 1
        switch byte {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "v"): return [0x0B]
        case UInt8(ascii: "a"): return [0x07]
        case UInt8(ascii: "0"): return [0]
        case 0x0A: return []
        case UInt8(ascii: "x"): return try code(2)
        case UInt8(ascii: "u"): return try code(4)
        case UInt8(ascii: "U"): return try code(8)
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "?"):
            return [byte]
        default: throw fault("unknown escape")
        }
    }

    private mutating func code(_ digits: Int) throws(ExpressionError) -> [UInt8] {
        guard place + digits <= bytes.count,
            let number = UInt32(String(decoding: bytes[place..<(place + digits)], as: UTF8.self), radix: 16)
        else { throw fault("expected \(digits) hexadecimal digits") }
        place += digits
        return Array(String(Unicode.Scalar(number) ?? "\u{FFFD}").utf8)
    }

    private mutating func identifier() -> String {
        let start = place
        while let byte, byte.isLetter || byte.isDigit || byte == 0x5F || byte == 0x24 { place += 1 }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func word() throws(ExpressionError) -> Value {
        let name = identifier()
        switch name {
        case "":
            // Operators are symbols, in S-expressions.
            let start = place
            while let byte, "!#%&*+-./;<=>?@^`|~".utf8.contains(byte) { place += 1 }
            guard place > start else { throw fault("unexpected character") }
            return .string(String(decoding: bytes[start..<place], as: UTF8.self))
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "nan": return .double(.nan)
        case "null":
            if take(".") { _ = identifier() }
            return .null
        default: return try annotated(.string(name))
        }
    }

    private mutating func number() throws(ExpressionError) -> Value {
        let start = place
        if take("+inf") { return .double(.infinity) }
        if take("-inf") { return .double(-.infinity) }
        while let byte, byte.isDigit || byte.isLetter || "+-.:_".utf8.contains(byte) { place += 1 }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        guard let value = IonNumber.value(text) else {
            place = start
            throw fault("`\(text)` is neither a number nor a time")
        }
        return value
    }
}

/// Numbers and times of Ion.
private enum IonNumber {
    static func value(_ text: String) -> Value? { timestamp(text) ?? number(text) }

    private static func number(_ text: String) -> Value? {
        let plain = text.filter { $0 != "_" }
        let isNegative = plain.hasPrefix("-")
        let digits = isNegative ? plain.dropFirst() : Substring(plain)
        for (prefix, radix) in [("0x", 16), ("0X", 16), ("0b", 2), ("0B", 2)] where digits.hasPrefix(prefix) {
            return Int64((isNegative ? "-" : "") + digits.dropFirst(2), radix: radix).map { .int($0) }
        }
        guard digits.first?.isNumber == true else { return nil }
        if digits.utf8.allSatisfy(\.isDigit) {
            return Int64(plain).map { .int($0) } ?? .extended(.decimal(plain))
        }
        let decimal = String(plain.map { $0 == "d" || $0 == "D" ? "e" : $0 })
        let padded = decimal.hasSuffix(".") ? decimal + "0" : decimal
        return Double(padded).map { .double($0) }
    }

    /// `2007T`, `2007-02T`, `2007-02-23`, `2007-02-23T12:14Z` and so on.
    private static func timestamp(_ text: String) -> Value? {
        guard text.utf8.count >= 5, text.utf8.prefix(4).allSatisfy(\.isDigit) else { return nil }
        if let timestamp = Timestamp(iso: text) { return .extended(.instant(timestamp)) }
        var date = text
        if date.hasSuffix("T") { date.removeLast() }
        guard date != text || date.utf8.count == 10 else { return nil }
        while date.utf8.count < 10 { date += "-01" }
        return LocalDate(iso: date).map { .extended(.localDate($0)) }
    }
}
