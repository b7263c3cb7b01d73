public import ApusModel
public import ApusSchema

/// Starts an execution for one event, whose fields it sees as `trigger`.
///
/// Returns once the event is safe: the execution is stored, or the conditions of the trigger do not hold. Only then
/// may a source be told that the event has been taken; after a crash it gives the others again. So every event
/// is seen at least once.
///
/// Throws when the event could not be stored, or when the trigger was switched off meanwhile: the source keeps it.
public typealias Emit = @Sendable (_ event: OrderedMap<Value>) async throws -> Void

/// A trigger that listens as long as it is switched on, and starts an execution for each event.
///
/// The properties are rendered and decoded when it begins to listen.
public protocol RealtimeTrigger: PluginType {
    /// Listens until cancelled, which means that the trigger was changed or switched off, or that the server stops.
    ///
    /// One that returns or throws is begun again after a pause, which grows from a second to a minute as long as
    /// no event comes.
    func run(_ context: TriggerContext, emit: @escaping Emit) async throws
}
