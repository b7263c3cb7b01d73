internal import ApusModel
internal import ApusYAML

/// Reads the types that are texts with a grammar of their own.
enum InputTexts {
    static func yaml(_ value: Value) throws(InputRefusal) -> Value? {
        guard let text = value.stringValue else { return value }
        do {
            let root = try YAML.parse(text).root
            return root.isNull ? nil : root
        } catch {
            let place = error.position.map { " (line \($0.line), column \($0.column))" } ?? ""
            throw InputRefusal("it must be YAML: \(error.message)\(place)")
        }
    }

    static func ion(_ value: Value) throws(InputRefusal) -> Value? {
        guard let text = value.stringValue else { return value }
        do {
            let root = try IonTextReader.parse(text)
            return root.isNull ? nil : root
        } catch {
            throw InputRefusal("it must be Ion: \(error)")
        }
    }

    /// Source: RFC 3986, section 3; letters beyond ASCII may stand unescaped.
    static func uri(_ value: Value) throws(InputRefusal) -> Value {
        let text = value.plainText
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, isScheme(parts[0]), !parts[1].isEmpty, isURIText(parts[1]) else {
            throw InputRefusal("it must be a URI that begins with a scheme, such as `https://example.com`")
        }
        return .string(text)
    }

    private static func isScheme(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, isLetter(first) else { return false }
        return text.utf8.allSatisfy { isLetter($0) || (48...57).contains($0) || "+-.".utf8.contains($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }

    private static func isURIText(_ text: Substring) -> Bool {
        let bytes = Array(text.utf8)
        for (place, byte) in bytes.enumerated() {
            if byte <= 0x20 || byte == 0x7F || "\"<>\\^`{|}".utf8.contains(byte) { return false }
            guard byte == UInt8(ascii: "%") else { continue }
            guard place + 2 < bytes.count, isHexadecimal(bytes[place + 1]), isHexadecimal(bytes[place + 2])
            else { return false }
        }
        return true
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...102).contains(byte | 0x20)
    }

    /// Empty text is allowed.
    static func email(_ value: Value) throws(InputRefusal) -> Value {
        let text = value.plainText
        if text.isEmpty { return .string(text) }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, parts[0].utf8.allSatisfy(isMailbox),
            parts[1].utf8.allSatisfy({ isAlphanumeric($0) || "-.".utf8.contains($0) })
        else { throw InputRefusal("it must be an email address") }
        return .string(text)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || (48...57).contains(byte) }

    private static func isMailbox(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || "!#$%&'*+/=?^_`{|}~.-".utf8.contains(byte)
    }
}
