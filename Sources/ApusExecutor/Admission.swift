import ApusDatabase
import ApusEngine
import ApusModel

/// The one gate to running: every event that lets an execution begin, whoever started it, comes through here, in the
/// transaction of its turn.
///
/// A slot is a row of the table of slots, taken when the execution begins and removed in the transaction in which it
/// is over; the one that waits longest gets it in that same transaction. So no crash leaves a slot without its
/// execution, or an execution without its slot.
extension Executor {
    /// Applies events in a turn; one that begins an execution only when it has a slot or needs none.
    func pass(_ events: [Event], _ turn: inout Turn, _ machine: inout ExecutionMachine) throws {
        for event in events {
            if machine.begins(with: event), let behavior = try refusal(of: machine.execution, turn.connection)
            {
                try turn.turnAway(event, behavior, &machine)
            } else {
                try turn.run(&machine, [event])
            }
        }
    }

    /// Takes a slot, or a place among those that wait. Answers what becomes of an execution that gets no slot.
    private func refusal(of execution: Execution, _ connection: any Connection) throws
        -> Concurrency.Behavior?
    {
        let (namespace, flowID) = (execution.flow.namespace, execution.flow.id)
        guard let concurrency = try Slots.limit(namespace: namespace, flowID: flowID, connection),
            try Slots.standing(of: execution.id, connection) == nil
        else { return nil }
        let held = try Slots.held(namespace: namespace, flowID: flowID, connection)
        // Nobody overtakes those that wait.
        let waits = try Slots.hasWaiting(namespace: namespace, flowID: flowID, connection)
        let isFree = held < concurrency.limit && !waits
        if isFree || concurrency.behavior == .queue {
            try Slots.put(
                execution.id, namespace: namespace, flowID: flowID, as: isFree ? .holds : .waits, connection)
        }
        return isFree ? nil : concurrency.behavior
    }

    /// Takes back what an execution that is over holds, and lets the next ones begin.
    func release(_ execution: Execution, _ connection: any Connection) throws {
        guard try Slots.remove(execution.id, connection) else { return }
        try Admission.fill(
            namespace: execution.flow.namespace, flowID: execution.flow.id, at: surroundings.now(),
            waking: timers, connection)
    }
}

/// Gives free slots to executions that wait.
enum Admission {
    /// Executions that are let in by one transaction at most. Each of them looks again for more when it begins.
    private static let batch = 100

    /// Each of those let in gets an event that is due at once: its first turn is a transaction of its own.
    static func fill(
        namespace: String, flowID: String, at now: Timestamp, waking timers: TimerWakeup,
        _ connection: any Connection
    ) throws {
        guard try Slots.hasWaiting(namespace: namespace, flowID: flowID, connection) else { return }
        var free = batch
        if let limit = try Slots.limit(namespace: namespace, flowID: flowID, connection)?.limit {
            free = min(batch, limit - (try Slots.held(namespace: namespace, flowID: flowID, connection)))
        }
        let admitted = try Slots.admit(namespace: namespace, flowID: flowID, atMost: free, connection)
        guard !admitted.isEmpty else { return }
        for id in admitted {
            try Inbox.add(
                executionID: id, due: now, body: StoredEvent.event(.admitted).json.json, connection)
        }
        connection.afterCommit { timers.wake(by: now) }
    }
}
