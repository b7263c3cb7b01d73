import ApusDatabase
import ApusEngine
import ApusModel

/// Keeps the rows of triggers in step with the flows, inside the transaction that changes a flow.
enum TriggerRecords {
    /// - Parameter flow: The revision that runs now; `nil` when the flow is gone.
    static func follow(
        _ flow: CompiledFlow?, namespace: String, flowID: String, at now: Timestamp, waking: TimerWakeup,
        realtime: TimerWakeup, _ connection: any Connection
    ) throws {
        var rows: [String: TriggerRow] = [:]
        var isRealtime = false
        for row in try Triggers.all(namespace: namespace, flowID: flowID, connection) {
            rows[row.key.triggerID] = row
            if row.kind == .realtime { isRealtime = true }
        }
        for trigger in flow?.triggers ?? [] {
            let key = TriggerKey(namespace: namespace, flowID: flowID, triggerID: trigger.id)
            let before = rows.removeValue(forKey: trigger.id)
            var row = trigger.row(key, at: now)
            if row.kind == .realtime { isRealtime = true }
            row.isOff = trigger.isDisabled || flow?.isDisabled == true
            if let before {
                row.isDisabled = before.isDisabled
                if before.fingerprint == row.fingerprint, before.type == row.type {
                    row = Self.going(on: before, as: row, trigger, at: now)
                } else {
                    try Ticks.deleteAll(key, connection)
                    if before.kind == .polling { try TriggerStates.delete(key, connection) }
                    try FlowTriggerEvidence.replace(key, by: [], connection)
                }
            }
            if case .flow(let listener) = trigger.kind {
                try FlowTriggerSources.replace(key, by: listener.sources, connection)
            } else if before?.kind == .flow {
                try forgetListening(key, connection)
            }
            row.due = row.dueDate(at: now)
            try Triggers.put(row, connection)
            if let due = row.due { connection.afterCommit { waking.wake(by: due) } }
        }
        for gone in rows.values {
            try Triggers.delete(gone.key, connection)
            try Ticks.deleteAll(gone.key, connection)
            if gone.kind == .flow { try forgetListening(gone.key, connection) }
            if gone.kind == .polling { try TriggerStates.delete(gone.key, connection) }
        }
        if isRealtime { connection.afterCommit { realtime.wake(by: now) } }
    }

    private static func forgetListening(_ key: TriggerKey, _ connection: any Connection) throws {
        try FlowTriggerSources.replace(key, by: [], connection)
        try FlowTriggerEvidence.replace(key, by: [], connection)
        try FlowTriggerEvents.deleteAll(key, connection)
    }

    /// The same trigger in a new revision of its flow.
    private static func going(
        on before: TriggerRow, as new: TriggerRow, _ trigger: CompiledTrigger, at now: Timestamp
    ) -> TriggerRow {
        var row = before
        row.missed = new.missed
        row.isOff = new.isOff
        row.updated = now
        if !before.isActive, row.isActive { row.resume(trigger, at: now) }
        if case .polling(let interval, _) = trigger.kind {
            row.next = min(before.next ?? now, now.advanced(by: interval))
        }
        return row
    }
}

extension CompiledTrigger {
    /// The row of a trigger there was not before.
    fileprivate func row(_ key: TriggerKey, at now: Timestamp) -> TriggerRow {
        switch kind {
        case .schedule(let schedule):
            var row = TriggerRow(
                key: key, kind: .schedule, type: type, fingerprint: schedule.fingerprint,
                missed: schedule.rule.missed.rawValue, updated: now)
            row.next = schedule.rule.first(after: now).next
            return row
        case .webhook:
            return TriggerRow(key: key, kind: .webhook, type: type, fingerprint: "", updated: now)
        case .flow(let listener):
            var row = TriggerRow(
                key: key, kind: .flow, type: type, fingerprint: listener.fingerprint, updated: now)
            row.next = listener.nextClosing(after: now)
            return row
        case .polling:
            var row = TriggerRow(key: key, kind: .polling, type: type, fingerprint: "", updated: now)
            row.next = now
            return row
        case .realtime:
            return TriggerRow(key: key, kind: .realtime, type: type, fingerprint: "", updated: now)
        }
    }
}

extension TriggerRow {
    /// When the scheduler has to look at it; `nil` when something else has to happen first.
    func dueDate(at now: Timestamp) -> Timestamp? {
        guard isActive, executionID == nil, evaluating == nil else { return nil }
        guard let backfill = backfill.flatMap(BackfillRun.init(json:)) else { return next }
        return backfill.canGoOn ? now : nil
    }

    /// Dates may have passed while nobody looked.
    mutating func resume(_ trigger: CompiledTrigger, at now: Timestamp, missed: MissedTicks? = nil) {
        switch trigger.kind {
        case .schedule(let schedule):
            next = schedule.rule.resume(SchedulePointer(next: next), at: now, missed: missed).next
        case .flow(let listener): next = listener.nextClosing(after: now)
        case .polling: next = next ?? now
        case .webhook, .realtime: break
        }
    }
}
