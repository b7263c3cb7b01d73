import ApusDatabase
import ApusEngine
import ApusModel

extension Executor {
    /// Dates looked at in one transaction.
    private static let backfillStep = 200

    /// Starts the execution of the next date of a backfill.
    func goOn(
        _ row: inout TriggerRow, _ schedule: ScheduleTrigger, _ flow: CompiledFlow,
        _ trigger: CompiledTrigger, id: Execution.ID, now: Timestamp, _ connection: any Connection
    ) throws {
        guard var backfill = row.backfill.flatMap(Backfill.init(json:)) else { return row.backfill = nil }
        var left = Self.backfillStep
        while backfill.canGoOn, let date = backfill.current, left > 0 {
            left -= 1
            backfill.current = schedule.after(date, in: backfill)
            if backfill.onlyFailed, let state = try Ticks.state(row.key, date: date, connection),
                ![.failed, .killed, .cancelled].contains(state)
            {
                continue
            }
            var firing = Firing(flow: flow, trigger: trigger, variables: [:])
            firing.inputs = backfill.inputs
            firing.labels = backfill.labels
            guard
                let isOpen = try fire(
                    date, of: row, series: backfill.id, schedule, firing, id: id, connection)
            else { continue }
            row.last = date
            backfill.started += 1
            if isOpen { backfill.running += 1 }
            // One execution in a transaction.
            break
        }
        row.keep(backfill, trigger, at: now)
    }
}

extension ScheduleTrigger {
    /// The date of a backfill after another one, in its order; `nil` after the last.
    func after(_ date: Timestamp, in backfill: Backfill) -> Timestamp? {
        if backfill.newestFirst {
            return dates.previous(before: date).flatMap { $0 >= backfill.start ? $0 : nil }
        }
        return dates.next(after: date).flatMap { $0 <= backfill.end ? $0 : nil }
    }

    /// The first date of a backfill, in its order; `nil` when there is none in the stretch.
    func first(in backfill: Backfill) -> Timestamp? {
        // The stretch includes both its ends.
        let around =
            backfill.newestFirst
            ? backfill.end.advanced(by: ISODuration(microseconds: 1))
            : backfill.start.advanced(by: ISODuration(microseconds: -1))
        return after(around, in: backfill)
    }
}
