public import ApusExpressions
public import ApusModel

/// A trigger made ready to fire: checked, its templates parsed, its conditions one predicate.
public struct CompiledTrigger: Sendable {
    public enum Kind: Sendable {
        /// Fires on dates.
        case schedule(ScheduleTrigger)
        /// Fires on a request.
        case webhook(WebhookTrigger)
        /// Fires on what other executions do.
        case flow(FlowTrigger)
        /// Fires when a worker that looks every so often finds something.
        case polling(interval: ISODuration, properties: TemplateTree)
        /// Fires on each event that a worker that listens hears of.
        case realtime(properties: TemplateTree)
    }

    public var id: String
    /// The canonical type name.
    public var type: String
    public var kind: Kind
    /// The trigger as written, with the flow's plugin defaults.
    public var definition: Value
    /// Switched off in the flow.
    public var isDisabled: Bool
    /// What has to hold for it to fire: all of `conditions`, and `when`.
    public var condition: Predicate
    /// The inputs of the executions it starts.
    public var inputs: TemplateTree?
    /// Labels of the executions it starts, as written.
    public var labels: [TriggerLabel]
    /// States in which an execution it started ends that switch it off.
    public var stopAfter: Set<State>
    /// Whether it fires while the execution before still runs.
    public var allowsConcurrent: Bool
    /// Whether an error in its expressions starts an execution that has failed.
    public var failsOnError: Bool
    /// `nil` keeps all lines.
    public var logLevel: LogLevel?
}

/// A label that a trigger gives, its value a template.
public struct TriggerLabel: Sendable {
    public var key: String
    public var value: Template
}
