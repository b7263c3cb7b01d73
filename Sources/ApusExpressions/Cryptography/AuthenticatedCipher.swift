import ApusModel
import CCrypto
import Foundation

/// AES-256-GCM, computed by libcrypto. Messages are IV (12 bytes), cipher text and tag (16 bytes), in base64.
struct AuthenticatedCipher {
    private static let ivBytes = 12
    private static let tagBytes = 16

    private let key: [UInt8]

    /// - Parameter key: Base64 of 32 bytes; shorter AES keys of 16 and 24 bytes are taken too.
    init(key: String) throws(ExpressionError) {
        guard let data = Data(base64Encoded: key), [16, 24, 32].contains(data.count) else {
            throw .argument("the key is base64 of 32 bytes")
        }
        self.key = [UInt8](data)
    }

    private var algorithm: OpaquePointer? {
        switch key.count {
        case 16: EVP_aes_128_gcm()
        case 24: EVP_aes_192_gcm()
        default: EVP_aes_256_gcm()
        }
    }

    func encrypt(_ text: String, random: inout some RandomNumberGenerator) throws(ExpressionError) -> String {
        let plain = Array(text.utf8)
        let iv = (0..<Self.ivBytes).map { _ in UInt8.random(in: 0...255, using: &random) }
        var cipher = [UInt8](repeating: 0, count: plain.count + 16)
        var tag = [UInt8](repeating: 0, count: Self.tagBytes)
        var written: Int32 = 0
        var rest: Int32 = 0
        let context = EVP_CIPHER_CTX_new()
        defer { EVP_CIPHER_CTX_free(context) }
        guard plain.count < Int(Int32.max),
            EVP_EncryptInit_ex(context, algorithm, nil, key, iv) == 1,
            EVP_EncryptUpdate(context, &cipher, &written, plain, Int32(plain.count)) == 1,
            EVP_EncryptFinal_ex(context, &tag, &rest) == 1,
            apus_gcm_tag(context, EVP_CTRL_GCM_GET_TAG, Int32(Self.tagBytes), &tag) == 1
        else { throw .failed("the text cannot be encrypted") }
        return Data(iv + cipher.prefix(Int(written)) + tag).base64EncodedString()
    }

    func decrypt(_ message: String) throws(ExpressionError) -> String {
        guard let data = Data(base64Encoded: message), data.count >= Self.ivBytes + Self.tagBytes else {
            throw .failed("the text to decrypt is not an encrypted text")
        }
        let bytes = [UInt8](data)
        let iv = Array(bytes.prefix(Self.ivBytes))
        var tag = Array(bytes.suffix(Self.tagBytes))
        let cipher = Array(bytes.dropFirst(Self.ivBytes).dropLast(Self.tagBytes))
        var plain = [UInt8](repeating: 0, count: cipher.count + 16)
        var end = [UInt8](repeating: 0, count: 16)
        var written: Int32 = 0
        var rest: Int32 = 0
        let context = EVP_CIPHER_CTX_new()
        defer { EVP_CIPHER_CTX_free(context) }
        guard cipher.count < Int(Int32.max),
            EVP_DecryptInit_ex(context, algorithm, nil, key, iv) == 1,
            EVP_DecryptUpdate(context, &plain, &written, cipher, Int32(cipher.count)) == 1,
            apus_gcm_tag(context, EVP_CTRL_GCM_SET_TAG, Int32(Self.tagBytes), &tag) == 1,
            EVP_DecryptFinal_ex(context, &end, &rest) == 1
        else { throw .failed("the text cannot be decrypted with this key") }
        return String(decoding: plain.prefix(Int(written)), as: UTF8.self)
    }
}
