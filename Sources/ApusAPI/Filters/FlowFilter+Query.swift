import ApusDatabase
import ApusModel

extension FlowFilter {
    /// Reads the new and the flat form. An error 400 for conditions flows do not have, 422 for wrong values.
    init(_ call: Call) throws(APIError) {
        self.init()
        if let query = call.text("q"), query != "*" { text = query }
        if let namespace = call.text("namespace") { self.namespace.narrow(to: .under(namespace)) }
        labels = try Label.list(call.request.queryValues("labels"))
        if let scope = try FlowScope.match(call.list("scope")) { namespace.narrow(to: scope) }
        for filter in try QueryFilter.list(call.request.query) { try add(filter) }
    }

    private mutating func add(_ filter: QueryFilter) throws(APIError) {
        switch (filter.field, filter.operation) {
        case (.text, .equals), (.text, .contains): text = filter.value == "*" ? nil : filter.value
        case (.namespace, _): namespace.narrow(to: try TextMatch(filter))
        case (.id, _), (.flowId, _): id.narrow(to: try TextMatch(filter))
        case (.labels, .notEquals): excludedLabels.append(try Label(filter))
        case (.labels, _): labels.append(try Label(filter))
        case (.scope, .equals), (.scope, .isIn):
            if let scope = try FlowScope.match(filter.values) { namespace.narrow(to: scope) }
        default: throw .unsupported(filter)
        }
    }
}

/// What lists of flows can be sorted by.
enum FlowColumn: String, CaseIterable, Hashable {
    case id, namespace, revision, updated

    var field: Flows.SortField {
        switch self {
        case .id: .id
        case .namespace: .namespace
        case .revision: .revision
        case .updated: .updated
        }
    }
}
