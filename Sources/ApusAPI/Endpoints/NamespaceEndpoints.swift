import ApusHTTP
import ApusModel

/// Namespaces: the dotted paths that flows are grouped by. They exist by being used.
enum NamespaceEndpoints {
    static let all = [
        Endpoint(
            "GET", "namespaces/search", "Lists the namespaces of all flows, and those around them.",
            query: [
                .init("q", "Part of the name"), .init("page", "From 1"),
                .init("size", "Namespaces in a page"),
                .init("sort", "id:asc or id:desc"),
            ], handler: search),
        Endpoint(
            "POST", "namespaces/autocomplete", "Lists the names of namespaces that contain a text.",
            body: .json,
            handler: autocomplete),
        Endpoint("GET", "namespaces/{namespace}", "Reads a namespace.", handler: get),
    ]

    private enum Column: String, CaseIterable, Hashable { case id }

    private static func get(_ call: Call) async throws -> Response {
        .json(["id": .string(call.path("namespace")), "deleted": false])
    }

    private static func search(_ call: Call) async throws -> Response {
        let paging = try Paging(call)
        let sort = try SortTerm<Column>.list(call.request.queryValues("sort"))
        var names = try await names(call, containing: call.text("q"))
        if sort.first?.isDescending == true { names.reverse() }
        let page = names.dropFirst(paging.offset).prefix(paging.size)
        return .json(
            bytes: PagedJSON.bytes(Array(page), total: names.count) { name, writer in
                writer.object {
                    $0.field("id", name)
                    $0.field("deleted", false)
                }
            })
    }

    private static func autocomplete(_ call: Call) async throws -> Response {
        let body = try call.request.json()
        let names = try await names(call, containing: body["q"]?.stringValue)
        return .json(.list(names.map { .string($0) }))
    }

    /// Namespaces with flows and every one above them, in order.
    private static func names(_ call: Call, containing text: String?) async throws -> [String] {
        var all: Set<String> = []
        for name in try await call.services.listing.namespaces(of: nil) {
            var part = Substring(name)
            while true {
                all.insert(String(part))
                guard let dot = part.lastIndex(of: ".") else { break }
                part = part[..<dot]
            }
        }
        let wanted = text?.lowercased() ?? ""
        return all.filter { wanted.isEmpty || $0.lowercased().contains(wanted) }.sorted()
    }
}
