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
        guard var backfill = row.backfill.flatMap(BackfillRun.init(json:)) else { return row.backfill = nil }
        var left = Self.backfillStep
        while backfill.canGoOn, let date = backfill.current, left > 0 {
            left -= 1
            backfill.current = backfill.span.tick(of: schedule.dates, after: date)
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
