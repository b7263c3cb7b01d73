/// One run of a flow.
public struct Execution: Hashable, Sendable, Identifiable {
    /// 22 letters and digits, as Kestra's clients expect.
    public typealias ID = String

    public var id: ID
    public var flow: FlowReference
    public var state: StateHistory
    public var labels: [Label]
    /// Values of the flow's inputs, checked and typed. A map.
    public var inputs: Value
    /// The flow's variables when the execution began. A map.
    public var variables: Value
    /// The flow's outputs; `nil` until they are computed.
    public var outputs: Value?
    /// What started the execution, when it was not a person: `{id, type, variables}`.
    public var trigger: Value?
    /// The execution this one was restarted or retried from.
    public var parentID: ID?
    /// The first of a row of executions that replace each other; its own id for the first.
    public var originalID: ID
    /// 1 for the first execution; grows with restarts and new-execution retries.
    public var attemptNumber: Int
    public var createdDate: Timestamp
    public var scheduleDate: Timestamp?
    public var error: String?
    /// The flows whose executions started this one, as `namespace/id`, the first one first; empty for one that no
    /// other execution started.
    public var callers: [String] = []
    public var kind = ExecutionKind.normal
    /// Tasks before which it stops.
    public var breakpoints: [Breakpoint] = []
    /// The final state that is settled although the execution has not ended: by an `Exit` whose `errors` still run,
    /// or by what kills it with another state than KILLED. Once the execution has ended: an `Exit` ended its
    /// `afterExecution` too.
    public var endsAs: State?
    /// Places, in the flow's `sla`, of those that were violated; each counts once.
    public var violated: [Int] = []
    /// Listeners whose conditions did not hold, by the place of their first task in the flow's `afterExecution`.
    public var passedListeners: [Int] = []

    public init(
        id: ID, flow: FlowReference, createdAt date: Timestamp, labels: [Label] = [],
        inputs: Value = .map([:]),
        variables: Value = .map([:]), trigger: Value? = nil
    ) {
        self.id = id
        self.flow = flow
        state = StateHistory(at: date)
        self.labels = labels
        self.inputs = inputs
        self.variables = variables
        self.trigger = trigger
        originalID = id
        attemptNumber = 1
        createdDate = date
    }
}

/// A flow at one revision.
public struct FlowReference: Hashable, Sendable {
    public var namespace: String
    public var id: String
    /// 1 for the first.
    public var revision: Int

    public init(namespace: String, id: String, revision: Int) {
        self.namespace = namespace
        self.id = id
        self.revision = revision
    }
}

/// A word attached to a flow or an execution. Keys that begin with `system.` belong to the product.
public struct Label: Hashable, Sendable {
    public var key: String
    public var value: String

    public init(_ key: String, _ value: String) {
        self.key = key
        self.value = value
    }
}

extension [Label] {
    /// Adds labels; one whose key is there already takes the new value, in its place.
    public mutating func merge(_ labels: [Label]) {
        for label in labels {
            if let place = firstIndex(where: { $0.key == label.key }) {
                self[place].value = label.value
            } else {
                append(label)
            }
        }
    }
}

/// One run of a task within an execution.
public struct TaskRun: Hashable, Sendable, Identifiable {
    public typealias ID = String

    public struct Attempt: Hashable, Sendable {
        public var state: StateHistory
        /// The URI of its log, when the task logs to a file.
        public var logFile: String?

        public init(state: StateHistory) { self.state = state }
    }

    public var id: ID
    public var taskID: String
    /// The task run of the flow task it belongs to; `nil` at the top.
    public var parentID: ID?
    /// The item of a loop this run is for, as text.
    public var value: String?
    /// The place of the item in its loop, from 0.
    public var iteration: Int?
    public var state: StateHistory
    public var attempts: [Attempt]
    /// What the task gave; `nil` before, and for tasks without outputs.
    public var outputs: Value?
    /// The iteration of a `Loop` it belongs to, an iteration its own: such task runs are shown with the iteration.
    public var scope: ID?
    /// What a flow task decided when it began and must not decide again: the items of a loop.
    public var plan: Value?

    public init(
        id: ID, taskID: String, parentID: ID? = nil, value: String? = nil, iteration: Int? = nil,
        createdAt date: Timestamp
    ) {
        self.id = id
        self.taskID = taskID
        self.parentID = parentID
        self.value = value
        self.iteration = iteration
        state = StateHistory(at: date)
        attempts = []
    }
}

/// Severity of a log line, least first.
public enum LogLevel: String, Hashable, Sendable, CaseIterable, Comparable {
    case trace = "TRACE"
    case debug = "DEBUG"
    case info = "INFO"
    case warn = "WARN"
    case error = "ERROR"

    private var rank: Int {
        switch self {
        case .trace: 0
        case .debug: 1
        case .info: 2
        case .warn: 3
        case .error: 4
        }
    }

    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

/// A line in the log of an execution, or of a trigger.
public struct LogLine: Hashable, Sendable {
    /// Empty for a line of a trigger that started none.
    public var executionID: Execution.ID
    public var flow: FlowReference
    public var taskID: String?
    public var taskRunID: TaskRun.ID?
    /// From 0; the attempt that wrote it.
    public var attempt: Int?
    public var level: LogLevel
    public var date: Timestamp
    public var message: String
    /// The trigger that wrote it.
    public var triggerID: String?

    /// A line of a trigger, which belongs to no execution.
    public init(triggerID: String, of flow: FlowReference, level: LogLevel, date: Timestamp, message: String)
    {
        self.init(executionID: "", flow: flow, level: level, date: date, message: message)
        self.triggerID = triggerID
    }

    public init(
        executionID: Execution.ID, flow: FlowReference, taskID: String? = nil, taskRunID: TaskRun.ID? = nil,
        attempt: Int? = nil, level: LogLevel = .info, date: Timestamp, message: String
    ) {
        self.executionID = executionID
        self.flow = flow
        self.taskID = taskID
        self.taskRunID = taskRunID
        self.attempt = attempt
        self.level = level
        self.date = date
        self.message = message
    }
}
