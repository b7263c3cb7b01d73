import ApusDatabase
import ApusEngine
import ApusExecutor
import ApusHTTP
import ApusModel

/// Triggers as the API shows them: the names of clients of 1.x and of 2.x, side by side.
enum TriggerJSON {
    /// `{namespace, flowId, triggerId, date?, nextExecutionDate?, disabled, executionId?, backfill?, …}`
    static func write(_ row: TriggerRow, _ writer: inout JSONWriter) {
        let next = row.isActive ? row.next : nil
        writer.object {
            $0.field("namespace", row.key.namespace)
            $0.field("flowId", row.key.flowID)
            $0.field("triggerId", row.key.triggerID)
            $0.field("kind", row.kind.rawValue.uppercased())
            $0.field("date", row.last)
            $0.field("lastTriggeredDate", row.last)
            $0.field("nextExecutionDate", next)
            $0.field("nextEvaluationDate", next)
            $0.field("updatedDate", row.updated)
            $0.field("updatedAt", row.updated)
            $0.field("disabled", !row.isActive)
            $0.field("locked", row.executionID != nil)
            $0.field("executionId", row.executionID)
            $0.field("evaluateRunningDate", row.evaluating)
            $0.field("workerId", row.workerID)
            if let backfill = row.backfill.flatMap(BackfillRun.init(json:)) {
                $0.value("backfill") { write(backfill, next: row.next, &$0) }
            }
        }
    }

    private static func write(_ backfill: BackfillRun, next: Timestamp?, _ writer: inout JSONWriter) {
        writer.object {
            $0.field("start", backfill.span.start)
            $0.field("end", backfill.span.end)
            $0.field("currentDate", backfill.current)
            $0.field("paused", backfill.isPaused)
            $0.field("inputs", .map(backfill.inputs))
            $0.list("labels", backfill.labels) { label, writer in
                writer.object {
                    $0.field("key", label.key)
                    $0.field("value", label.value)
                }
            }
            $0.field("previousNextExecutionDate", next)
            $0.field("order", backfill.span.order == .newestFirst ? "NEWEST_FIRST" : "OLDEST_FIRST")
            $0.field("parallelism", backfill.parallelism)
            $0.field("onlyFailed", backfill.onlyFailed)
            $0.field("running", backfill.running)
            $0.field("started", backfill.started)
        }
    }

    static func response(_ row: TriggerRow) -> Response {
        var writer = JSONWriter(capacity: 512)
        write(row, &writer)
        return .json(bytes: writer.bytes)
    }

    /// `{abstractTrigger, triggerContext}` of 1.x, `{trigger, state}` of 2.x.
    static func writeWithDefinition(_ row: TriggerRow, _ trigger: Value?, _ writer: inout JSONWriter) {
        writer.object {
            $0.field("abstractTrigger", trigger)
            $0.value("triggerContext") { write(row, &$0) }
            $0.field("trigger", trigger)
            $0.value("state") { write(row, &$0) }
        }
    }
}
