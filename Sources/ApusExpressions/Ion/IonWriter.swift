import ApusModel

/// Writes compact Ion text.
///
/// Source: the Ion 1.0 text format, amazon-ion.github.io/ion-docs/docs/spec.html.
struct IonWriter {
    private(set) var text = ""

    mutating func write(_ value: Value) {
        switch value {
        case .null: text += "null"
        case .bool(let flag): text += flag ? "true" : "false"
        case .int(let number): text += String(number)
        case .double(let number): text += Self.float(number)
        case .string(let string): quote(string, with: "\"")
        case .list(let items):
            text += "["
            for (place, item) in items.enumerated() {
                if place > 0 { text += "," }
                write(item)
            }
            text += "]"
        case .map(let entries):
            text += "{"
            var isFirst = true
            for (key, value) in entries {
                if !isFirst { text += "," }
                isFirst = false
                if Self.isIdentifier(key) { text += key } else { quote(key, with: "'") }
                text += ":"
                write(value)
            }
            text += "}"
        case .extended(let extended): write(extended)
        }
    }

    private mutating func write(_ extended: Extended) {
        switch extended {
        case .instant(let timestamp): text += timestamp.iso
        case .zonedDateTime(let zoned):
            text += "\(zoned.local.date.iso)T\(zoned.local.time.isoWithSeconds)\(zoned.offsetText)"
        case .localDate(let date): text += date.iso
        case .float(let number): text += Self.float(Double(number))
        case .decimal(let digits): text += digits.contains(".") ? digits : digits + "."
        case .bytes(let bytes): text += "{{" + Base64.encode(bytes) + "}}"
        case .localDateTime, .localTime, .duration: quote(extended.text, with: "\"")
        }
    }

    /// `1.123e0`: the exponent is what makes a number a float in Ion.
    private static func float(_ number: Double) -> String {
        guard number.isFinite else { return number.isNaN ? "nan" : number < 0 ? "-inf" : "+inf" }
        let text = "\(number)"
        guard let mark = text.firstIndex(of: "e") else { return text + "e0" }
        let exponent = Int(text[text.index(after: mark)...]) ?? 0
        let mantissa = text[..<mark]
        return (mantissa.contains(".") ? mantissa : mantissa + ".0") + "e\(exponent)"
    }

    private static func isIdentifier(_ name: String) -> Bool {
        guard let first = name.utf8.first, first.isLetter || first == 0x5F || first == 0x24 else {
            return false
        }
        guard name.utf8.allSatisfy({ $0.isLetter || $0.isDigit || $0 == 0x5F || $0 == 0x24 }) else {
            return false
        }
        return !["null", "true", "false", "nan"].contains(name)
    }

    private mutating func quote(_ string: String, with mark: Unicode.Scalar) {
        let mark = UInt8(ascii: mark)
        var bytes: [UInt8] = [mark]
        bytes.reserveCapacity(string.utf8.count + 2)
        for byte in string.utf8 {
            switch byte {
            case 0x5C, mark:
                bytes.append(0x5C)
                bytes.append(byte)
            case 0x0A: bytes += [0x5C, UInt8(ascii: "n")]
            case 0x0D: bytes += [0x5C, UInt8(ascii: "r")]
            case 0x09: bytes += [0x5C, UInt8(ascii: "t")]
            case 0..<0x20, 0x7F:
                let digits = String(byte, radix: 16)
                bytes += "\\x\(digits.count < 2 ? "0" : "")\(digits)".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(mark)
        text += String(decoding: bytes, as: UTF8.self)
    }
}
