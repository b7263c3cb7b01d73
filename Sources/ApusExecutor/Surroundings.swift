public import ApusDatabase
public import ApusEngine
public import ApusExpressions
public import ApusModel

/// What an inline task gave.
public struct InlineOutcome: Sendable {
    /// A number the task measured.
    public struct Metric: Sendable {
        public var name: String
        public var kind: MetricPoint.Kind
        public var value: Double
        public var tags: [Label]

        public init(name: String, kind: MetricPoint.Kind, value: Double, tags: [Label]) {
            self.name = name
            self.kind = kind
            self.value = value
            self.tags = tags
        }
    }

    public var state: State
    public var outputs: OrderedMap<Value>?
    public var logs: [(level: LogLevel, message: String)]
    public var metrics: [Metric]
    /// What is to change in the execution.
    public var effects: [ExecutionEffect]

    public init(
        state: State, outputs: OrderedMap<Value>? = nil, logs: [(level: LogLevel, message: String)] = [],
        metrics: [Metric] = [], effects: [ExecutionEffect] = []
    ) {
        self.state = state
        self.outputs = outputs
        self.logs = logs
        self.metrics = metrics
        self.effects = effects
    }
}

/// What the executor needs from the process around it. All closures may be called on the database's writer thread
/// and return without waiting.
public struct Surroundings: Sendable {
    /// The time; the only clock the executor reads.
    public var now: @Sendable () -> Timestamp
    /// 64 random bits, for identifiers of executions.
    public var random: @Sendable () -> UInt64
    /// `envs`, `globals` and `kestra` for expressions.
    public var variables: OrderedMap<Value>
    /// Gives the text of an encrypted value back; `nil` when encryption is not configured.
    public var reveal: (@Sendable (String) -> String?)?
    /// Turns a text into its stored, encrypted form.
    public var conceal: (@Sendable (String) throws -> Value)?
    /// Runs an inline task of a type with its rendered properties.
    public var runInline:
        @Sendable (_ type: String, _ properties: OrderedMap<Value>, Timestamp) -> InlineOutcome
    /// Answers a fact from what is at hand; called inside a transaction.
    public var fact:
        @Sendable (FactRequest, FlowReference, Execution.ID, any Connection) -> Result<Value?, FactFailure>
    /// Answers a fact that takes waiting: a file, another server. Called outside of transactions.
    public var load: @Sendable (FactRequest, FlowReference, Execution.ID) async -> Result<Value?, FactFailure>
    /// Hands a job to the worker of this process, after the commit that records its attempt.
    public var start: @Sendable (JobDescription) -> Void
    /// Tells the worker to stop an attempt.
    public var cancel: @Sendable (TaskRun.ID) -> Void
    /// Tells the worker that a directory which tasks shared is not needed any more.
    public var release: @Sendable (TaskRun.ID) -> Void
    /// What the machine's expressions see besides the execution.
    var expressions: ExpressionSurroundings {
        ExpressionSurroundings(variables: variables, reveal: reveal, conceal: conceal)
    }

    /// Takes the lines of a turn; they are kept before the turn is committed. Keys make a repeated line the same.
    public var log: @Sendable ([KeyedLine], any Connection) throws -> Void
    /// Hands a polling trigger to the worker of this process, after the commit that marks it as being evaluated.
    public var evaluate: @Sendable (TriggerDescription) -> Void
    /// Tells the worker which realtime triggers there are; it listens to these and no others.
    public var subscribe: @Sendable ([TriggerDescription]) -> Void
    /// The name this process leases jobs under.
    public var worker: String
    /// Takes what inline tasks of a turn measured, as `log` takes lines.
    public var measure: @Sendable ([MetricPoint], any Connection) throws -> Void

    public init(
        now: @escaping @Sendable () -> Timestamp, random: @escaping @Sendable () -> UInt64,
        variables: OrderedMap<Value> = [:], reveal: (@Sendable (String) -> String?)? = nil,
        conceal: (@Sendable (String) throws -> Value)? = nil,
        runInline: @escaping @Sendable (String, OrderedMap<Value>, Timestamp) -> InlineOutcome,
        fact: @escaping @Sendable (FactRequest, FlowReference, Execution.ID, any Connection) -> Result<
            Value?, FactFailure
        >,
        load: @escaping @Sendable (FactRequest, FlowReference, Execution.ID) async -> Result<
            Value?, FactFailure
        >,
        start: @escaping @Sendable (JobDescription) -> Void,
        cancel: @escaping @Sendable (TaskRun.ID) -> Void,
        release: @escaping @Sendable (TaskRun.ID) -> Void,
        log: @escaping @Sendable ([KeyedLine], any Connection) throws -> Void, worker: String,
        measure: @escaping @Sendable ([MetricPoint], any Connection) throws -> Void = { _, _ in },
        evaluate: @escaping @Sendable (TriggerDescription) -> Void = { _ in },
        subscribe: @escaping @Sendable ([TriggerDescription]) -> Void = { _ in }
    ) {
        self.now = now
        self.random = random
        self.variables = variables
        self.reveal = reveal
        self.conceal = conceal
        self.runInline = runInline
        self.fact = fact
        self.load = load
        self.start = start
        self.cancel = cancel
        self.release = release
        self.log = log
        self.worker = worker
        self.measure = measure
        self.evaluate = evaluate
        self.subscribe = subscribe
    }
}

/// A log line with the key that makes writing it twice harmless.
public struct KeyedLine: Sendable {
    public var key: String
    public var line: LogLine

    public init(key: String, line: LogLine) {
        self.key = key
        self.line = line
    }
}
