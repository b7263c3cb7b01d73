import ApusModel
import CCrypto

/// Hash functions, computed by libcrypto.
enum Digest: String {
    case md5
    case sha1
    case sha256
    case sha512

    private var algorithm: OpaquePointer? {
        switch self {
        case .md5: EVP_md5()
        case .sha1: EVP_sha1()
        case .sha256: EVP_sha256()
        case .sha512: EVP_sha512()
        }
    }

    /// Lower-case hexadecimal digits.
    func hexadecimal(of bytes: [UInt8]) throws(ExpressionError) -> String {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var size: UInt32 = 0
        let status = EVP_Digest(bytes, bytes.count, &digest, &size, algorithm, nil)
        guard status == 1 else { throw .failed("\(rawValue) cannot be computed on this machine") }
        return digest.prefix(Int(size)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
