public import ApusDatabase
public import ApusExpressions
public import ApusModel

/// A trigger of a plugin handed to a worker: to be evaluated once, or to be listened to.
public struct TriggerDescription: Sendable {
    public var key: TriggerKey
    public var flow: FlowReference
    /// The canonical type name.
    public var type: String
    public var properties: TemplateTree
    /// What its properties see.
    public var variables: OrderedMap<Value>
    /// What the evaluation before kept.
    public var state: Value?
    /// Of the execution that the evaluation may start; empty for a realtime trigger.
    public var executionID: Execution.ID
    /// When the evaluation began; tells it from others.
    public var startedAt: Timestamp
    public var edition: Edition
    public var logLevel: LogLevel?
}

/// How an evaluation of a polling trigger ended.
public struct EvaluationReport: Sendable {
    public enum Outcome: Sendable {
        /// - Parameters:
        ///   - outputs: What the execution sees as `trigger`; `nil` to start none.
        ///   - state: To keep; `nil` to leave what is kept.
        case found(outputs: OrderedMap<Value>?, state: Value?)
        /// Why it could not be evaluated.
        case failed(String)
    }

    public var key: TriggerKey
    public var executionID: Execution.ID
    public var startedAt: Timestamp
    public var outcome: Outcome

    public init(key: TriggerKey, executionID: Execution.ID, startedAt: Timestamp, outcome: Outcome) {
        self.key = key
        self.executionID = executionID
        self.startedAt = startedAt
        self.outcome = outcome
    }
}

/// What became of the report of an evaluation.
public enum EvaluationEnd: Hashable, Sendable {
    /// Nothing: it came late, or the trigger was switched off meanwhile.
    case dropped
    /// Its state is stored, and it started nothing.
    case stored
    /// Its state is stored with the execution it started.
    case started
}
