import ApusExpressions
import ApusModel

/// Encrypts the values of SECRET inputs on their way into the store.
struct SecretCipher: Sendable {
    private static let type = "io.kestra.datatype:aes_encrypted"

    private let key: Secret

    /// - Throws: `ConfigurationFaults` for a key that is not base64 of 128, 192 or 256 bits.
    init(key: Secret) throws {
        self.key = key
        guard (try? AES.encrypt("", key: key.revealed)) != nil else {
            throw ConfigurationFaults(faults: [
                Fault("kestra.encryption.secret-key must be base64 of 16, 24 or 32 bytes")
            ])
        }
    }

    /// Both ways as values to hand on.
    var conceal: @Sendable (String) throws -> Value { { try self.encrypt($0) } }
    var reveal: @Sendable (String) -> String? { { self.decrypt($0) } }

    /// The stored form: `{type, value}`.
    func encrypt(_ text: String) throws -> Value {
        ["type": .string(Self.type), "value": .string(try AES.encrypt(text, key: key.revealed))]
    }

    /// The text again; `nil` when it was encrypted with another key.
    func decrypt(_ message: String) -> String? { try? AES.decrypt(message, key: key.revealed) }
}
