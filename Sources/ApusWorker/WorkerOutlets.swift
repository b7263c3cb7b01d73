public import ApusModel
public import ApusPlugin

/// Where what a worker finds out goes to. The closures retry by themselves: they return when they are done with
/// what they were given.
public struct WorkerOutlets: Sendable {
    /// Takes the result of a job, once. The log lines and metrics of the job have been taken before.
    public var report: @Sendable (JobResult) async -> Void
    /// Takes log lines, in order, at most `LogIntake.maxBatch` at once.
    public var log: @Sendable ([LogLine]) async -> Void
    /// Takes the metrics of a job when it has ended.
    public var metrics: @Sendable (Job, [Metric]) async -> Void
    /// Called at regular intervals with the jobs this worker holds, waiting ones included.
    public var heartbeat: @Sendable ([Job]) async -> Void
    /// Takes jobs that the worker stopped before they ended; they may be run elsewhere.
    public var giveBack: @Sendable ([Job]) async -> Void
    /// Copies a local file (path, name) into internal storage and answers its URI.
    public var store: @Sendable (Job, String, String) async throws -> String
    /// Copies a file of internal storage (URI, path) to a local path.
    public var fetch: @Sendable (Job, String, String) async throws -> Void
    /// The rest of what a job may do with files of internal storage.
    public var files: @Sendable (Job) -> StoredFiles

    public init(
        report: @escaping @Sendable (JobResult) async -> Void,
        log: @escaping @Sendable ([LogLine]) async -> Void = { _ in },
        metrics: @escaping @Sendable (Job, [Metric]) async -> Void = { _, _ in },
        heartbeat: @escaping @Sendable ([Job]) async -> Void = { _ in },
        giveBack: @escaping @Sendable ([Job]) async -> Void = { _ in },
        store: @escaping @Sendable (Job, String, String) async throws -> String = { _, _, _ in
            throw TaskContext.Outlets.noStorage
        },
        fetch: @escaping @Sendable (Job, String, String) async throws -> Void = { _, _, _ in
            throw TaskContext.Outlets.noStorage
        },
        files: @escaping @Sendable (Job) -> StoredFiles = { _ in .none }
    ) {
        self.report = report
        self.log = log
        self.metrics = metrics
        self.heartbeat = heartbeat
        self.giveBack = giveBack
        self.store = store
        self.fetch = fetch
        self.files = files
    }
}
