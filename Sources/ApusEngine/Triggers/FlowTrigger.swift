public import ApusModel

/// Fires when executions of other flows reach states.
///
/// One form for all the ways to write it: what has to be seen, how much of it within which time, and what becomes of
/// it then.
public struct FlowTrigger: Sendable {
    /// Never empty.
    public var requirements: [FlowRequirement]
    /// How many of the requirements have to be met; at least 1.
    public var needed: Int
    /// The time within which they have to be met.
    public var window: FlowWindow
    /// Whether what was seen counts no more once the trigger has fired.
    public var resets: Bool
    /// What happens when a window closes in which the trigger did not fire; `nil` for nothing.
    public var miss: FlowMiss?
    /// How `trigger.outputs` shows the outputs of several executions.
    public var outputs: OutputsForm
    /// Whether `inputs` see all of `trigger`, and not its outputs alone.
    public var inputsSeeTrigger: Bool
    /// Whether inputs that cannot be rendered or are refused start an execution that has failed.
    public var failsOnInputs: Bool
    /// Whether a trigger that gives no inputs starts a flow that requires some.
    public var mayLeaveOutInputs: Bool
    /// Of what its requirements and its window follow from: with another one, what was seen counts no more.
    public var fingerprint: String

    public enum OutputsForm: Hashable, Sendable {
        /// One map with the outputs of all.
        case merged
        /// Those of the execution that fires; of several executions also by flow, and by namespace and flow.
        case nested
    }

    /// Whether what was seen has to be kept until more is.
    public var keepsEvidence: Bool { needed > 1 || !resets }
}

/// One thing that a flow trigger waits for.
public struct FlowRequirement: Sendable {
    /// Unique in the trigger.
    public var key: String
    /// `nil` for any.
    public var namespace: String?
    /// `nil` for any.
    public var flowID: String?
    public var states: Set<State>
    /// Labels that the execution has, all of them.
    public var labels: [Label]
    /// What else has to hold of the execution.
    public var condition: Predicate

    public init(
        key: String, namespace: String? = nil, flowID: String? = nil, states: Set<State>,
        labels: [Label] = [], condition: Predicate = .all([])
    ) {
        self.key = key
        self.namespace = namespace
        self.flowID = flowID
        self.states = states
        self.labels = labels
        self.condition = condition
    }

    /// Those an execution ends in, and PAUSED.
    public static let defaultStates = Set(State.allCases.filter { $0.isTerminal || $0 == .paused })
}

/// What happens when a window closes in which a flow trigger did not fire: an execution that has failed.
public struct FlowMiss: Hashable, Sendable {
    /// Labels of that execution.
    public var labels: [Label]

    public init(labels: [Label]) { self.labels = labels }
}
