import Synchronization

/// Hides the secrets that a task has read in what it writes to the log.
public final class SecretMask: Sendable {
    public static let mark = "******"

    /// Shorter texts would hide too much that is none of the secret.
    private static let minBytes = 4

    private let secrets = Mutex<[String]>([])

    public init() {}

    /// Remembers a secret, and each line of one that has several.
    public func add(_ secret: String) {
        let parts = [secret] + secret.split(whereSeparator: \.isNewline).map(String.init)
        secrets.withLock { secrets in
            for part in parts where part.utf8.count >= Self.minBytes && !secrets.contains(part) {
                secrets.append(part)
            }
            // A secret may be part of another: the longer one goes first.
            secrets.sort { $0.utf8.count > $1.utf8.count }
        }
    }

    /// The text with the mark in place of every secret.
    public func masked(_ text: String) -> String {
        let secrets = secrets.withLock { $0 }
        return secrets.reduce(text) { text, secret in
            text.contains(secret) ? text.replacing(secret, with: Self.mark) : text
        }
    }
}
