import ApusModel

extension Function {
    /// Encryption with a key of the caller, AES-256-GCM.
    static let cryptography: [Function] = [
        Function("encrypt", ["key*", "plaintext*"]) { (call) throws(ExpressionError) in
            let cipher = try AuthenticatedCipher(key: try call.string(0))
            // Two uses of one IV with one key would give both texts away, and a seed may come twice.
            var random = SystemRandomNumberGenerator()
            return .string(try cipher.encrypt(try call.string(1), random: &random))
        },
        Function("decrypt", ["key*", "encrypted*"]) { (call) throws(ExpressionError) in
            .string(try AuthenticatedCipher(key: try call.string(0)).decrypt(try call.string(1)))
        },
    ]
}
