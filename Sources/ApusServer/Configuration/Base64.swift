/// Texts that stand for bytes (RFC 4648).
enum Base64 {
    /// How many bytes a text in base64 stands for; `nil` when it is not base64.
    static func byteCount(_ text: String) -> Int? {
        let digits = text.utf8.prefix { $0 != UInt8(ascii: "=") }
        let padding = text.utf8.count - digits.count
        guard text.utf8.dropFirst(digits.count).allSatisfy({ $0 == UInt8(ascii: "=") }), padding <= 2,
            text.utf8.count % 4 == 0 || padding == 0, digits.count % 4 != 1, digits.allSatisfy(isDigit)
        else { return nil }
        return digits.count * 3 / 4
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, UInt8(ascii: "+"), UInt8(ascii: "/"): true
        default: false
        }
    }
}
