public import ApusDatabase
public import ApusExpressions
public import ApusModel
public import ApusPlugin

/// A trigger of a plugin handed to a worker: to be evaluated once, or to be listened to.
public struct TriggerJob: Sendable {
    public var key: TriggerKey
    public var flow: FlowReference
    public var type: String
    /// The trigger's own properties.
    public var properties: TemplateTree
    /// What its expressions see.
    public var variables: OrderedMap<Value>
    /// What the evaluation before kept.
    public var state: Value?
    /// Of the execution that may follow; its files are stored there. Empty for a realtime trigger.
    public var executionID: Execution.ID
    /// When the evaluation was handed out.
    public var startedAt: Timestamp
    public var edition: Edition
    /// Lines below this level are dropped.
    public var logLevel: LogLevel

    public init(
        key: TriggerKey, flow: FlowReference, type: String, properties: TemplateTree,
        variables: OrderedMap<Value>, state: Value? = nil, executionID: Execution.ID, startedAt: Timestamp,
        edition: Edition = .one, logLevel: LogLevel = .trace
    ) {
        self.key = key
        self.flow = flow
        self.type = type
        self.properties = properties
        self.variables = variables
        self.state = state
        self.executionID = executionID
        self.startedAt = startedAt
        self.edition = edition
        self.logLevel = logLevel
    }

    /// The same as a job: expressions and files are looked up for both alike.
    var job: Job {
        Job(
            executionID: executionID, flow: flow, taskID: key.triggerID, type: type, taskRunID: executionID,
            properties: properties, variables: variables, logLevel: logLevel, edition: edition)
    }
}

/// Where what a worker finds out about triggers goes to. The closures retry by themselves.
public struct TriggerOutlets: Sendable {
    /// Takes what an evaluation found, or why it found nothing, in plain words; answers whether that is stored.
    public var report: @Sendable (TriggerJob, Result<Evaluation, TaskFailure>) async -> Bool
    /// Takes an event of a realtime trigger; returns once it is durable.
    public var emit: @Sendable (TriggerJob, OrderedMap<Value>) async throws -> Void
    /// Takes log lines, in order.
    public var log: @Sendable ([LogLine]) async -> Void
    /// Copies a local file (path, name) into internal storage and answers its URI.
    public var store: @Sendable (Job, String, String) async throws -> String
    /// Copies a file of internal storage (URI, path) to a local path.
    public var fetch: @Sendable (Job, String, String) async throws -> Void

    public init(
        report: @escaping @Sendable (TriggerJob, Result<Evaluation, TaskFailure>) async -> Bool,
        emit: @escaping @Sendable (TriggerJob, OrderedMap<Value>) async throws -> Void,
        log: @escaping @Sendable ([LogLine]) async -> Void = { _ in },
        store: @escaping @Sendable (Job, String, String) async throws -> String = { _, _, _ in
            throw TaskContext.Outlets.noStorage
        },
        fetch: @escaping @Sendable (Job, String, String) async throws -> Void = { _, _, _ in
            throw TaskContext.Outlets.noStorage
        }
    ) {
        self.report = report
        self.emit = emit
        self.log = log
        self.store = store
        self.fetch = fetch
    }
}
