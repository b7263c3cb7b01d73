/// The bounds a worker works in.
public struct WorkerSettings: Hashable, Sendable {
    /// Jobs that run at the same time. At least 1.
    public var concurrentJobs: Int
    /// Jobs taken that wait for a place. At least 1.
    public var waitingJobs: Int
    /// Where jobs get their directories, absolute; this worker's alone: what it finds there it removes at start.
    public var workDirectory: String
    /// How often `WorkerOutlets.heartbeat` is called.
    public var heartbeatInterval: Duration
    /// Zone of dates in expressions that name none, an IANA name.
    public var timeZone: String

    public init(
        workDirectory: String, concurrentJobs: Int = 32, waitingJobs: Int = 256,
        heartbeatInterval: Duration = .seconds(3), timeZone: String = "UTC"
    ) {
        self.workDirectory = workDirectory
        self.concurrentJobs = max(1, concurrentJobs)
        self.waitingJobs = max(1, waitingJobs)
        self.heartbeatInterval = heartbeatInterval
        self.timeZone = timeZone
    }
}
