import ApusModel
import Foundation

/// Changes to texts that look at words, lines and letters.
enum Words {
    /// The first letter of every word in upper case.
    static func titled(_ text: String) -> String {
        var result = ""
        var atStart = true
        for character in text {
            result += atStart ? character.uppercased() : String(character)
            atStart = character.isWhitespace
        }
        return result
    }

    /// Cut to a length, `...` included.
    static func abbreviated(_ text: String, to length: Int) -> String {
        guard text.count > length else { return text }
        guard length > 3 else { return String(text.prefix(max(length, 0))) }
        return text.prefix(length - 3) + "..."
    }

    /// `Árvíztűrő  tükör_fúró!` becomes `arvizturo-tukor-furo`.
    static func slug(_ text: String) -> String {
        var slug = ""
        for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9": slug.unicodeScalars.append(scalar)
            case "-", "_": if slug.last != "-" { slug += "-" }
            default: if scalar.isSpace, slug.last != "-" { slug += "-" }
            }
        }
        if slug.hasPrefix("-") { slug.removeFirst() }
        if slug.hasSuffix("-") { slug.removeLast() }
        return slug.lowercased()
    }

    /// Space after every line break, and with `onNewLine` a line break with space in front.
    static func indented(_ text: String, _ call: Arguments, onNewLine: Bool) throws(ExpressionError) -> String
    {
        let amount = try call.int(0)
        guard amount >= 0, amount <= 10_000 else {
            throw .argument("the amount of an indentation is 0 to 10000")
        }
        let space = String(repeating: call[1] == nil ? " " : try call.text(1), count: amount)
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
