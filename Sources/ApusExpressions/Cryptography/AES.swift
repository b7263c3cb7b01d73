/// AES-256-GCM over texts, as the functions `encrypt` and `decrypt` do it: base64 of IV, cipher text and tag.
public enum AES {
    /// - Parameter key: Base64 of 32 bytes.
    public static func encrypt(_ text: String, key: String) throws(ExpressionError) -> String {
        var random = SystemRandomNumberGenerator()
        return try AuthenticatedCipher(key: key).encrypt(text, random: &random)
    }

    /// - Throws: `ExpressionError` when the message was not encrypted with this key.
    public static func decrypt(_ message: String, key: String) throws(ExpressionError) -> String {
        try AuthenticatedCipher(key: key).decrypt(message)
    }
}
