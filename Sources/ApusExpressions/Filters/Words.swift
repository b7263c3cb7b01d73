import ApusModel
import Foundation

/// Changes to texts that look at words, lines and letters.
enum Words {
    /// The first letter of every word in title case, the others as they are.
    static func titled(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return titledASCII(text) }
        var result = ""
        var atStart = true
        for scalar in text.unicodeScalars {
            result += atStart ? scalar.titlecased : String(scalar)
            atStart = scalar.separatesWords
        }
        return result
    }

    private static func titledASCII(_ text: String) -> String {
        var bytes = Array(text.utf8)
        var atStart = true
        for place in bytes.indices {
            let byte = bytes[place]
            if atStart, byte >= 0x61, byte <= 0x7A { bytes[place] = byte - 0x20 }
            atStart = Unicode.Scalar(byte).separatesWords
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The first letter in title case; space before it does not matter.
    static func capitalized(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.separatesWords }) else { return text }
        return String(scalars[..<first]) + scalars[first].titlecased
            + String(scalars[scalars.index(after: first)...])
    }

    /// Without space and control characters of ASCII at both ends; a no-break space stays.
    static func trimmed(_ text: String) -> String {
        var bytes = Substring(text).utf8
        while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        return String(Substring(bytes))
    }

    /// Cut to a length in UTF-16 units, as `length` counts them, `...` included.
    static func abbreviated(_ text: String, to length: Int) -> String {
        let units = Array(text.utf16)
        guard units.count > length else { return text }
        var kept = units.prefix(length > 3 ? length - 3 : length)
        // Half a pair is no character.
        if let last = kept.last, UTF16.isLeadSurrogate(last) { kept.removeLast() }
        return String(decoding: kept, as: UTF16.self) + (length > 3 ? "..." : "")
    }

    /// `Árvíztűrő  tükör_fúró!` becomes `arvizturo-tukor-furo`.
    static func slug(_ text: String) -> String {
        var slug = ""
        for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9": slug.unicodeScalars.append(scalar)
            case "-", "_", " ", "\t"..."\r": if slug.last != "-" { slug += "-" }
            default: break
            }
        }
        if slug.hasPrefix("-") { slug.removeFirst() }
        if slug.hasSuffix("-") { slug.removeLast() }
        return slug.lowercased()
    }

    /// Space after every line break, and with `onNewLine` a line break with space in front.
    static func indented(_ text: String, _ call: Arguments, onNewLine: Bool) throws(ExpressionError) -> String
    {
        guard !text.isEmpty else { return "" }
        let amount = try call.int(0)
        guard amount >= 0, amount <= 10_000 else {
            throw .argument("the amount of an indentation is 0 to 10000, found \(amount)")
        }
        let prefix = try call.optionalString(1) ?? " "
        guard prefix.utf8.count <= 1000 else {
            throw .argument("the prefix of an indentation is at most 1000 bytes long")
        }
        let space = String(repeating: prefix, count: amount)
        var result: [UInt8] = []
        if onNewLine {
            result += lineBreak(of: text).utf8
            result += space.utf8
        }
        let bytes = Array(text.utf8)
        for (place, byte) in bytes.enumerated() {
            result.append(byte)
            let isBreak =
                byte == 0x0A || (byte == 0x0D && (place + 1 == bytes.count || bytes[place + 1] != 0x0A))
            if isBreak { result += space.utf8 }
            try call.evaluator.check(bytes: result.count)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The kind of line break a text uses.
    private static func lineBreak(of text: String) -> String {
        guard let place = text.utf8.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }), text.utf8[place] == 0x0D
        else {
            return "\n"
        }
        let next = text.utf8.index(after: place)
        return next < text.utf8.endIndex && text.utf8[next] == 0x0A ? "\r\n" : "\r"
    }
}

extension Unicode.Scalar {
    /// In title case, where that is a single scalar: `ß` stays.
    fileprivate var titlecased: String {
        let mapped = properties.titlecaseMapping
        return mapped.unicodeScalars.count == 1 ? mapped : String(self)
    }

    /// White space at which a line may break. Source: `Character.isWhitespace` of Java.
    fileprivate var separatesWords: Bool {
        switch value {
        case 0x09...0x0D, 0x1C...0x20: true
        case 0x21...0x7E, 0xA0, 0x2007, 0x202F: false
        default: [.spaceSeparator, .lineSeparator, .paragraphSeparator].contains(properties.generalCategory)
        }
    }
}
