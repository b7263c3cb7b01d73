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
        .init("parentId", "Made from this execution; with kind=LOOP the iterations of its loops"),
        .init(
            "kind", "NORMAL, TEST, PLAYGROUND or LOOP, repeated or separated by commas; NORMAL when absent"),
        .init("dateFilter", "What the dates are compared with: START_DATE, END_DATE or START_OR_END_DATE"),
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
        Endpoint(
            "POST", "executions/latest", "Reads the latest execution of each of several flows.", body: .json,
            handler: latest),
        Endpoint("GET", "executions/{executionId}", "Reads an execution with its task runs.", handler: get)
            .alsoForIterations,
        Endpoint(
            "GET", "executions/{executionId}/flow", "Reads the flow of an execution, at its revision.",
            handler: flowOfExecution
        ).alsoForIterations,
    ]

    /// The addressed execution; an error 404 when there is none.
    static func snapshot(_ call: Call) async throws -> ExecutionSnapshot {
        let id = call.path("executionId")
        guard let snapshot = try await call.services.executor.snapshot(id) else {
            throw APIError.notFound("execution `\(id)`")
        }
        return snapshot
    }

    /// The same without its task runs.
    static func execution(_ call: Call) async throws -> Execution {
        let id = call.path("executionId")
        if let execution = try await call.services.listing.execution(id) { return execution }
        if let id = IterationID(id), let found = try await call.services.listing.iteration(id) {
            return found.execution
        }
        throw APIError.notFound("execution `\(id)`")
    }

    static func answer(_ snapshot: ExecutionSnapshot, _ call: Call) -> Response {
        .json(bytes: ExecutionJSON(snapshot.execution, taskRuns: snapshot.taskRuns, now: call.now).bytes)
    }

    private static func get(_ call: Call) async throws -> Response {
        if let id = IterationID(call.path("executionId")),
            let found = try await call.services.listing.iterationWithTaskRuns(id)
        {
            return .json(
                bytes: ExecutionJSON(found.iteration, taskRuns: found.taskRuns, now: call.now).bytes)
        }
        return answer(try await snapshot(call), call)
    }

    private static func search(_ call: Call) async throws -> Response {
        let filter = try ExecutionFilter(call)
        let sort = try SortTerm<ExecutionColumn>.list(call.request.queryValues("sort"))
        let paging = try Paging(call)
        guard let search = try IterationSearch(filter, sort) else {
            return try await page(filter, sort, paging, call)
        }
        let found = try await call.services.listing.iterations(search, paging)
        let now = call.now
        let bytes = PagedJSON.bytes(
            found.iterations, total: found.total, capacity: 4096 * (1 + found.iterations.count)
        ) {
            ExecutionJSON($0.iteration, taskRuns: $0.taskRuns, now: now).write(to: &$1)
        }
        return .json(bytes: bytes)
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
            found.executions, total: found.total, capacity: 4096 * (1 + found.executions.count)
        ) {
            ExecutionJSON($0.0, taskRuns: $0.taskRuns, now: now).write(to: &$1)
        }
        return .json(bytes: bytes)
    }

    /// The body is a list of `{"namespace": …, "id": …}`.
    private static func latest(_ call: Call) async throws -> Response {
        guard case .list(let items) = try call.request.json(), items.count <= Paging.maxSize else {
            throw APIError.illegalArgument("the body must be a JSON list of flows, at most \(Paging.maxSize)")
        }
        let flows = try items.map { item in
            guard let namespace = item["namespace"]?.stringValue, let id = item["id"]?.stringValue else {
                throw APIError.illegalArgument("a flow is written {\"namespace\": …, \"id\": …}")
            }
            return (namespace: namespace, id: id)
        }
        let found = try await call.services.listing.latest(flows)
        return .json(
            .list(
                found.map { execution in
                    [
                        "id": .string(execution.id), "namespace": .string(execution.flow.namespace),
                        "flowId": .string(execution.flow.id),
                        "startDate": .string(execution.state.startDate.iso),
                        "status": .string(execution.state.current.rawValue),
                    ]
                }))
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
        let flow = try await execution(call).flow
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
