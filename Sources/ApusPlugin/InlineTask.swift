public import ApusModel
public import ApusSchema

/// A task that only computes: the executor runs it within its turn, a worker may run it too.
///
/// The same properties and context always give the same result.
public protocol InlineTask: PluginType {
    func run(inline context: InlineContext) throws(TaskFailure) -> InlineResult
}

/// What an inline task may know besides its properties.
public struct InlineContext: Sendable {
    public let now: Timestamp
    /// When the attempt began. Within a turn time stands still: the same as `now`.
    public let startedAt: Timestamp

    public init(now: Timestamp, startedAt: Timestamp? = nil) {
        self.now = now
        self.startedAt = startedAt ?? now
    }
}

/// What an inline task gives.
public struct InlineResult: Hashable, Sendable {
    public struct Log: Hashable, Sendable {
        public var level: LogLevel
        public var message: String

        public init(_ level: LogLevel, _ message: String) {
            self.level = level
            self.message = message
        }
    }

    /// `nil` for a task without outputs.
    public var outputs: OrderedMap<Value>?
    /// Lines for the log of the execution, in order.
    public var logs: [Log]
    public var metrics: [Metric]
    /// The state the task ends in; `nil` for success.
    public var state: State?
    /// What is to change in the execution; nothing does when the task fails.
    public var effects: [ExecutionEffect]

    public init(
        outputs: OrderedMap<Value>? = nil, logs: [Log] = [], metrics: [Metric] = [], state: State? = nil,
        effects: [ExecutionEffect] = []
    ) {
        self.outputs = outputs
        self.logs = logs
        self.metrics = metrics
        self.state = state
        self.effects = effects
    }
}
