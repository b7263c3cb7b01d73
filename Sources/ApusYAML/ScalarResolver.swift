internal import ApusModel

/// What a scalar means: plain ones by their look, quoted ones are text, tagged ones as the tag says.
///
/// Source: the rules of the product's YAML reader, which follows YAML 1.1 except for words that look like
/// booleans, times and dates: those stay text.
enum ScalarResolver {
    static func value(of scalar: Event.Scalar, at position: SourcePosition) throws(Fault) -> Value {
        guard let tag = scalar.properties.tag, tag != "!" else {
            return scalar.isPlain && scalar.properties.tag == nil ? plain(scalar.text) : .string(scalar.text)
        }
        let text = scalar.text
        let value: Value? =
            switch tag {
            case "tag:yaml.org,2002:str", "tag:yaml.org,2002:binary", "tag:yaml.org,2002:timestamp":
                .string(text)
            case "tag:yaml.org,2002:null": .null
            case "tag:yaml.org,2002:bool": boolean(text)
            case "tag:yaml.org,2002:int": integer(Array(text.utf8))
            case "tag:yaml.org,2002:float":
                float(Array(text.utf8)) ?? integer(Array(text.utf8)).flatMap(asDouble)
            default: throw unknownTag(tag, at: position)
            }
        guard let value else {
            let word = tag.split(separator: ":").last ?? ""
            throw Fault(
                .error, "`\(text)` is not of the type `!!\(word)`", position: position,
                remedy: "remove the tag")
        }
        return value
    }

    static func unknownTag(_ tag: String, at position: SourcePosition) -> Fault {
        Fault(
            .error, "the tag `\(tag)` is not known here", position: position,
            remedy: "remove it, or use `!!str`, `!!int`, `!!float`, `!!bool` or `!!null` on a plain value")
    }

    /// A plain scalar by its look.
    static func plain(_ text: String) -> Value {
        guard let first = text.utf8.first else { return .null }
        switch first {
        case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"):
            return ["~", "null", "Null", "NULL"].contains(text) ? .null : .string(text)
        case UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"):
            return boolean(text) ?? .string(text)
        case 48...57, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            let bytes = Array(text.utf8)
            return integer(bytes) ?? float(bytes) ?? .string(text)
        default: return .string(text)
        }
    }

    private static func boolean(_ text: String) -> Value? {
        switch text {
        case "true", "True", "TRUE": .bool(true)
        case "false", "False", "FALSE": .bool(false)
        default: nil
        }
    }

    /// `12`, `-1_000`, `0x1F`, `0b101`, and octal `017`. Beyond 64 bits: the exact decimal.
    private static func integer(_ bytes: [UInt8]) -> Value? {
        var digits = bytes[...]
        var sign = ""
        if digits.first == UInt8(ascii: "-") || digits.first == UInt8(ascii: "+") {
            sign = digits.first == UInt8(ascii: "-") ? "-" : ""
            digits.removeFirst()
        }
        var radix = 10
        if digits.count > 1, digits.first == 48 {
            let second = digits[digits.startIndex + 1]
            radix = second == UInt8(ascii: "x") ? 16 : second == UInt8(ascii: "b") ? 2 : 8
            digits = digits.dropFirst(radix == 8 ? 1 : 2)
        } else {
            guard let first = digits.first, (48...57).contains(first) else { return nil }
        }
        let clean = digits.filter { $0 != UInt8(ascii: "_") }
        guard !clean.isEmpty, clean.allSatisfy({ isDigit($0, radix: radix) }) else { return nil }
        let text = sign + String(decoding: clean, as: UTF8.self)
        if let number = Int64(text, radix: radix) { return .int(number) }
        return radix == 10 ? .extended(.decimal(text)) : nil
    }

    private static func isDigit(_ byte: UInt8, radix: Int) -> Bool {
        switch byte {
        case 48...57: Int(byte - 48) < radix
        case 65...70, 97...102: radix == 16
        default: false
        }
    }

    /// `1.5`, `.5`, `1.`, `1e3`, `1_000.5`, `.inf`, `-.INF`, `.nan`.
    private static func float(_ bytes: [UInt8]) -> Value? {
        var rest = bytes[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        switch String(decoding: rest.prefix(5), as: UTF8.self) {
        case ".inf", ".Inf", ".INF": return .double(isNegative ? -.infinity : .infinity)
        case ".nan", ".NaN", ".NAN": return rest.count == bytes.count ? .double(.nan) : nil
        default: break
        }
        let whole = takeDigits(&rest)
        var fraction: [UInt8]?
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = takeDigits(&rest)
        }
        guard !whole.isEmpty || fraction?.isEmpty == false else { return nil }
        var exponent = ""
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            exponent = "e" + String(decoding: rest.dropFirst(), as: UTF8.self)
            rest.removeFirst()
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
            guard !rest.isEmpty, rest.allSatisfy({ (48...57).contains($0) }) else { return nil }
            rest = []
        }
        guard rest.isEmpty, fraction != nil || !exponent.isEmpty else { return nil }
        let text =
            (isNegative ? "-" : "") + "0" + String(decoding: whole, as: UTF8.self) + "."
            + String(decoding: fraction ?? [], as: UTF8.self) + "0" + exponent
        return Double(text).map(Value.double)
    }

    /// Digits with `_` between them, which are dropped; the first must be a digit.
    private static func takeDigits(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        guard let first = rest.first, (48...57).contains(first) else { return [] }
        let run = rest.prefix { (48...57).contains($0) || $0 == UInt8(ascii: "_") }
        rest = rest.dropFirst(run.count)
        return run.filter { $0 != UInt8(ascii: "_") }
    }

    private static func asDouble(_ value: Value) -> Value? {
        switch value {
        case .int(let number): .double(Double(number))
        case .extended(.decimal(let text)): Double(text).map(Value.double)
        default: nil
        }
    }
}
