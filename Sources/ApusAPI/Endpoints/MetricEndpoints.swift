import ApusDatabase
import ApusHTTP
import ApusModel

/// Numbers that tasks reported.
enum MetricEndpoints {
    static let all = [
        Endpoint(
            "GET", "metrics/{executionId}", "Lists the metrics of an execution.",
            query: [
                .init("taskRunId", "Of one task run"), .init("taskId", "Of one task"),
                .init("page", "From 1"),
                .init("size", "Metrics in a page"),
            ], handler: list)
    ]

    private static func list(_ call: Call) async throws -> Response {
        let paging = try Paging(call)
        let (id, run, task) = (call.path("executionId"), call.text("taskRunId"), call.text("taskId"))
        let found = try await call.services.logs.read {
            try Metrics.search(executionID: id, taskID: task, taskRunID: run, page: paging.rows, $0)
        }
        return .json(bytes: PagedJSON.bytes(found.points, total: found.total) { $0.write(to: &$1) })
    }
}

extension MetricPoint {
    func write(to writer: inout JSONWriter) {
        writer.object { object in
            object.field("namespace", namespace)
            object.field("flowId", flowID)
            object.field("taskId", taskID)
            object.field("executionId", executionID)
            object.field("taskRunId", taskRunID)
            object.field("type", kind.rawValue)
            object.field("name", name)
            // Clients read timers as milliseconds.
            object.field("value", .double(kind == .timer ? value * 1000 : value))
            object.field("timestamp", date)
            object.field("tags", .map(OrderedMap(tags.map { ($0.key, .string($0.value)) })))
            object.field("deleted", false)
        }
    }
}
