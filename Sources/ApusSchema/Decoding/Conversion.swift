internal import ApusModel

/// How values of one kind pass for another: rendered text is converted to what a property asks for.
///
/// `nil` means that the value does not fit.
enum Conversion {
    static func text(_ value: Value) -> String? {
        switch value {
        case .string(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): String(number)
        case .double(let number): number.isFinite ? JSONWriter.text(of: number) : "\(number)"
        case .extended(let extended): extended.text
        case .null, .list, .map: nil
        }
    }

    static func integer(_ value: Value) -> Int64? {
        switch value {
        case .int(let number): number
        case .double(let number): Int64(exactly: number)
        case .string(let text): Int64(trimmed(text)) ?? Double(trimmed(text)).flatMap { Int64(exactly: $0) }
        case .extended(.decimal(let text)): Int64(text)
        case .null, .bool, .list, .map, .extended: nil
        }
    }

    static func number(_ value: Value) -> Double? {
        switch value {
        case .int(let number): Double(number)
        case .double(let number): number
        case .string(let text): Double(trimmed(text))
        case .extended(.decimal(let text)): Double(text)
        case .extended(.float(let number)): Double("\(number)")
        case .null, .bool, .list, .map, .extended: nil
        }
    }

    static func boolean(_ value: Value) -> Bool? {
        switch value {
        case .bool(let flag): flag
        case .int(0): false
        case .int(1): true
        case .string(let text):
            switch trimmed(text).lowercased() {
            case "true", "yes", "on": true
            case "false", "no", "off": false
            default: nil
            }
        case .null, .int, .double, .list, .map, .extended: nil
        }
    }

    /// ISO 8601, or a number of seconds.
    static func duration(_ value: Value) -> ISODuration? {
        switch value {
        case .string(let text): ISODuration(iso: trimmed(text))
        case .extended(.duration(let duration)): duration
        case .int(let seconds): .seconds(seconds)
        case .double(let seconds):
            Int64(exactly: (seconds * 1_000_000).rounded()).map(ISODuration.init(microseconds:))
        case .null, .bool, .list, .map, .extended: nil
        }
    }

    static func instant(_ value: Value) -> Timestamp? {
        switch value {
        case .string(let text): Timestamp(iso: trimmed(text))
        case .extended(.instant(let instant)): instant
        case .extended(.zonedDateTime(let date)): date.timestamp
        case .null, .bool, .int, .double, .list, .map, .extended: nil
        }
    }

    /// A list, or text that is a JSON list.
    static func list(_ value: Value) -> [Value]? {
        switch value {
        case .list(let items): items
        case .string(let text) where startsWith(text, "["): (try? JSONParser.parse(text))?.listValue
        case .null, .bool, .int, .double, .string, .map, .extended: nil
        }
    }

    /// A map, or text that is a JSON object.
    static func map(_ value: Value) -> OrderedMap<Value>? {
        switch value {
        case .map(let entries): entries
        case .string(let text) where startsWith(text, "{"): (try? JSONParser.parse(text))?.mapValue
        case .null, .bool, .int, .double, .string, .list, .extended: nil
        }
    }

    private static func startsWith(_ text: String, _ character: Unicode.Scalar) -> Bool {
        text.utf8.first { !isSpace($0) } == UInt8(ascii: character)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func trimmed(_ text: String) -> Substring {
        let utf8 = text.utf8
        guard let first = utf8.first, let last = utf8.last, isSpace(first) || isSpace(last) else {
            return text[...]
        }
        guard let start = utf8.firstIndex(where: { !isSpace($0) }),
            let end = utf8.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return text[start...end]
    }
}
