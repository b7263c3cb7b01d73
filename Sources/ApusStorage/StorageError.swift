/// Why the internal storage could not do what it was asked.
public struct StorageError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        /// The address is not one of the storage, or a name in it is not allowed.
        case invalidAddress
        case notFound
        /// A directory where a file was expected, a link, or another special file.
        case notAFile
        /// A file where a directory was expected, or one that still holds something.
        case notADirectory
        /// Larger than the limit.
        case tooLarge
        /// No space is left.
        case full
        /// The system refused or failed.
        case unavailable
    }

    public var reason: Reason
    /// What was found, in plain words.
    public var message: String

    public init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = message
    }

    public var description: String { "storage: \(message)" }
}
