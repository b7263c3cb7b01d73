import ApusDatabase
import ApusHTTP
import ApusModel

/// How flows with a `concurrency` limit stand.
enum ConcurrencyEndpoints {
    static let all = [
        Endpoint(
            "GET", "concurrency-limit/search",
            "Lists the flows with a concurrency limit and what they hold of it.",
            query: [.init("page", "From 1"), .init("size", "Flows in a page")], handler: search),
        Endpoint(
            "PUT", "concurrency-limit/{namespace}/{flowId}",
            "Confirms how many executions of a flow hold a slot; the number is counted and cannot be set.",
            body: .json, handler: confirm),
    ]

    private static func search(_ call: Call) async throws -> Response {
        let paging = try Paging(call)
        let found = try await call.services.database.read { try Slots.search(page: paging.rows, $0) }
        return .json(bytes: PagedJSON.bytes(found.flows, total: found.total) { write($0, to: &$1) })
    }

    /// Other servers keep a counter that can go wrong, and let it be mended here. Ours is the number of executions
    /// that hold a slot, so a number that differs is refused rather than believed.
    private static func confirm(_ call: Call) async throws -> Response {
        let (namespace, flowID) = (call.path("namespace"), call.path("flowId"))
        let body = try call.request.json()
        guard let wanted = body["running"]?.intValue else {
            throw APIError.invalid([.init("must be a whole number", path: "running")])
        }
        let stand = try await call.services.database.read {
            try Slots.stand(namespace: namespace, flowID: flowID, $0)
        }
        guard let stand, stand.concurrency != nil || stand.running > 0 else {
            throw APIError.notFound("flow `\(namespace).\(flowID)` has no concurrency limit")
        }
        guard wanted == Int64(stand.running) else {
            throw APIError.illegalArgument(
                "`running` is counted from the executions that hold a slot: \(stand.running), not \(wanted). To free a slot, end an execution; to let one run beyond the limit, use `force-run`; to change the limit, save the flow"
            )
        }
        var writer = JSONWriter(capacity: 256)
        write(stand, to: &writer)
        return .json(bytes: writer.bytes)
    }

    private static func write(_ flow: FlowSlots, to writer: inout JSONWriter) {
        writer.object {
            $0.field("tenantId", "main")
            $0.field("namespace", flow.namespace)
            $0.field("flowId", flow.flowID)
            $0.field("running", flow.running)
            $0.field("queued", flow.queued)
            $0.field("limit", flow.concurrency?.limit)
            $0.field("behavior", flow.concurrency?.behavior.rawValue)
        }
    }
}
