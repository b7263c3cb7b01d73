import ApusDatabase
import ApusEngine
import ApusModel

extension Executor {
    /// An execution is over: the trigger that waited for it may fire again, or never again.
    ///
    /// - Parameter replacement: The execution that takes over from one that is tried again as a whole.
    func settleTrigger(
        of machine: ExecutionMachine, replacement: Execution.ID?, _ connection: any Connection
    ) throws {
        let execution = machine.execution
        guard let written = execution.trigger, let id = written["id"]?.stringValue,
            let trigger = machine.flow.trigger(id), written["type"]?.stringValue == trigger.type
        else { return }
        if let replacement {
            return try Triggers.wait(for: replacement, insteadOf: execution.id, connection)
        }
        let key = TriggerKey(
            namespace: execution.flow.namespace, flowID: execution.flow.id, triggerID: id)
        let waited = try Triggers.waiting(for: execution.id, connection)
        let stops = trigger.stopAfter.contains(execution.state.current)
        var origin: String?
        if case .schedule = trigger.kind { origin = try Ticks.origin(of: execution.id, connection)?.series }
        guard waited != nil || stops || origin?.isEmpty == false,
            var row = try Triggers.load(key, connection)
        else { return }
        let now = surroundings.now()
        if row.executionID == execution.id { row.executionID = nil }
        if let origin, !origin.isEmpty, var backfill = row.backfill.flatMap(BackfillRun.init(json:)),
            backfill.id == origin
        {
            backfill.running = max(0, backfill.running - 1)
            row.keep(backfill, trigger, at: now)
        }
        if stops {
            row.isDisabled = true
            wakeSubscriptions(row, connection)
        }
        row.updated = now
        row.due = row.dueDate(at: now)
        try Triggers.put(row, connection)
        if let due = row.due {
            connection.afterCommit { [wakeup = flows.triggerTimers] in wakeup.wake(by: due) }
        }
    }

    /// `stopAfter` of an execution that ended in the turn that began it: its row was not there to be changed.
    func stop(
        _ row: inout TriggerRow, _ trigger: CompiledTrigger, after id: Execution.ID, isOpen: Bool,
        _ connection: any Connection
    ) throws {
        guard !isOpen, !trigger.stopAfter.isEmpty,
            let state = try Executions.state(of: id, connection), trigger.stopAfter.contains(state)
        else { return }
        row.isDisabled = true
    }
}

extension TriggerRow {
    /// Keeps how far a backfill has come; one that is over is dropped, and the schedule goes on.
    mutating func keep(_ backfill: BackfillRun, _ trigger: CompiledTrigger, at now: Timestamp) {
        guard backfill.isOver else {
            self.backfill = backfill.json
            return
        }
        self.backfill = nil
        resume(trigger, at: now)
    }
}
