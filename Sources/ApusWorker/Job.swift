public import ApusExpressions
public import ApusModel

/// A task run handed to a worker.
public struct Job: Sendable {
    public var executionID: Execution.ID
    public var flow: FlowReference
    public var taskID: String
    /// The task's type, as the flow writes it.
    public var type: String
    public var taskRunID: TaskRun.ID
    /// From 0.
    public var attempt: Int
    /// The task's own properties.
    public var properties: TemplateTree
    /// What its expressions see.
    public var variables: OrderedMap<Value>
    /// How long the attempt may take; `nil` for no bound.
    public var timeout: ISODuration?
    /// Lines below this level are dropped.
    public var logLevel: LogLevel
    public var edition: Edition
    /// Name of a directory that several jobs share; `nil` for one of the job's own, removed after it. A shared one
    /// stays until `Worker.release`.
    public var sharedDirectory: String?
    /// Its lines go to a file in internal storage in place of the log.
    public var logsToFile: Bool
    /// `nil` when the task runs every time.
    public var reuse: OutputReuse?
    /// The value of the loop around the task; `nil` outside of loops.
    public var loopValue: String?
    /// Texts among the variables that were stored encrypted; hidden in the log.
    public var secrets: [String]

    public init(
        executionID: Execution.ID, flow: FlowReference, taskID: String, type: String, taskRunID: TaskRun.ID,
        attempt: Int = 0, properties: TemplateTree = .literal(.map([:])), variables: OrderedMap<Value> = [:],
        timeout: ISODuration? = nil, logLevel: LogLevel = .trace, edition: Edition = .one,
        sharedDirectory: String? = nil, logsToFile: Bool = false, reuse: OutputReuse? = nil,
        loopValue: String? = nil, secrets: [String] = []
    ) {
        self.executionID = executionID
        self.flow = flow
        self.taskID = taskID
        self.type = type
        self.taskRunID = taskRunID
        self.attempt = attempt
        self.properties = properties
        self.variables = variables
        self.timeout = timeout
        self.logLevel = logLevel
        self.edition = edition
        self.sharedDirectory = sharedDirectory
        self.logsToFile = logsToFile
        self.reuse = reuse
        self.loopValue = loopValue
        self.secrets = secrets
    }
}

/// How an attempt of a task run ended.
public struct JobResult: Hashable, Sendable {
    public var executionID: Execution.ID
    public var taskRunID: TaskRun.ID
    public var attempt: Int
    /// Success, warning, failed or killed.
    public var state: State
    /// `nil` for a task that gave nothing. A failed task may give something too.
    public var outputs: OrderedMap<Value>?
    public var startedAt: Timestamp
    public var endedAt: Timestamp
    /// Why it failed, in plain words; the log has it too.
    public var error: String?
    /// What is to change in the execution.
    public var effects: [ExecutionEffect]
    /// Where the lines of the attempt are, for a job that logs to a file.
    public var logFile: String?

    public init(
        executionID: Execution.ID, taskRunID: TaskRun.ID, attempt: Int, state: State,
        outputs: OrderedMap<Value>? = nil,
        startedAt: Timestamp, endedAt: Timestamp, error: String? = nil, effects: [ExecutionEffect] = [],
        logFile: String? = nil
    ) {
        self.executionID = executionID
        self.taskRunID = taskRunID
        self.attempt = attempt
        self.state = state
        self.outputs = outputs
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.error = error
        self.effects = effects
        self.logFile = logFile
    }
}
