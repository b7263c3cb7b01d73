import ApusModel

/// Reads the words of one print statement or tag, up to its closing delimiter.
struct Lexer {
    private let source: String
    private let bytes: [UInt8]
    private(set) var place: Int
    /// `}}`, `%}`, or `}` inside a text.
    private let closing: [UInt8]
    private var openBrackets: [UInt8] = []
    private let depth: Int
    /// The delimiter was written with a dash.
    private(set) var trimsNext = false

    init(source: String, bytes: [UInt8], place: Int, closing: String, depth: Int = 0) {
        self.source = source
        self.bytes = bytes
        self.place = place
        self.closing = Array(closing.utf8)
        self.depth = depth
    }

    private func fault(_ message: String, at offset: Int) -> ExpressionError {
        ExpressionError(.syntax, message).located(at: offset, in: source)
    }

    private func byte(_ offset: Int = 0) -> UInt8? {
        place + offset < bytes.count ? bytes[place + offset] : nil
    }

    /// The words before the closing delimiter, then `.end`; `place` is left behind the delimiter.
    mutating func tokens(openedAt opening: Int) throws(ExpressionError) -> [Token] {
        var tokens: [Token] = []
        while true {
            while let byte = byte(), byte <= 0x20 { place += 1 }
            guard place < bytes.count else {
                let name = String(decoding: closing, as: UTF8.self)
                throw fault("expected `\(name)` to close what begins here", at: opening)
            }
            let start = place
            if openBrackets.isEmpty {
                if closes(at: place) {
                    place += closing.count
                    tokens.append(Token(kind: .end, start: start, end: start))
                    return tokens
                }
                if closing.count == 2, bytes[place] == UInt8(ascii: "-"), closes(at: place + 1) {
                    place += 1 + closing.count
                    trimsNext = true
                    tokens.append(Token(kind: .end, start: start, end: start))
                    return tokens
                }
            }
            let kind = try next()
            tokens.append(Token(kind: kind, start: start, end: place))
        }
    }

    private func closes(at place: Int) -> Bool {
        place + closing.count <= bytes.count && bytes[place..<(place + closing.count)].elementsEqual(closing)
    }

    private mutating func next() throws(ExpressionError) -> Token.Kind {
        let first = bytes[place]
        switch first {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            0x80...0xFF, UInt8(ascii: "$"):
            return .name(name())
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        case UInt8(ascii: "'"): return .string(try singleQuoted())
        case UInt8(ascii: "\""): return try doubleQuoted()
        default: return .symbol(try symbol())
        }
    }

    private mutating func name() -> String {
        let start = place
        while let byte = byte(), byte >= 0x80 || byte == 0x24 || byte == 0x5F || byte.isLetter || byte.isDigit
        {
            place += 1
        }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func number() throws(ExpressionError) -> Value {
        let start = place
        while byte()?.isDigit == true { place += 1 }
        var isInteger = true
        if byte() == UInt8(ascii: "."), byte(1)?.isDigit == true {
            isInteger = false
            place += 1
            while byte()?.isDigit == true { place += 1 }
        }
        if byte() == UInt8(ascii: "L") || byte() == UInt8(ascii: "l"), isInteger, byte(1)?.isLetter != true {
            place += 1
            return try integer(String(decoding: bytes[start..<(place - 1)], as: UTF8.self), at: start)
        }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        if isInteger { return try integer(text, at: start) }
        guard let number = Double(text), number.isFinite else {
            throw fault("the number \(text) is too large", at: start)
        }
        return .double(number)
    }

    private func integer(_ digits: String, at start: Int) throws(ExpressionError) -> Value {
        guard let number = Int64(digits) else {
            throw fault("the number \(digits) does not fit into 64 bits", at: start)
        }
        return .int(number)
    }

    private static let symbols = [
        "???", "??", "..", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "~", "|", "?", ":", ".",
        ",",
        "=", "(", ")", "[", "]", "{", "}",
    ].map { (text: $0, bytes: Array($0.utf8)) }

    private mutating func symbol() throws(ExpressionError) -> String {
        for symbol in Self.symbols where bytes[place...].starts(with: symbol.bytes) {
            switch symbol.text {
            case "(", "[", "{":
                guard openBrackets.count < Limits.syntaxDepth else {
                    throw fault("more than \(Limits.syntaxDepth) brackets inside each other", at: place)
                }
                openBrackets.append(bytes[place])
            case ")", "]", "}":
                let expected: UInt8 = symbol.text == ")" ? 0x28 : symbol.text == "]" ? 0x5B : 0x7B
                guard openBrackets.popLast() == expected else {
                    throw fault("`\(symbol.text)` closes nothing", at: place)
                }
            default: break
            }
            place += symbol.bytes.count
            return symbol.text
        }
        throw fault("unexpected character `\(character())`", at: place)
    }

    private func character() -> String {
        String(String(decoding: bytes[place...].prefix(4), as: UTF8.self).unicodeScalars.prefix(1))
    }

    private mutating func singleQuoted() throws(ExpressionError) -> String {
        let start = place
        place += 1
        var text: [UInt8] = []
        while let byte = byte() {
            place += 1
            if byte == UInt8(ascii: "'") { return String(decoding: text, as: UTF8.self) }
            if byte == UInt8(ascii: "\\"), unescape(quote: UInt8(ascii: "'"), into: &text) { continue }
            text.append(byte)
        }
        throw fault("the text is not closed by `'`", at: start)
    }

    /// Takes an escaped quote; a backslash before anything else stands for itself, as regular expressions need.
    private mutating func unescape(quote: UInt8, into text: inout [UInt8]) -> Bool {
        guard let escaped = byte(), escaped == quote || escaped == UInt8(ascii: "\\") else { return false }
        place += 1
        if escaped != quote { text.append(escaped) }
        text.append(escaped)
        return true
    }

    private mutating func doubleQuoted() throws(ExpressionError) -> Token.Kind {
        let start = place
        place += 1
        var parts: [Token.Part] = []
        var text: [UInt8] = []
        while let byte = byte() {
            place += 1
            if byte == UInt8(ascii: "\"") {
                let rest = String(decoding: text, as: UTF8.self)
                guard !parts.isEmpty else { return .string(rest) }
                if !rest.isEmpty { parts.append(.text(rest)) }
                return .interpolated(parts)
            }
            if byte == UInt8(ascii: "\\"), unescape(quote: UInt8(ascii: "\""), into: &text) { continue }
            if byte == UInt8(ascii: "#"), self.byte() == UInt8(ascii: "{") {
                if !text.isEmpty { parts.append(.text(String(decoding: text, as: UTF8.self))) }
                text = []
                parts.append(.expression(try interpolation()))
                continue
            }
            text.append(byte)
        }
        throw fault("the text is not closed by `\"`", at: start)
    }

    private mutating func interpolation() throws(ExpressionError) -> [Token] {
        let opening = place - 1
        guard depth < 8 else {
            throw fault("texts with expressions inside each other too deeply", at: opening)
        }
        var inner = Lexer(source: source, bytes: bytes, place: place + 1, closing: "}", depth: depth + 1)
        let tokens = try inner.tokens(openedAt: opening)
        place = inner.place
        return tokens
    }
}

extension UInt8 {
    var isDigit: Bool { self >= 48 && self <= 57 }
    var isLetter: Bool { (self | 0x20) >= 97 && (self | 0x20) <= 122 }
}
