import ApusModel

/// Which flows a list shows. All conditions must hold.
struct FlowFilter: Hashable {
    enum Column: String, CaseIterable, Hashable {
        case id, namespace, revision, updated
    }

    /// A part of the id or namespace.
    var text: String?
    var namespaces: [TextMatch] = []
    var ids: [TextMatch] = []
    var labels: [LabelMatch] = []
    var scope: ExecutionFilter.Scope?

    init() {}

    /// Reads the new and the flat form. An error 400 for conditions flows do not have, 422 for wrong values.
    init(_ call: Call) throws(APIError) {
        if let query = call.text("q"), query != "*" { text = query }
        if let namespace = call.text("namespace") { namespaces.append(TextMatch(.isWithin(namespace))) }
        for label in call.request.queryValues("labels") where !label.isEmpty {
            labels.append(try LabelMatch(flat: label))
        }
        if let scopes = call.text("scope") {
            scope = try ExecutionFilter.scope(scopes.split(separator: ",").map(String.init))
        }
        for filter in try QueryFilter.list(call.request.query) { try add(filter) }
    }

    private mutating func add(_ filter: QueryFilter) throws(APIError) {
        switch (filter.field, filter.operation) {
        case (.text, .equals): text = filter.value == "*" ? nil : filter.value
        case (.namespace, _): namespaces.append(try TextMatch(filter))
        case (.id, _), (.flowId, _): ids.append(try TextMatch(filter))
        case (.labels, _): labels.append(try LabelMatch(filter))
        case (.scope, .equals), (.scope, .isIn): scope = try ExecutionFilter.scope(filter.values)
        default: throw .unsupported(filter)
        }
    }
}
