import ApusDatabase
import ApusEngine
import ApusExecutor
import ApusHTTP
import ApusModel

/// Several flows at once.
enum FlowBulkEndpoints {
    static let all = [
        Endpoint(
            "POST", "flows/bulk", "Stores several flows, separated by `---`.",
            query: [
                .init("delete", "Also delete the flows of `namespace` that are not sent; true when absent"),
                .init("namespace", "All flows must be of it"),
                .init("allowNamespaceChild", "Or of a namespace below it"), FlowEndpoints.strict,
            ], body: .yaml, handler: bulk),
        Endpoint(
            "POST", "flows/{namespace}",
            "Replaces all flows of a namespace by those sent, separated by `---`.",
            query: [
                .init("delete", "Delete the flows that are not sent; true when absent"), FlowEndpoints.strict,
            ], body: .yaml, handler: ofNamespace),
        Endpoint("POST", "flows/disable/by-ids", "Disables flows.", body: .json) {
            try await set(disabled: true, $0)
        },
        Endpoint("POST", "flows/enable/by-ids", "Enables flows.", body: .json) {
            try await set(disabled: false, $0)
        },
        Endpoint("DELETE", "flows/delete/by-ids", "Deletes flows.", body: .json, handler: deleteByIDs),
    ]

    private static func ofNamespace(_ call: Call) async throws -> Response {
        try await store(
            call, namespace: call.path("namespace"), allowsBelow: false,
            deletes: try call.flag("delete", default: true))
    }

    private static func bulk(_ call: Call) async throws -> Response {
        let namespace = call.text("namespace")
        return try await store(
            call, namespace: namespace, allowsBelow: try call.flag("allowNamespaceChild", default: false),
            deletes: try call.flag("delete", default: true) && namespace != nil)
    }

    /// Checks all flows first: when one is refused, none is stored.
    private static func store(
        _ call: Call, namespace: String?, allowsBelow: Bool, deletes: Bool
    ) async throws -> Response {
        let flows = call.services.flows
        let isStrict = try FlowEndpoints.isStrict(call)
        let sources = SourceDocuments.split(try call.request.text())
        var references: [FlowReference] = []
        var faults: [Fault] = []
        for (index, source) in sources.enumerated() {
            let compilation = flows.validate(source, isStrict: isStrict)
            if let flow = compilation.flow { references.append(flow.reference) }
            let place = ValuePath([.index(index)])
            faults += compilation.errors.map { $0.moved(below: place) }
        }
        guard faults.isEmpty else { throw APIError.flowRefused(faults) }
        try check(references, namespace: namespace, allowsBelow: allowsBelow)

        var saved: [SavedFlow] = []
        for source in sources {
            saved.append(
                try await flows.save(source, expecting: nil, mode: .upsert, isStrict: isStrict))
        }
        if deletes, let namespace {
            try await deleteOthers(than: references, of: namespace, andBelow: allowsBelow, call)
        }
        var writer = JSONWriter(capacity: 64 + 1024 * saved.count)
        writer.list(saved) { FlowJSON($0).write(to: &$1) }
        return .json(bytes: writer.bytes)
    }

    private static func check(
        _ references: [FlowReference], namespace: String?, allowsBelow: Bool
    ) throws(APIError) {
        var details: [APIError.Detail] = []
        var seen: Set<[String]> = []
        for (index, reference) in references.enumerated() {
            if let namespace, reference.namespace != namespace,
                !(allowsBelow && reference.namespace.hasPrefix(namespace + "."))
            {
                details.append(
                    .init(
                        "the flow `\(reference.id)` is of `\(reference.namespace)`, expected `\(namespace)`",
                        path: "[\(index)].namespace"))
            }
            if !seen.insert([reference.namespace, reference.id]).inserted {
                details.append(.init("Duplicate flow id `\(reference.id)`", path: "[\(index)].id"))
            }
        }
        guard details.isEmpty else { throw .invalid(details) }
    }

    private static func deleteOthers(
        than kept: [FlowReference], of namespace: String, andBelow: Bool, _ call: Call
    ) async throws {
        var filter = FlowFilter()
        filter.namespace = andBelow ? .under(namespace) : .equals(namespace)
        let all = try await call.services.listing.flows(
            filter, sort: [], paging: Paging(page: 1, size: Paging.maxSize))
        let names = Set(kept.map { [$0.namespace, $0.id] })
        for row in all.rows where !names.contains([row.namespace, row.id]) {
            _ = try await call.services.flows.delete(namespace: row.namespace, id: row.id)
        }
    }

    private static func set(disabled: Bool, _ call: Call) async throws -> Response {
        var count = 0
        for name in try names(call) {
            let isThere = try await call.services.flows.setDisabled(
                namespace: name.namespace, id: name.id, disabled)
            count += isThere ? 1 : 0
        }
        return .count(count)
    }

    private static func deleteByIDs(_ call: Call) async throws -> Response {
        var count = 0
        for name in try names(call) {
            let isThere = try await call.services.flows.delete(namespace: name.namespace, id: name.id)
            count += isThere ? 1 : 0
        }
        return .count(count)
    }

    /// A JSON list of `{namespace, id}`.
    static func names(_ call: Call) throws -> [(namespace: String, id: String)] {
        guard case .list(let items) = try call.request.json(), items.count <= Paging.maxSize else {
            throw APIError.illegalArgument("the body must be a JSON list of {namespace, id}")
        }
        return try items.map { item in
            guard let namespace = item["namespace"]?.stringValue, let id = item["id"]?.stringValue else {
                throw APIError.illegalArgument("each item must have the texts `namespace` and `id`")
            }
            return (namespace, id)
        }
    }
}

extension Fault {
    /// The same fault in a document that stands below `prefix`.
    fileprivate func moved(below prefix: ValuePath) -> Fault {
        var moved = self
        moved.path = ValuePath(prefix.steps + path.steps)
        return moved
    }
}
