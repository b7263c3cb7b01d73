import ApusDatabase
import ApusEngine
import ApusModel

extension Executor {
    /// A window of a flow trigger closes: when the trigger has not fired in it, that shows as an execution that
    /// failed. Of several that passed while nobody looked, the first is told of.
    func close(
        _ row: inout TriggerRow, _ listener: FlowTrigger, _ flow: CompiledFlow, _ trigger: CompiledTrigger,
        id: Execution.ID, now: Timestamp, _ connection: any Connection
    ) throws {
        // What happened in the window counts, also when it has not been looked at yet: it closes after that.
        guard try !FlowTriggerEvents.hasAny(row.key, connection) else { return }
        defer { row.due = row.dueDate(at: now) }
        guard let miss = listener.miss, let end = row.next else { return row.next = nil }
        row.next = listener.window.nextEnd(after: now)
        let span = listener.window.span(at: end)
        let hasFired = row.last.map { last in span?.contains(last) ?? false || last > end } ?? false
        guard !hasFired else { return }
        var firing = Firing(flow: flow, trigger: trigger, variables: [:])
        firing.labels = miss.labels
        let seen = try FlowTriggerEvidence.all(row.key, connection).filter {
            span?.contains($0.date) ?? false
        }
        let snapshot = try startFailed(
            firing, id: id,
            "Trigger `\(trigger.id)` has not fired until \(end.iso), when its window closed: \(seen.count) of \(listener.needed) needed executions were seen",
            connection)
        try stop(
            &row, trigger, after: id, isOpen: !snapshot.execution.state.current.isTerminal, connection)
    }
}

extension FlowTrigger {
    /// What it listens to, for the index.
    var sources: [FlowTriggerSource] {
        requirements.map {
            FlowTriggerSource(namespace: $0.namespace, flowID: $0.flowID, states: $0.states)
        }
    }

    /// When its window closes next and that matters.
    func nextClosing(after now: Timestamp) -> Timestamp? {
        miss == nil ? nil : window.nextEnd(after: now)
    }
}
