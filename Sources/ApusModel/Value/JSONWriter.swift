/// Writes compact JSON into a byte buffer: no spaces, keys in their order.
public struct JSONWriter: Sendable {
    public private(set) var bytes: [UInt8] = []

    public init(capacity: Int = 256) { bytes.reserveCapacity(capacity) }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    public mutating func write(_ value: Value) {
        switch value {
        case .null: raw("null")
        case .bool(let flag): raw(flag ? "true" : "false")
        case .int(let number): raw(String(number))
        case .double(let number): raw(Self.text(of: number))
        case .string(let text): write(text)
        case .list(let items):
            byte("[")
            for (place, item) in items.enumerated() {
                if place > 0 { byte(",") }
                write(item)
            }
            byte("]")
        case .map(let entries):
            byte("{")
            var first = true
            for (key, value) in entries {
                if first { first = false } else { byte(",") }
                write(key)
                byte(":")
                write(value)
            }
            byte("}")
        case .extended(let extended): write(extended)
        }
    }

    private mutating func write(_ extended: Extended) {
        switch extended {
        case .duration(let duration): raw(Self.text(of: duration.seconds))
        case .float(let number): raw(number.isFinite ? "\(number)" : "\"\(number)\"")
        case .decimal(let digits): raw(digits)
        case .localTime(let time) where time.second == 0 && time.nanosecond == 0: write(time.iso + ":00")
        default: write(extended.text)
        }
    }

    /// A text with its quotes.
    public mutating func write(_ text: String) {
        byte("\"")
        var copy = text
        copy.withUTF8 { utf8 in
            var start = 0
            for place in 0..<utf8.count {
                let character = utf8[place]
                guard character < 0x20 || character == 0x22 || character == 0x5C else { continue }
                bytes.append(contentsOf: utf8[start..<place])
                escape(character)
                start = place + 1
            }
            bytes.append(contentsOf: utf8[start..<utf8.count])
        }
        byte("\"")
    }

    private mutating func escape(_ character: UInt8) {
        switch character {
        case 0x22, 0x5C: escape(with: character)
        case 0x0A: escape(with: UInt8(ascii: "n"))
        case 0x0D: escape(with: UInt8(ascii: "r"))
        case 0x09: escape(with: UInt8(ascii: "t"))
        case 0x08: escape(with: UInt8(ascii: "b"))
        case 0x0C: escape(with: UInt8(ascii: "f"))
        default:
            raw("\\u00")
            let digits = Array("0123456789ABCDEF".utf8)
            bytes.append(digits[Int(character >> 4)])
            bytes.append(digits[Int(character & 15)])
        }
    }

    private mutating func escape(with letter: UInt8) {
        bytes.append(0x5C)
        bytes.append(letter)
    }

    /// Text that is JSON already.
    public mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func byte(_ character: Unicode.Scalar) { bytes.append(UInt8(ascii: character)) }

    /// The plain form of a number, `1.0`, `0.1`, `1.0E10`; numbers JSON cannot hold become text.
    public static func text(of number: Double) -> String {
        guard number.isFinite else {
            return number.isNaN ? "\"NaN\"" : number < 0 ? "\"-Infinity\"" : "\"Infinity\""
        }
        return "\(number)"
    }
}

extension Value {
    /// Compact JSON.
    public var json: String {
        var writer = JSONWriter()
        writer.write(self)
        return writer.text
    }
}

extension Extended {
    /// The text form, as it stands in JSON and in rendered text.
    public var text: String {
        switch self {
        case .instant(let timestamp): timestamp.iso
        case .zonedDateTime(let value): value.iso
        case .localDateTime(let value): value.iso
        case .localDate(let value): value.iso
        case .localTime(let value): value.iso
        case .duration(let value): value.iso
        case .float(let value): "\(value)"
        case .decimal(let digits): digits
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        }
    }
}
