import Foundation

/// What a server puts up with from its clients. Every number is a bound on what a stranger can cost.
public struct ServerLimits: Hashable, Sendable {
    /// The request line and all headers, in bytes.
    public var headerBytes = 32 * 1024
    /// A body that is held in memory, and the fields of a form together, in bytes.
    public var bodyBytes = 16 << 20
    /// A whole multipart form with its files, in bytes.
    public var uploadBytes = 4 << 30
    /// Connections at a time; more are refused.
    public var connections = 4096
    /// Connections at a time from one address; 0 for no limit, as behind a proxy all come from the same.
    public var connectionsPerAddress = 0
    /// A connection is closed after so long without a byte either way, except while a handler works.
    public var idleSeconds = 60
    /// A head must have arrived in this time.
    public var headSeconds = 15
    /// A body must have arrived in this time, and a second more for each `bodyBytesPerSecond`.
    public var bodySeconds = 30
    /// The slowest upload that is waited for.
    public var bodyBytesPerSecond = 16 * 1024
    /// Threads that talk to clients; handlers run elsewhere. At least 2.
    public var threads = max(2, min(8, ProcessInfo.processInfo.activeProcessorCount))
    /// Where files of forms wait for their handler; must exist.
    public var uploadDirectory = NSTemporaryDirectory()

    public init() {}
}
