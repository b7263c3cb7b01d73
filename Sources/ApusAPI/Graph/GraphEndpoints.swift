import ApusDatabase
import ApusHTTP
import ApusModel
import ApusYAML

/// Flows and executions as graphs.
enum GraphEndpoints {
    private static let subflows = Endpoint.QueryParameter(
        "subflows", "Not offered by this version: refused unless empty")

    static let all = [
        Endpoint(
            "POST", "flows/graph", "Draws the graph of a flow from its source.", query: [subflows],
            body: .yaml,
            handler: ofSource),
        Endpoint(
            "GET", "flows/{namespace}/{id}/graph", "Draws the graph of a flow.",
            query: [.init("revision", "The latest when absent"), subflows], handler: ofFlow),
        Endpoint(
            "GET", "executions/{executionId}/graph", "Draws the graph of an execution, with its task runs.",
            query: [subflows], handler: ofExecution),
    ]

    private static func refuseSubflows(_ call: Call) throws(APIError) {
        guard call.list("subflows").isEmpty else {
            throw .illegalArgument(
                "this version does not draw the flows of `subflows` inside; ask for their own graphs")
        }
    }

    private static func ofSource(_ call: Call) async throws -> Response {
        try refuseSubflows(call)
        let definition = try YAML.parse(try FlowEndpoints.source(call)).root
        guard case .map = definition else {
            throw APIError.invalid([.init("the source of a flow is a map, found a \(definition.kind)")])
        }
        return answer(definition, call)
    }

    private static func ofFlow(_ call: Call) async throws -> Response {
        try refuseSubflows(call)
        let (namespace, id) = (call.path("namespace"), call.path("id"))
        let revision = try call.integer("revision")
        guard
            let row = try await call.services.listing.flow(
                namespace: namespace, id: id, revision: revision, allowDeleted: false)
        else { throw missing(namespace, id, revision) }
        return answer(FlowJSON(row, withSource: false).definition, call)
    }

    private static func ofExecution(_ call: Call) async throws -> Response {
        try refuseSubflows(call)
        let snapshot = try await ExecutionEndpoints.snapshot(call)
        let flow = snapshot.execution.flow
        guard
            let row = try await call.services.listing.flow(
                namespace: flow.namespace, id: flow.id, revision: flow.revision, allowDeleted: true)
        else { throw missing(flow.namespace, flow.id, flow.revision) }
        let graph = GraphBuilder.graph(
            FlowJSON(row, withSource: false).definition, catalogue: call.services.catalogue,
            runs: GraphRuns(snapshot.taskRuns))
        return .json(bytes: graph.bytes(snapshot.execution, now: call.now))
    }

    private static func answer(_ definition: Value, _ call: Call) -> Response {
        let graph = GraphBuilder.graph(definition, catalogue: call.services.catalogue)
        return .json(bytes: graph.bytes(nil, now: call.now))
    }

    private static func missing(_ namespace: String, _ id: String, _ revision: Int?) -> APIError {
        let detail = revision.map { " at revision \($0)" } ?? ""
        return .notFound("Unable to find flow \(namespace)_\(id)\(detail)")
    }
}
