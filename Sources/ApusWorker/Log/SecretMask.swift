import ApusExpressions
import Synchronization

/// Hides the secrets a job has read in what it writes to the log.
final class SecretMask: Sendable {
    private let words = Mutex(SecretWords())

    func add(_ secret: String) { words.withLock { $0.add(secret) } }

    func masked(_ text: String) -> String {
        let words = words.withLock { $0 }
        return words.masked(text)
    }
}
