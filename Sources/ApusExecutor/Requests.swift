public import ApusEngine
public import ApusModel

/// An execution with its task runs, as of one commit.
public struct ExecutionSnapshot: Sendable {
    public var execution: Execution
    /// In the order of their creation.
    public var taskRuns: [TaskRun]
    /// False when task runs that ended in loops are missing: they are in the tables only.
    public var isWhole: Bool

    public init(execution: Execution, taskRuns: [TaskRun], isWhole: Bool = true) {
        self.execution = execution
        self.taskRuns = taskRuns
        self.isWhole = isWhole
    }
}

/// An execution to be started.
public struct NewExecution: Sendable {
    public var flow: CompiledFlow
    /// Checked and typed values. A map.
    public var inputs: Value
    /// Given by the caller; they win over the flow's.
    public var labels: [Label]
    public var trigger: Value?
    /// Made by the executor when absent.
    public var id: Execution.ID?
    /// Not to begin before.
    public var scheduleDate: Timestamp?
    public var kind = ExecutionKind.normal
    /// The flows whose executions led to this one, as `namespace/id`.
    public var callers: [String] = []
    /// Tasks before which it stops.
    public var breakpoints: [Breakpoint] = []
    /// Whether the flow's `checks` are asked; they are not for a subflow.
    public var isChecked: Bool

    public init(
        flow: CompiledFlow, inputs: Value = .map([:]), labels: [Label] = [], trigger: Value? = nil,
        id: Execution.ID? = nil, scheduleDate: Timestamp? = nil, isChecked: Bool = true
    ) {
        self.flow = flow
        self.inputs = inputs
        self.labels = labels
        self.trigger = trigger
        self.id = id
        self.scheduleDate = scheduleDate
        self.isChecked = isChecked
    }
}

/// A request that does not fit the execution it is for.
public enum RequestRefused: Error, Hashable {
    case notFound(String)
    /// The execution is in a state that does not allow it.
    case conflict(String)
    case invalid(String)
}

/// How an attempt ended, as reported by a worker.
public struct AttemptReport: Sendable {
    public var executionID: Execution.ID
    public var taskRunID: TaskRun.ID
    /// From 1.
    public var attempt: Int
    public var result: TaskResult

    public init(executionID: Execution.ID, taskRunID: TaskRun.ID, attempt: Int, result: TaskResult) {
        self.executionID = executionID
        self.taskRunID = taskRunID
        self.attempt = attempt
        self.result = result
    }
}
