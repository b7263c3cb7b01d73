public import ApusDatabase
public import ApusEngine
import ApusModel

/// What people ask of triggers. Each is one transaction, and throws `RequestRefused`.
extension Executor {
    /// Switches a trigger off or on. Of one that is switched on, dates that passed meanwhile run as its schedule says.
    ///
    /// - Parameter missed: What becomes of those dates, if not what the schedule says.
    @discardableResult
    public func setDisabled(_ key: TriggerKey, _ isDisabled: Bool, missed: MissedTicks? = nil) async throws
        -> TriggerRow
    {
        try await change(key) { row, _, trigger, now, connection in
            guard row.isDisabled != isDisabled else { return }
            let wasActive = row.isActive
            row.isDisabled = isDisabled
            if !wasActive, row.isActive, let trigger { row.resume(trigger, at: now, missed: missed) }
        }
    }

    /// Lets a trigger fire although the execution it waits for has not ended.
    @discardableResult
    public func unlock(_ key: TriggerKey) async throws -> TriggerRow {
        try await change(key) { row, _, _, _, _ in
            guard row.executionID != nil || row.evaluating != nil else {
                throw RequestRefused.conflict("Trigger is not locked")
            }
            row.executionID = nil
            row.evaluating = nil
        }
    }

    /// Lets a trigger be evaluated again at once, whatever holds it up.
    @discardableResult
    public func restartTrigger(_ key: TriggerKey) async throws -> TriggerRow {
        try await change(key) { row, _, _, _, _ in
            row.evaluating = nil
            row.workerID = nil
        }
    }

    /// Forgets a trigger until its flow is saved again.
    public func deleteTrigger(_ key: TriggerKey) async throws {
        try await write { [self] connection in
            let row = try Triggers.load(key, connection)
            guard try Triggers.delete(key, connection) else { throw Self.noTrigger(key) }
            try Ticks.deleteAll(key, connection)
            try TriggerStates.delete(key, connection)
            if let row { wakeSubscriptions(row, connection) }
        }
    }

    /// Starts a backfill; the schedule waits until it is over.
    ///
    /// - Parameter make: Sets what the request asks for besides the span.
    @discardableResult
    public func startBackfill(
        _ key: TriggerKey, _ span: Backfill, make: @escaping @Sendable (inout BackfillRun) -> Void
    ) async throws -> TriggerRow {
        let id = newID()
        return try await change(key) { row, flow, trigger, now, connection in
            guard let flow, let trigger, case .schedule(let schedule) = trigger.kind else {
                throw RequestRefused.invalid("Only a schedule of a flow that can run has dates to backfill")
            }
            guard !flow.isDisabled, !row.isOff else {
                throw RequestRefused.conflict("Cannot backfill a trigger that its flow switches off")
            }
            guard row.backfill == nil else {
                throw RequestRefused.conflict("Trigger has a backfill already; delete it, or let it end")
            }
            guard span.start <= span.end else {
                throw RequestRefused.invalid("The backfill ends before it starts")
            }
            var run = BackfillRun(id: id, span: span, of: schedule.dates)
            guard run.current != nil else {
                throw RequestRefused.invalid(
                    "The schedule has no date between \(span.start.iso) and \(span.end.iso)")
            }
            run.parallelism = trigger.allowsConcurrent ? nil : 1
            make(&run)
            row.backfill = run.json
        }
    }

    /// Lets a backfill start nothing more for now, or go on.
    @discardableResult
    public func pauseBackfill(_ key: TriggerKey, _ isPaused: Bool) async throws -> TriggerRow {
        try await change(key) { row, _, _, _, _ in
            guard var backfill = row.backfill.flatMap(BackfillRun.init(json:)) else {
                throw RequestRefused.conflict("Trigger has no backfill")
            }
            backfill.isPaused = isPaused
            row.backfill = backfill.json
        }
    }

    /// Ends a backfill; what it started goes on, and so does the schedule.
    @discardableResult
    public func deleteBackfill(_ key: TriggerKey) async throws -> TriggerRow {
        try await change(key) { row, _, trigger, now, _ in
            guard row.backfill != nil else { throw RequestRefused.conflict("Trigger has no backfill") }
            row.backfill = nil
            if let trigger { row.resume(trigger, at: now) }
        }
    }

    /// What a schedule would do if it were switched on now.
    ///
    /// - Parameter missed: What becomes of missed dates, if not what the schedule says.
    public func preview(_ key: TriggerKey, missed: MissedTicks? = nil, limit: Int) async throws
        -> SchedulePreview
    {
        try await database.read { [self] connection in
            guard let row = try Triggers.load(key, connection) else { throw Self.noTrigger(key) }
            guard
                let trigger = try flows.compiled(
                    namespace: key.namespace, id: key.flowID, revision: nil, connection)?.trigger(
                        key.triggerID),
                case .schedule(let schedule) = trigger.kind
            else { throw RequestRefused.invalid("Only a schedule has dates") }
            return schedule.rule.preview(
                SchedulePointer(next: row.next), at: surroundings.now(), missed: missed, limit: limit)
        }
    }

    private static func noTrigger(_ key: TriggerKey) -> RequestRefused {
        .notFound("Trigger `\(key.namespace).\(key.flowID).\(key.triggerID)` not found")
    }

    /// Changes a row; when it is due follows from it.
    private func change(
        _ key: TriggerKey,
        _ body: @escaping @Sendable (
            inout TriggerRow, CompiledFlow?, CompiledTrigger?, Timestamp, any Connection
        ) throws -> Void
    ) async throws -> TriggerRow {
        try await write { [self] connection in
            guard var row = try Triggers.load(key, connection) else { throw Self.noTrigger(key) }
            let flow = try flows.compiled(
                namespace: key.namespace, id: key.flowID, revision: nil, connection)
            let now = surroundings.now()
            try body(&row, flow, flow?.trigger(key.triggerID), now, connection)
            row.updated = now
            row.due = row.dueDate(at: now)
            try Triggers.put(row, connection)
            wakeSubscriptions(row, connection)
            if let due = row.due {
                connection.afterCommit { [wakeup = flows.triggerTimers] in wakeup.wake(by: due) }
            }
            return row
        }
    }
}
