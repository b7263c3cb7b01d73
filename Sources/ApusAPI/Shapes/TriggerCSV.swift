import ApusDatabase
import ApusHTTP
import ApusModel

/// Triggers as rows of a table.
enum TriggerCSV {
    private static let columns = [
        "namespace", "flowId", "triggerId", "kind", "date", "nextExecutionDate", "disabled", "executionId",
        "workerId", "updatedDate",
    ]

    static func response(_ rows: [TriggerRow]) -> Response {
        let lines = [columns.joined(separator: ",")] + rows.map(line)
        var response = Response.text(lines.joined(separator: "\n") + "\n")
        response.headers["Content-Type"] = "text/csv; charset=utf-8"
        response.headers["Content-Disposition"] = "attachment; filename=\"triggers.csv\""
        return response
    }

    private static func line(_ row: TriggerRow) -> String {
        let cells = [
            row.key.namespace, row.key.flowID, row.key.triggerID, row.kind.rawValue.uppercased(),
            row.last?.iso ?? "", row.next?.iso ?? "", row.isActive ? "false" : "true", row.executionID ?? "",
            row.workerID ?? "", row.updated.iso,
        ]
        // Names are made of letters, digits, `.`, `_` and `-`: nothing has to be quoted.
        return cells.joined(separator: ",")
    }
}
