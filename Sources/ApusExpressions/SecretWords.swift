/// Hides secrets that templates have read in the texts that leave an execution: lines of its log.
public struct SecretWords: Sendable {
    public static let mark = "******"

    /// Shorter texts would hide too much that is none of the secret.
    private static let minBytes = 4

    /// The longest first: a secret may be part of another.
    private var words: [String] = []

    public init() {}

    /// Remembers a secret, and each line of one that has several.
    public mutating func add(_ secret: String) {
        let parts = [secret] + secret.split(whereSeparator: \.isNewline).map(String.init)
        for part in parts where part.utf8.count >= Self.minBytes && !words.contains(part) {
            words.append(part)
        }
        words.sort { $0.utf8.count > $1.utf8.count }
    }

    public func masked(_ text: String) -> String {
        words.reduce(text) { text, word in
            text.contains(word) ? text.replacing(word, with: Self.mark) : text
        }
    }
}
