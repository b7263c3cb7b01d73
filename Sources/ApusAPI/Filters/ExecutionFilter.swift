import ApusModel

/// Which executions a list shows, or a bulk call is for. All conditions must hold.
struct ExecutionFilter: Hashable {
    enum Children: String, Hashable {
        /// Started by another execution.
        case child = "CHILD"
        case main = "MAIN"
    }

    enum Scope: String, Hashable {
        /// Outside the system namespace.
        case user = "USER"
        case system = "SYSTEM"
    }

    /// What lists can be sorted by.
    enum Column: String, CaseIterable, Hashable {
        case id, namespace, flowId
        case state = "state.current"
        case startDate = "state.startDate"
        case endDate = "state.endDate"
        case duration = "state.duration"
    }

    /// A part of the id, namespace or flow id.
    var text: String?
    var namespaces: [TextMatch] = []
    var flowIDs: [TextMatch] = []
    var ids: [TextMatch] = []
    /// `nil` for all.
    var states: Set<State>?
    var labels: [LabelMatch] = []
    var dates: DateRange
    var triggerExecutionID: String?
    var children: Children?
    var scope: Scope?

    /// The executions of one flow.
    init(namespace: String, flowID: String) {
        namespaces = [TextMatch(.isOneOf([namespace]))]
        flowIDs = [TextMatch(.isOneOf([flowID]))]
        dates = DateRange()
    }

    /// Reads the new and the flat form. An error 400 for conditions executions do not have, 422 for wrong values.
    init(_ call: Call) throws(APIError) {
        let filters = try QueryFilter.list(call.request.query)
        dates = try DateRange(call, filters)
        try readFlat(call)
        for filter in filters { try add(filter) }
    }

    private mutating func readFlat(_ call: Call) throws(APIError) {
        if let query = call.text("q"), query != "*" { text = query }
        if let namespace = call.text("namespace") { namespaces.append(TextMatch(.isWithin(namespace))) }
        if let flowID = call.text("flowId") { flowIDs.append(TextMatch(.isOneOf([flowID]))) }
        let states = call.request.queryValues("state").flatMap { $0.split(separator: ",").map(String.init) }
        if !states.isEmpty { self.states = Set(try Self.states(states)) }
        for label in call.request.queryValues("labels") where !label.isEmpty {
            labels.append(try LabelMatch(flat: label))
        }
        triggerExecutionID = call.text("triggerExecutionId")
        if let text = call.text("childFilter") { children = try Self.children(text) }
        let scopes = call.request.queryValues("scope").flatMap { $0.split(separator: ",").map(String.init) }
        if !scopes.isEmpty { scope = try Self.scope(scopes) }
    }

    private mutating func add(_ filter: QueryFilter) throws(APIError) {
        switch filter.field {
        case .text: try onlyEquals(filter) { $0.text = $1 == "*" ? nil : $1 }
        case .namespace: namespaces.append(try TextMatch(filter))
        case .flowId: flowIDs.append(try TextMatch(filter))
        case .id, .executionId: ids.append(try TextMatch(filter))
        case .labels: labels.append(try LabelMatch(filter))
        case .state: try addStates(filter)
        case .startDate, .endDate, .timeRange: break  // read by DateRange
        case .triggerExecutionId: try onlyEquals(filter) { $0.triggerExecutionID = $1 }
        case .childFilter: children = try Self.children(filter.value)
        case .scope: scope = try Self.scope(filter.values)
        default: throw .unsupported(filter)
        }
    }

    private func check(_ filter: QueryFilter) throws(APIError) {
        guard filter.operation == .equals else { throw .unsupported(filter) }
    }

    private mutating func onlyEquals(
        _ filter: QueryFilter, _ set: (inout Self, String) -> Void
    ) throws(APIError) {
        try check(filter)
        set(&self, filter.value)
    }

    private mutating func addStates(_ filter: QueryFilter) throws(APIError) {
        let named = Set(try Self.states(filter.values))
        let meant: Set<State>
        switch filter.operation {
        case .equals, .isIn: meant = named
        case .notEquals, .notIn: meant = Set(State.allCases).subtracting(named)
        default: throw .unsupported(filter)
        }
        states = states.map { $0.intersection(meant) } ?? meant
    }

    private static func states(_ names: [String]) throws(APIError) -> [State] {
        try names.map { name throws(APIError) in try StateText.parse(name) }
    }

    private static func children(_ text: String) throws(APIError) -> Children {
        guard let children = Children(rawValue: text.uppercased()) else {
            throw .illegalArgument("`childFilter` is CHILD or MAIN, found `\(text)`")
        }
        return children
    }

    /// Both scopes together are no condition.
    static func scope(_ texts: [String]) throws(APIError) -> Scope? {
        var found: Set<Scope> = []
        for text in texts {
            guard let scope = Scope(rawValue: text.uppercased()) else {
                throw .illegalArgument("`scope` is USER or SYSTEM, found `\(text)`")
            }
            found.insert(scope)
        }
        return found.count == 1 ? found.first : nil
    }
}

/// States in queries.
enum StateText {
    /// An error 422 for a word that is no state, with the nearest one.
    static func parse(_ text: String) throws(APIError) -> State {
        if let state = State(rawValue: text.uppercased()) { return state }
        let nearest = NearestName.of(text, among: State.allCases.map(\.rawValue))
        let hint = nearest.map { "; did you mean `\($0)`?" } ?? ""
        throw .illegalArgument("`\(text)` is not a state\(hint)")
    }
}
