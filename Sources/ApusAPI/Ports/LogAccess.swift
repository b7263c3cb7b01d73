public import ApusDatabase
public import ApusModel

/// Which log lines are meant. Everything given has to hold.
public struct LogQuery: Hashable, Sendable {
    public var executionID: Execution.ID?
    public var namespace: TextMatch?
    public var flowID: TextMatch?
    public var taskID: String?
    public var taskRunID: TaskRun.ID?
    /// From 0.
    public var attempt: Int?
    /// This severity and above.
    public var minLevel: LogLevel?
    /// Part of the message.
    public var text: String?
    public var from: Timestamp?
    public var to: Timestamp?
    public var isNewestFirst = false

    public init() {}
}

/// A number that a task reported.
public struct MetricPoint: Hashable, Sendable {
    public var executionID: Execution.ID
    public var flow: FlowReference
    public var taskID: String
    public var taskRunID: TaskRun.ID
    public var name: String
    /// `counter`, `timer` or `gauge`.
    public var type: String
    /// Of a timer in milliseconds.
    public var value: Double
    public var tags: OrderedMap<String>
    public var date: Timestamp

    public init(
        executionID: Execution.ID, flow: FlowReference, taskID: String, taskRunID: TaskRun.ID, name: String,
        type: String, value: Double, tags: OrderedMap<String>, date: Timestamp
    ) {
        self.executionID = executionID
        self.flow = flow
        self.taskID = taskID
        self.taskRunID = taskRunID
        self.name = name
        self.type = type
        self.value = value
        self.tags = tags
        self.date = date
    }
}

/// The store of log lines and metrics, as far as the API uses it. Given by the composer.
public struct LogAccess: Sendable {
    /// Adds lines of the server's own.
    public var add: @Sendable ([LogLine]) async throws -> Void
    /// A page of the lines that match, oldest first unless the query says otherwise, and how many match in all.
    public var lines: @Sendable (LogQuery, Page) async throws -> (lines: [LogLine], total: Int)
    /// Lines of an execution that were added after a place in the log, at most `limit`, and the place after them.
    /// The first place is 0.
    public var after:
        @Sendable (Execution.ID, _ place: Int64, _ limit: Int) async throws -> (
            lines: [LogLine], place: Int64
        )
    /// Removes the lines of an execution that match; answers how many.
    public var delete: @Sendable (LogQuery) async throws -> Int
    public var metrics:
        @Sendable (Execution.ID, TaskRun.ID?, _ taskID: String?, Page) async throws -> (
            points: [MetricPoint], total: Int
        )
    public var deleteMetrics: @Sendable (Execution.ID) async throws -> Void

    public init(
        add: @escaping @Sendable ([LogLine]) async throws -> Void,
        lines: @escaping @Sendable (LogQuery, Page) async throws -> (lines: [LogLine], total: Int),
        after: @escaping @Sendable (Execution.ID, Int64, Int) async throws -> (
            lines: [LogLine], place: Int64
        ),
        delete: @escaping @Sendable (LogQuery) async throws -> Int,
        metrics: @escaping @Sendable (Execution.ID, TaskRun.ID?, String?, Page) async throws -> (
            points: [MetricPoint], total: Int
        ),
        deleteMetrics: @escaping @Sendable (Execution.ID) async throws -> Void
    ) {
        self.add = add
        self.lines = lines
        self.after = after
        self.delete = delete
        self.metrics = metrics
        self.deleteMetrics = deleteMetrics
    }
}
