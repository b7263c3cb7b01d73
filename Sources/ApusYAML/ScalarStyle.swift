internal import ApusModel

/// The plainest way to write a text so that it is read back as the same text.
enum ScalarStyle {
    /// - Parameter indent: Spaces before the lines of a text that has several.
    static func print(_ text: String, indent: Int) -> String {
        if isPlain(text) { return text }
        guard text.unicodeScalars.allSatisfy(isPrintable) else { return doubleQuoted(text) }
        if text.utf8.contains(0x0A) { return block(text, indent: max(indent, 2)) ?? doubleQuoted(text) }
        return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
            + "'"
    }

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last,
            case .string = ScalarResolver.plain(text),
            !isBooleanWord(text), text != "="
        else { return false }
        let indicators: Set<UInt8> = Set("-?:,[]{}#&*!|>'\"%@` ".utf8)
        guard !indicators.contains(first), last != UInt8(ascii: " "), last != UInt8(ascii: ":") else {
            return false
        }
        guard !text.hasPrefix("..."), !text.hasPrefix("<<") else { return false }
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            guard isPrintable(scalar), scalar != "\n", scalar != "\t" else { return false }
            if scalar == " ", previous == ":" { return false }
            if scalar == "#", previous == " " { return false }
            previous = scalar
        }
        return true
    }

    /// Words that other readers of YAML take for booleans.
    private static func isBooleanWord(_ text: String) -> Bool {
        text.utf8.count <= 3 && ["y", "n", "yes", "no", "on", "off"].contains(text.lowercased())
    }

    /// Characters that may stand unescaped in any style.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD,
            0x10000...0x10FFFF:
            true
        default: false
        }
    }

    /// A literal block, `|`; `nil` where lines could be misread.
    private static func block(_ text: String, indent: Int) -> String? {
        guard let first = text.utf8.first, first != 0x20, first != 0x0A, first != 0x09 else { return nil }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let mark: String
        if lines.last?.isEmpty == true {
            lines.removeLast()
            mark = lines.last?.isEmpty == true ? "|+" : "|"
        } else {
            mark = "|-"
        }
        guard lines.last?.allSatisfy({ $0 == " " }) != true || mark == "|+" else { return nil }
        let space = String(repeating: " ", count: indent)
        return mark + "\n" + lines.map { $0.isEmpty ? "" : space + $0 }.joined(separator: "\n")
    }

    static func doubleQuoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                if isPrintable(scalar) {
                    result.unicodeScalars.append(scalar)
                } else {
                    let digits = String(scalar.value, radix: 16, uppercase: true)
                    let width = scalar.value <= 0xFF ? 2 : scalar.value <= 0xFFFF ? 4 : 8
                    result += scalar.value <= 0xFF ? "\\x" : scalar.value <= 0xFFFF ? "\\u" : "\\U"
                    result += String(repeating: "0", count: width - digits.count) + digits
                }
            }
        }
        return result + "\""
    }
}
