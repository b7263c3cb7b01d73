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
        let found = try await call.services.logs.metrics(
            call.path("executionId"), call.text("taskRunId"), call.text("taskId"), paging.rows)
        return .json(bytes: PagedJSON.bytes(found.points, total: found.total) { $0.write(to: &$1) })
    }
}

extension MetricPoint {
    func write(to writer: inout JSONWriter) {
        writer.object { object in
            object.field("namespace", flow.namespace)
            object.field("flowId", flow.id)
            object.field("taskId", taskID)
            object.field("executionId", executionID)
            object.field("taskRunId", taskRunID)
            object.field("type", type)
            object.field("name", name)
            object.field("value", .double(value))
            object.field("timestamp", date)
            object.field("tags", .map(tags.mapValues { .string($0) }))
            object.field("deleted", false)
        }
    }
}
