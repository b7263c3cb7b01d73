import ApusDatabase
import ApusEngine
import ApusExpressions
public import ApusModel

/// The scheduler: fires schedules when their dates come.
///
/// It sleeps until the earliest date of all, which an index knows. What a date leads to, that it has been fired for,
/// the next date and the execution itself, is one transaction.
extension Executor {
    /// Triggers looked at in one round.
    private static let triggerBatch = 500

    /// How far a neighbour of a date is looked for.
    private static let yearsAround: Int64 = 10

    /// Dates whose conditions are asked, at most, to find a neighbour: the database waits meanwhile.
    private static let neighbourTries = 3000

    /// How long to wait after the database refused.
    private static let triggerPause = Duration.seconds(1)

    /// Fires what is due, again and again, until the surrounding task is cancelled.
    public func runTriggers(report: @Sendable (any Error) -> Void) async {
        let wakeup = flows.triggerTimers
        while !Task.isCancelled {
            _ = wakeup.takeEarliest()
            let next: Timestamp?
            do {
                next = try await turnOfTriggers()
            } catch {
                report(error)
                await wakeup.wait(atMost: Self.triggerPause)
                continue
            }
            guard let next else {
                await wakeup.wait(atMost: .seconds(3600))
                continue
            }
            let left = next.since(surroundings.now()).microseconds
            if left > 0 { await wakeup.wait(atMost: .microseconds(min(left, 3_600_000_000))) }
        }
    }

    /// Ends `runTriggers` promptly once its task is cancelled.
    public func interruptTriggers() { flows.triggerTimers.interrupt() }

