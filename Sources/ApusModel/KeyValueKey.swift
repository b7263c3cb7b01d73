/// The key of a key-value entry.
public enum KeyValueKey {
    public static let maxLength = 255

    /// A letter or digit, then letters, digits, `.`, `_` and `-`.
    public static func isValid(_ key: String) -> Bool {
        guard let first = key.utf8.first, isLetterOrDigit(first), key.utf8.count <= maxLength else {
            return false
        }
        return key.utf8.allSatisfy { isLetterOrDigit($0) || "._-".utf8.contains($0) }
    }

    /// What is said about any other text.
    public static let rule =
        "Key must start with an alphanumeric character (uppercase or lowercase) and can contain alphanumeric "
        + "characters (uppercase or lowercase), dots (.), underscores (_), and hyphens (-) only."

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
