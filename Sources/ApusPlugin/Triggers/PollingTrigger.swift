public import ApusModel
public import ApusSchema

/// A trigger that a worker asks from time to time whether there is something to start an execution for.
///
/// The properties are rendered and decoded before each evaluation. Of one trigger there is one evaluation at a time,
/// and none while the execution it started goes on, unless its flow says `allowConcurrent`. Besides its own
/// properties it has `interval`, which nobody has to declare.
public protocol PollingTrigger: PluginType {
    /// Looks once. Reacts to cancellation, which means that it took too long or that the server stops.
    ///
    /// What it finds is safe once the execution is stored, which happens after it returned, together with
    /// `Evaluation.state`: after a crash in between it is asked again with the state from before.
    ///
    /// - Throws: What keeps it from looking: logged at the trigger, and tried again after the interval.
    func evaluate(_ context: TriggerContext) async throws -> Evaluation
}

/// What one evaluation of a polling trigger found.
public struct Evaluation: Sendable {
    /// What the execution sees as `trigger`; `nil` when there is nothing to start one for.
    public var outputs: OrderedMap<Value>?
    /// What the next evaluation is given; `nil` leaves what is kept as it is.
    public var state: Value?
    /// Called once what was found is stored; not when the trigger was switched off meanwhile, and not after a crash
    /// in between, so that what it does has to be found missing by the next evaluation.
    public var afterwards: (@Sendable () async -> Void)?

    public init(outputs: OrderedMap<Value>?, state: Value? = nil) {
        self.outputs = outputs
        self.state = state
    }

    /// There is nothing new.
    public static let nothing = Evaluation(outputs: nil)
}
