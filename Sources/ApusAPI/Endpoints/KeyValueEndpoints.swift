import ApusDatabase
import ApusHTTP
import ApusModel

/// The key-value stores of namespaces.
enum KeyValueEndpoints {
    static let all = [
        Endpoint(
            "GET", "kv", "Lists the entries of all namespaces, without their values.",
            query: [
                .init("page", "From 1"), .init("size", "Entries in a page"),
                .init("sort", "key:asc, updateDate:desc …"),
                .init("filters", "filters[namespace][EQUALS]=…, filters[q][EQUALS]=…"),
            ], handler: search),
        Endpoint(
            "GET", "namespaces/{namespace}/kv", "Lists the entries of a namespace, without their values.",
            isDeprecated: true, handler: list),
        Endpoint(
            "DELETE", "namespaces/{namespace}/kv", "Removes the entries whose keys are in `keys`.",
            body: .json, handler: deleteAll),
        Endpoint(
            "GET", "namespaces/{namespace}/kv/inheritance",
            "Lists the entries that flows of a namespace see: its own, and those of the namespaces above.",
            handler: inherited),
        Endpoint("GET", "namespaces/{namespace}/kv/{key}", "Reads an entry.", handler: get),
        Endpoint(
            "PUT", "namespaces/{namespace}/kv/{key}",
            "Writes an entry; the headers `ttl` and `description` say how long it lives and what it is for.",
            body: .text, handler: put),
        Endpoint("DELETE", "namespaces/{namespace}/kv/{key}", "Removes an entry.", handler: delete),
    ]

    private enum Column: String, CaseIterable, Hashable {
        case key, namespace, description, creationDate, updateDate, expirationDate

        var field: KeyValues.SortField {
            switch self {
            case .key: .key
            case .namespace: .namespace
            case .description: .description
            case .creationDate: .created
            case .updateDate: .updated
            case .expirationDate: .expires
            }
        }
    }

    private static func search(_ call: Call) async throws -> Response {
        let paging = try Paging(call)
        let sort = try SortTerm<Column>.list(call.request.queryValues("sort"))
            .map { Sort($0.column.field, descending: $0.isDescending) }
        var filter = KeyValueFilter(expiry: .alive(at: call.now))
        for condition in try QueryFilter.list(call.request.query) {
            switch (condition.field, condition.operation) {
            case (.text, .equals), (.text, .contains):
                if condition.value != "*" { filter.key.narrow(to: .contains(condition.value)) }
            case (.namespace, _): filter.namespace.narrow(to: try TextMatch(condition))
            default: throw APIError.unsupported(condition)
            }
        }
        let wanted = filter
        let found = try await call.services.database.read {
            try KeyValues.search(wanted, sort: sort, page: paging.rows, $0)
        }
        return .json(
            bytes: PagedJSON.bytes(found.entries, total: found.total) { KeyValueJSON.write($0, &$1) })
    }

    private static func list(_ call: Call) async throws -> Response {
        let namespace = try call.namespace()
        let filter = KeyValueFilter(namespace: .equals(namespace), expiry: .alive(at: call.now))
        return .json(bytes: listed(try await entries(filter, call)))
    }

    private static func inherited(_ call: Call) async throws -> Response {
        let names = NamespaceName.withParents(try call.namespace())
        let filter = KeyValueFilter(namespace: .oneOf(names), expiry: .alive(at: call.now))
        let all = try await entries(filter, call)
        // The nearest namespace wins.
        var nearest: [String: KeyValueRow] = [:]
        for name in names {
            for entry in all where entry.namespace == name && nearest[entry.key] == nil {
                nearest[entry.key] = entry
            }
        }
        return .json(bytes: listed(nearest.values.sorted { $0.key < $1.key }))
    }

    private static func entries(_ filter: KeyValueFilter, _ call: Call) async throws -> [KeyValueRow] {
        try await call.services.database.read {
            try KeyValues.search(filter, page: Page(size: Page.maxSize), $0).entries
        }
    }

    private static func listed(_ entries: [KeyValueRow]) -> [UInt8] {
        var writer = JSONWriter()
        writer.list(entries) { KeyValueJSON.write($0, &$1) }
        return writer.bytes
    }

    private static func get(_ call: Call) async throws -> Response {
        let (namespace, key, now) = (try call.namespace(), try call.key(), call.now)
        let found = try await call.services.database.read { connection in
            let filter = KeyValueFilter(namespace: .equals(namespace), key: .equals(key))
            return (
                try KeyValues.get(namespace: namespace, key: key, now: now, connection),
                try KeyValues.search(filter, connection).total > 0
            )
        }
        switch found {
        case (let entry?, _): return KeyValueJSON.detail(entry)
        case (nil, true):
            throw APIError(
                status: 410, .gone, "the key '\(key)' in namespace '\(namespace)' has expired")
        case (nil, false):
            throw APIError.notFound("No value found for key '\(key)' in namespace '\(namespace)'")
        }
    }

    private static func put(_ call: Call) async throws -> Response {
        let (namespace, key, now) = (try call.namespace(), try call.key(), call.now)
        let value = try KeyValueJSON.value(of: try call.request.text())
        var expires: Timestamp?
        if let text = call.request.headers["ttl"], !text.isEmpty {
            guard let ttl = ISODuration(iso: text), ttl > .zero else {
                throw APIError.illegalArgument("`ttl` must be a duration such as PT5M, found `\(text)`")
            }
            expires = now.advanced(by: ttl)
        }
        let (description, end) = (call.request.headers["description"], expires)
        try await call.services.database.write { connection in
            try KeyValues.put(
                namespace: namespace, key: key, value: value, expires: end, description: description,
                now: now, connection)
        }
        return Response()
    }

    private static func delete(_ call: Call) async throws -> Response {
        let (namespace, key) = (try call.namespace(), try call.key())
        let isDeleted = try await call.services.database.write {
            try KeyValues.delete(namespace: namespace, key: key, $0)
        }
        return .json(.bool(isDeleted))
    }

    private static func deleteAll(_ call: Call) async throws -> Response {
        let namespace = try call.namespace()
        guard let items = try call.request.json()["keys"]?.listValue, items.count <= Paging.maxSize else {
            throw APIError.illegalArgument(
                "the body must be a JSON object with the list `keys`, at most \(Paging.maxSize)")
        }
        let keys = try items.map { item in
            guard let key = item.stringValue else {
                throw APIError.illegalArgument("`keys` must hold texts, found a \(item.kind)")
            }
            return key
        }
        let deleted = try await call.services.database.write { connection in
            try keys.filter { try KeyValues.delete(namespace: namespace, key: $0, connection) }
        }
        return .json(["keys": .list(deleted.map { .string($0) })])
    }
}

extension Call {
    /// The namespace of the path; an error 422 for a text that cannot be the name of one.
    func namespace() throws(APIError) -> String {
        let name = path("namespace")
        guard NamespaceName.isValid(name) else {
            throw .illegalArgument(
                "`\(name.prefix(60))` is not the name of a namespace: letters, digits, `.`, `_` and `-`, no part "
                    + "empty or reserved")
        }
        return name
    }

    /// The key of the path; an error 422 for a text that cannot be one.
    fileprivate func key() throws(APIError) -> String {
        let key = path("key")
        guard KeyValueKey.isValid(key) else { throw .illegalArgument(KeyValueKey.rule) }
        return key
    }
}