    /// One bounded piece of work: the triggers that are due. Answers when the next one is.
    public func turnOfTriggers() async throws -> Timestamp? {
        let mayHaveMore = try await takeFlowEvents()
        let rows = try await database.read { [surroundings] connection in
            try Triggers.due(at: surroundings.now(), limit: Self.triggerBatch, connection)
        }
        var waiting = rows[...]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<concurrentTurns {
                guard let row = waiting.popFirst() else { break }
                group.addTask { try await self.look(at: row.key) }
            }
            while try await group.next() != nil {
                guard let row = waiting.popFirst() else { continue }
                group.addTask { try await self.look(at: row.key) }
            }
        }
        if mayHaveMore || rows.count == Self.triggerBatch { return surroundings.now() }
        return try await database.read { try Triggers.nextDue($0) }
    }

    private func look(at key: TriggerKey) async throws {
        let id = newID()
        try await write { [self] connection in
            let now = surroundings.now()
            guard var row = try Triggers.load(key, connection), let due = row.due, due <= now else { return }
            guard
                let flow = try flows.compiled(
                    namespace: key.namespace, id: key.flowID, revision: nil, connection),
                let trigger = flow.trigger(key.triggerID)
            else {
                // Its flow is not valid any more: nothing is due until there is a new revision.
                row.due = nil
                return try Triggers.put(row, connection)
            }
            switch trigger.kind {
            case .schedule(let schedule):
                try look(at: &row, schedule, flow, trigger, id: id, now: now, connection)
            case .webhook, .realtime: row.due = nil
            case .flow(let listener):
                try close(&row, listener, flow, trigger, id: id, now: now, connection)
            case .polling(_, let properties):
                try evaluate(&row, properties, flow, trigger, id: id, now: now, connection)
            }
            row.updated = now
            try Triggers.put(row, connection)
        }
    }

    private func look(
        at row: inout TriggerRow, _ schedule: ScheduleTrigger, _ flow: CompiledFlow,
        _ trigger: CompiledTrigger, id: Execution.ID, now: Timestamp, _ connection: any Connection
    ) throws {
        if row.backfill != nil {
            try goOn(&row, schedule, flow, trigger, id: id, now: now, connection)
        } else {
            let taken = schedule.rule.take(SchedulePointer(next: row.next), at: now)
            row.next = taken.pointer.next
            if let date = taken.tick {
                let isOpen = try fire(
                    date, of: row, series: "", schedule, Firing(flow: flow, trigger: trigger, variables: [:]),
                    id: id, connection)
                if let isOpen {
                    row.last = date
                    if isOpen, !trigger.allowsConcurrent { row.executionID = id }
                    try stop(&row, trigger, after: id, isOpen: isOpen, connection)
                }
            }
        }
        row.due = row.dueDate(at: now)
    }

    /// Starts the execution of a date.
    ///
    /// - Returns: Whether it is still open; `nil` when there is none.
    func fire(
        _ date: Timestamp, of row: TriggerRow, series: String, _ schedule: ScheduleTrigger,
        _ firing: Firing, id: Execution.ID, _ connection: any Connection
    ) throws -> Bool? {
        guard try Ticks.add(row.key, series: series, date: date, execution: id, connection) else {
            return nil
        }
        var firing = firing
        firing.variables = ["date": schedule.shown(date)]
        let neighbours = try neighbours(of: date, schedule, firing, id: id, connection)
        firing.variables["next"] = neighbours.next.map(schedule.shown)
        firing.variables["previous"] = neighbours.previous.map(schedule.shown)
        let snapshot: ExecutionSnapshot
        switch try fire(firing, id: id, connection) {
        case .started(let started): snapshot = started
        case .notMet:
            try Ticks.remove(execution: id, connection)
            return nil
        case .unreadable(let reason):
            snapshot = try startFailed(
                firing, id: id, "Trigger `\(firing.trigger.id)` cannot be evaluated: \(reason)", connection)
        case .refused(let reasons):
            snapshot = try startFailed(
                firing, id: id,
                "Trigger `\(firing.trigger.id)` cannot start the flow: \(reasons.joined(separator: "; "))",
                connection)
        }
        return !snapshot.execution.state.current.isTerminal
    }

    /// The dates around another one for which the trigger's conditions hold.
    private func neighbours(
        of date: Timestamp, _ schedule: ScheduleTrigger, _ firing: Firing, id: Execution.ID,
        _ connection: any Connection
    ) throws -> (next: Timestamp?, previous: Timestamp?) {
        let condition = firing.trigger.condition
        guard !condition.isEmpty else {
            return (schedule.dates.next(after: date), schedule.dates.previous(before: date))
        }
        let holds: (Timestamp) throws -> Bool = { [self] date in
            var other = firing
            other.variables = ["date": schedule.shown(date)]
            return try scope(of: other, id: id, connection).holds(condition) == .success(true)
        }
        let span = ISODuration.seconds(Self.yearsAround * 366 * 86_400)
        let back = ISODuration(microseconds: -span.microseconds)
        return (
            try schedule.dates.next(
                after: date, through: date.advanced(by: span), tries: Self.neighbourTries, where: holds
            ).tick,
            try schedule.dates.previous(
                before: date, from: date.advanced(by: back), tries: Self.neighbourTries, where: holds
            ).tick
        )
    }

    /// What is missed while no process runs is dropped, as far as the schedules say so, and evaluations of processes
    /// that are gone are begun anew; once, at the start.
    public func recoverTriggers() async throws {
        try await clearEvaluations()
        var last: TriggerKey?
        while true {
            let after = last
            let (count, key) = try await write { [self] connection -> (Int, TriggerKey?) in
                let now = surroundings.now()
                let rows = try Triggers.missed(
                    before: now, limit: Self.triggerBatch, after: after, connection)
                for var row in rows where row.backfill == nil {
                    guard
                        let flow = try flows.compiled(
                            namespace: row.key.namespace, id: row.key.flowID, revision: nil, connection),
                        let trigger = flow.trigger(row.key.triggerID)
                    else { continue }
                    row.resume(trigger, at: now)
                    row.due = row.dueDate(at: now)
                    try Triggers.put(row, connection)
                }
                return (rows.count, rows.last?.key)
            }
            if count < Self.triggerBatch { return }
            last = key
        }
    }
}

extension Predicate {
    /// Nothing is asked for.
    var isEmpty: Bool {
        if case .all(let parts) = self { parts.isEmpty } else { false }
    }
}
