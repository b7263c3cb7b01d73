import ApusDatabase
import ApusEngine
import ApusExecutor
import ApusHTTP
import ApusModel

/// Flows: one at a time, and lists of them.
enum FlowEndpoints {
    static let all = [
        Endpoint(
            "POST", "flows", "Creates a flow from its YAML or JSON source.", query: [strict], body: .yaml,
            handler: create),
        Endpoint(
            "GET", "flows/search", "Lists flows.",
            query: [
                .init("q", "Part of the id or namespace"),
                .init("namespace", "A namespace and those below it"),
                .init("labels", "key:value, repeated"), .init("page", "From 1"),
                .init("size", "Flows in a page"),
                .init("sort", "id or namespace, with :asc or :desc"),
            ], handler: search),
        Endpoint(
            "GET", "flows/distinct-namespaces", "Lists the namespaces that have flows.",
            query: [.init("q", "Part of the namespace")], handler: distinctNamespaces),
        Endpoint("GET", "flows/{namespace}", "Lists all flows of a namespace.", handler: listOfNamespace),
        Endpoint(
            "GET", "flows/{namespace}/{id}", "Reads a flow.",
            query: [
                .init("source", "Also the source text"), .init("revision", "The latest when absent"),
                .init("allowDeleted", "Also when it was deleted"),
            ], handler: get),
        Endpoint(
            "PUT", "flows/{namespace}/{id}", "Replaces a flow; makes a new revision.", query: [strict],
            body: .yaml, handler: update),
        Endpoint("DELETE", "flows/{namespace}/{id}", "Deletes a flow; its executions stay.", handler: delete),
        Endpoint(
            "GET", "flows/{namespace}/{id}/revisions", "Lists all revisions of a flow.", handler: revisions),
        Endpoint(
            "GET", "flows/{namespace}/{id}/tasks/{taskId}", "Reads a task of a flow.",
            query: [.init("revision", "The latest when absent")], handler: task),
    ]

    /// Asks for more than Kestra does, which accepts such flows.
    static let strict = Endpoint.QueryParameter(
        "strict", "Refuse expressions that read what cannot be there; otherwise they are warnings")

    /// `nil` leaves it to the server's settings.
    static func isStrict(_ call: Call) throws -> Bool? {
        call.text("strict") == nil ? nil : try call.flag("strict", default: false)
    }

    private static func create(_ call: Call) async throws -> Response {
        saved(
            try await call.services.flows.save(
                try source(call), expecting: nil, mode: .create, isStrict: try isStrict(call)))
    }

    private static func update(_ call: Call) async throws -> Response {
        let expected = (namespace: call.path("namespace"), id: call.path("id"))
        // Whether the flow exists comes before what is wrong with the new source.
        _ = try await row(call, allowDeleted: false, revision: nil)
        return saved(
            try await call.services.flows.save(
                try source(call), expecting: expected, mode: .update, isStrict: try isStrict(call)))
    }

    /// The source as sent. JSON is YAML too, and stays as it was written.
    static func source(_ call: Call) throws -> String {
        let text = try call.request.text()
        guard !text.isEmpty else {
            throw APIError.invalid([.init("the body must hold the source of a flow")])
        }
        return text
    }

    private static func saved(_ saved: SavedFlow) -> Response {
        .json(bytes: FlowJSON(saved).bytes)
    }

    private static func get(_ call: Call) async throws -> Response {
        let allowDeleted = try call.flag("allowDeleted", default: false)
        let row = try await row(call, allowDeleted: allowDeleted, revision: try call.integer("revision"))
        var flow = FlowJSON(row, withSource: try call.flag("source", default: false))
        flow.choice = EditionRule.choice(
            for: flow.definition.mapValue ?? [:], default: call.services.flows.compiler.defaultEdition)
        return .json(bytes: flow.bytes)
    }

    /// The addressed flow; an error 404 when it is missing.
    static func row(_ call: Call, allowDeleted: Bool, revision: Int?) async throws -> FlowRow {
        let (namespace, id) = (call.path("namespace"), call.path("id"))
        guard
            let row = try await call.services.listing.flow(
                namespace: namespace, id: id, revision: revision, allowDeleted: allowDeleted)
        else {
            throw APIError.notFound("flow `\(namespace).\(id)`\(revision.map { " at revision \($0)" } ?? "")")
        }
        return row
    }

    private static func delete(_ call: Call) async throws -> Response {
        let (namespace, id) = (call.path("namespace"), call.path("id"))
        guard try await call.services.flows.delete(namespace: namespace, id: id) else {
            throw APIError.notFound("flow `\(namespace).\(id)`")
        }
        return .noContent
    }

    private static func revisions(_ call: Call) async throws -> Response {
        let rows = try await call.services.listing.revisions(
            namespace: call.path("namespace"), id: call.path("id"))
        guard !rows.isEmpty else {
            throw APIError.notFound("flow `\(call.path("namespace")).\(call.path("id"))`")
        }
        return .json(bytes: FlowJSON.list(rows, withSource: true))
    }

    private static func task(_ call: Call) async throws -> Response {
        let row = try await row(call, allowDeleted: false, revision: try call.integer("revision"))
        guard let task = TaskSearch.task(call.path("taskId"), in: FlowJSON(row, withSource: false).definition)
        else {
            throw APIError.notFound("task `\(call.path("taskId"))`")
        }
        return .json(task)
    }

    private static func listOfNamespace(_ call: Call) async throws -> Response {
        let rows = try await call.services.listing.flows(ofNamespace: call.path("namespace"))
        return .json(bytes: FlowJSON.list(rows, withSource: false))
    }

    private static func distinctNamespaces(_ call: Call) async throws -> Response {
        let names = try await call.services.listing.namespaces(of: call.text("q"))
        return .json(.list(names.map { .string($0) }))
    }

    private static func search(_ call: Call) async throws -> Response {
        let filter = try FlowFilter(call)
        let paging = try Paging(call)
        let sort = try SortTerm<FlowColumn>.list(call.request.queryValues("sort"))
        let found = try await call.services.listing.flows(filter, sort: sort, paging: paging)
        return .json(
            bytes: PagedJSON.bytes(found.rows, total: found.total, capacity: 64 + 1024 * found.rows.count) {
                FlowJSON($0, withSource: false).write(to: &$1)
            })
    }
}

/// Finds a task of a flow by its id, at any depth.
enum TaskSearch {
    static func task(_ id: String, in definition: Value, depth: Int = 0) -> Value? {
        guard depth < 128 else { return nil }
        switch definition {
        case .list(let items):
            return items.lazy.compactMap { task(id, in: $0, depth: depth + 1) }.first
        case .map(let entries):
            if depth > 0, entries["id"] == .string(id), entries["type"] != nil { return definition }
            return entries.lazy.compactMap { key, value in
                key == "inputs" || key == "outputs" ? nil : task(id, in: value, depth: depth + 1)
            }.first
        case .null, .bool, .int, .double, .string, .extended:
            return nil
        }
    }
}
