import ApusDatabase
import ApusExecutor
import ApusHTTP
import ApusModel

/// Reading executions.
enum ExecutionEndpoints {
    static let filters: [Endpoint.QueryParameter] = [
        .init("filters", "filters[field][OPERATION]=value, repeated"),
        .init("q", "Part of the id, namespace or flow id"),
        .init("namespace", "A namespace and those below it"),
        .init("flowId", "Of one flow"), .init("state", "States, repeated or separated by commas"),
        .init("labels", "key:value, repeated"), .init("startDate", "Begun at or after"),
        .init("endDate", "Begun at or before"), .init("timeRange", "Begun within this duration before now"),
        .init("triggerExecutionId", "Started by this execution"), .init("childFilter", "CHILD or MAIN"),
        .init("scope", "USER or SYSTEM"),
    ]

    static let all = [
        Endpoint(
            "GET", "executions/search", "Lists executions.",
            query: filters + [
                .init("page", "From 1"), .init("size", "Executions in a page"),
                .init("sort", "state.startDate:desc and the like, repeated"),
            ], handler: search),
        Endpoint(
            "GET", "executions", "Lists the executions of a flow.",
            query: [
                .init("namespace", "Of the flow", isRequired: true),
                .init("flowId", "Of the flow", isRequired: true),
                .init("page", "From 1"), .init("size", "Executions in a page"),
            ], handler: ofFlow),
        Endpoint(
            "GET", "executions/namespaces", "Lists the namespaces whose flows can be run.",
            handler: namespaces),
        Endpoint(
            "GET", "executions/namespaces/{namespace}/flows",
            "Lists the flows of a namespace that can be run.",
            handler: flowsOfNamespace),
        Endpoint(
            "GET", "executions/flows/{namespace}/{flowId}", "Reads what is needed to run a flow.",
            query: [.init("revision", "The latest when absent")], handler: flowByName),
        Endpoint("GET", "executions/{executionId}", "Reads an execution with its task runs.", handler: get),
        Endpoint(
            "GET", "executions/{executionId}/flow", "Reads the flow of an execution, at its revision.",
            handler: flowOfExecution),
    ]

    /// The addressed execution; an error 404 when there is none.
    static func snapshot(_ call: Call) async throws -> ExecutionSnapshot {
        let id = call.path("executionId")
        guard let snapshot = try await call.services.executor.snapshot(id) else {
            throw APIError.notFound("execution `\(id)`")
        }
        return snapshot
    }

    static func answer(_ snapshot: ExecutionSnapshot, _ call: Call) -> Response {
        .json(bytes: ExecutionJSON(snapshot.execution, taskRuns: snapshot.taskRuns, now: call.now).bytes)
    }

    private static func get(_ call: Call) async throws -> Response { answer(try await snapshot(call), call) }

    private static func search(_ call: Call) async throws -> Response {
        let filter = try ExecutionFilter(call)
        let sort = try SortTerm<ExecutionColumn>.list(call.request.queryValues("sort"))
        return try await page(filter, sort, try Paging(call), call)
    }

    private static func ofFlow(_ call: Call) async throws -> Response {
        guard let namespace = call.text("namespace"), let flowID = call.text("flowId") else {
            throw APIError.badRequest(
                "Required QueryValue [\(call.text("namespace") == nil ? "namespace" : "flowId")] not specified"
            )
        }
        let filter = ExecutionFilter(namespace: namespace, flowID: flowID)
        return try await page(filter, [.init(column: .startDate, isDescending: true)], try Paging(call), call)
    }

    private static func page(
        _ filter: ExecutionFilter, _ sort: [SortTerm<ExecutionColumn>], _ paging: Paging, _ call: Call
    ) async throws -> Response {
        let found = try await call.services.listing.executions(filter, sort: sort, paging: paging)
        let now = call.now
        let bytes = PagedJSON.bytes(
            found.snapshots, total: found.total, capacity: 4096 * (1 + found.snapshots.count)
        ) {
            ExecutionJSON($0.execution, taskRuns: $0.taskRuns, now: now).write(to: &$1)
        }
        return .json(bytes: bytes)
    }

    private static func namespaces(_ call: Call) async throws -> Response {
        .json(.list(try await call.services.listing.namespaces(of: nil).map { .string($0) }))
    }

    private static func flowsOfNamespace(_ call: Call) async throws -> Response {
        let rows = try await call.services.listing.flows(ofNamespace: call.path("namespace"))
        var writer = JSONWriter(capacity: 64 + 512 * rows.count)
        writer.list(rows) { FlowJSON($0, withSource: false).writeForExecution(to: &$1) }
        return .json(bytes: writer.bytes)
    }

    private static func flowByName(_ call: Call) async throws -> Response {
        let revision = try call.integer("revision")
        return try await flow(
            call.path("namespace"), call.path("flowId"), revision, allowDeleted: false, call)
    }

    private static func flowOfExecution(_ call: Call) async throws -> Response {
        let flow = try await snapshot(call).execution.flow
        return try await Self.flow(flow.namespace, flow.id, flow.revision, allowDeleted: true, call)
    }

    private static func flow(
        _ namespace: String, _ id: String, _ revision: Int?, allowDeleted: Bool, _ call: Call
    ) async throws -> Response {
        guard
            let row = try await call.services.listing.flow(
                namespace: namespace, id: id, revision: revision, allowDeleted: allowDeleted)
        else { throw APIError.notFound("flow `\(namespace).\(id)`") }
        var writer = JSONWriter(capacity: 1024)
        FlowJSON(row, withSource: false).writeForExecution(to: &writer)
        return .json(bytes: writer.bytes)
    }
}
