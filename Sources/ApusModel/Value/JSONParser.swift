/// Why a text is not JSON.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    public var message: String
    public var position: SourcePosition

    public var description: String { "\(message) (line \(position.line), column \(position.column))" }
}

/// Reads JSON (RFC 8259), keeping the order of keys. Of a repeated key the last value wins.
///
/// Bounded: at most `maxDepth` levels. Numbers without fraction or exponent are integers when they fit into 64
/// bits, exact decimals beyond.
public struct JSONParser {
    public static let maxDepth = 512

    private let bytes: [UInt8]
    private var place = 0
    private var depth = 0

    public static func parse(_ text: String) throws(JSONError) -> Value {
        try parse(Array(text.utf8))
    }

    public static func parse(_ bytes: [UInt8]) throws(JSONError) -> Value {
        var parser = JSONParser(bytes: bytes)
        parser.skipSpace()
        let value = try parser.value()
        parser.skipSpace()
        guard parser.place == bytes.count else { throw parser.fault("expected the end of the text") }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func fault(_ message: String) -> JSONError {
        var line = 1
        var column = 1
        for byte in bytes.prefix(place) {
            if byte == 0x0A {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return JSONError(message: message, position: SourcePosition(line: line, column: column))
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
    }

    private mutating func value() throws(JSONError) -> Value {
        guard let byte = next else { throw fault("expected a value, found the end of the text") }
        switch byte {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), 48...57: return try number()
        default: throw fault("expected a value, found `\(Unicode.Scalar(byte))`")
        }
    }

    private mutating func word(_ word: StaticString, _ value: Value) throws(JSONError) -> Value {
        let matches = word.withUTF8Buffer { letters in
            place + letters.count <= bytes.count
                && bytes[place..<(place + letters.count)].elementsEqual(letters)
        }
        guard matches else { throw fault("expected `\(word)`") }
        place += word.utf8CodeUnitCount
        return value
    }

    private mutating func enter() throws(JSONError) {
        depth += 1
        guard depth <= Self.maxDepth else { throw fault("nested deeper than \(Self.maxDepth) levels") }
        place += 1
        skipSpace()
    }

    private mutating func object() throws(JSONError) -> Value {
        try enter()
        var entries = OrderedMap<Value>()
        if next == UInt8(ascii: "}") {
            place += 1
            depth -= 1
            return .map(entries)
        }
        while true {
            guard next == UInt8(ascii: "\"") else { throw fault("expected a key in double quotes") }
            let key = try string()
            skipSpace()
            guard next == UInt8(ascii: ":") else { throw fault("expected `:` after the key `\(key)`") }
            place += 1
            skipSpace()
            entries[key] = try value()
            skipSpace()
            guard try separator(closing: "}") else { break }
        }
        depth -= 1
        return .map(entries)
    }

    private mutating func array() throws(JSONError) -> Value {
        try enter()
        var items: [Value] = []
        if next == UInt8(ascii: "]") {
            place += 1
            depth -= 1
            return .list(items)
        }
        while true {
            items.append(try value())
            skipSpace()
            guard try separator(closing: "]") else { break }
        }
        depth -= 1
        return .list(items)
    }

    /// Consumes `,` and answers true, or the closing character and answers false.
    private mutating func separator(closing: Unicode.Scalar) throws(JSONError) -> Bool {
        if next == UInt8(ascii: ",") {
            place += 1
            skipSpace()
            return true
        }
        guard next == UInt8(ascii: closing) else { throw fault("expected `,` or `\(closing)`") }
        place += 1
        return false
    }

    private mutating func number() throws(JSONError) -> Value {
        let start = place
        if next == UInt8(ascii: "-") { place += 1 }
        let digitsStart = place
        digits()
        guard place > digitsStart else { throw fault("expected a digit") }
        guard bytes[digitsStart] != 48 || place == digitsStart + 1 else {
            throw fault("a number cannot begin with 0")
        }
        var isInteger = true
        if next == UInt8(ascii: ".") {
            isInteger = false
            place += 1
            let fraction = place
            digits()
            guard place > fraction else { throw fault("expected a digit after the decimal point") }
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            isInteger = false
            place += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { place += 1 }
            let exponent = place
            digits()
            guard place > exponent else { throw fault("expected a digit in the exponent") }
        }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        if isInteger {
            if let number = Int64(text) { return .int(number) }
            return .extended(.decimal(text))
        }
        guard let number = Double(text), number.isFinite else {
            throw fault("the number \(text) is too large")
        }
        return .double(number)
    }

    private mutating func digits() {
        while let byte = next, byte >= 48, byte <= 57 { place += 1 }
    }

    private mutating func string() throws(JSONError) -> String {
        place += 1
        var start = place
        var decoded: [UInt8]?
        while true {
            guard let byte = next else { throw fault("the text is not closed by `\"`") }
            switch byte {
            case UInt8(ascii: "\""):
                let tail = bytes[start..<place]
                place += 1
                guard var whole = decoded else { return String(decoding: tail, as: UTF8.self) }
                whole.append(contentsOf: tail)
                return String(decoding: whole, as: UTF8.self)
            case UInt8(ascii: "\\"):
                decoded = (decoded ?? []) + bytes[start..<place]
                place += 1
                decoded?.append(contentsOf: try escape())
                start = place
            case 0..<0x20: throw fault("a line break or control character inside a text")
            default: place += 1
            }
        }
    }

    private mutating func escape() throws(JSONError) -> [UInt8] {
        guard let byte = next else { throw fault("the text is not closed by `\"`") }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "u"): return try unicode()
        default: throw fault("unknown escape `\\\(Unicode.Scalar(byte))`")
        }
    }

    private mutating func unicode() throws(JSONError) -> [UInt8] {
        let high = try hexadecimal()
        var code = UInt32(high)
        if (0xD800..<0xDC00).contains(high) {
            if place + 1 < bytes.count, next == UInt8(ascii: "\\"), bytes[place + 1] == UInt8(ascii: "u") {
                place += 2
                let low = try hexadecimal()
                guard (0xDC00..<0xE000).contains(low) else { throw fault("half of a surrogate pair") }
                code = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
            }
        }
        return Array(String(Unicode.Scalar(code).map(Character.init) ?? "\u{FFFD}").utf8)
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt16 {
        guard place + 4 <= bytes.count,
            let code = UInt16(String(decoding: bytes[place..<(place + 4)], as: UTF8.self), radix: 16)
        else { throw fault("expected four hexadecimal digits") }
        place += 4
        return code
    }
}
