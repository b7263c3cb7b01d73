import ApusDatabase
import ApusModel

extension ExecutionFilter {
    /// The executions of one flow.
    init(namespace: String, flowID: String) {
        self.init()
        self.namespace = .equals(namespace)
        self.flowID = .equals(flowID)
    }

    /// Reads the new and the flat form. An error 400 for conditions executions do not have, 422 for wrong values.
    init(_ call: Call) throws(APIError) {
        self.init()
        let filters = try QueryFilter.list(call.request.query)
        let dates = try DateRange(call, filters)
        from = dates.start
        to = dates.end
        try readFlat(call)
        for filter in filters { try add(filter) }
        // Tests, trials and rounds of loops are shown to those who ask for them.
        if kinds.isEmpty, ids.isEmpty, parentID == nil, triggerExecutionID == nil { kinds = [.normal] }
    }

    private mutating func readFlat(_ call: Call) throws(APIError) {
        if let query = call.text("q"), query != "*" { text = query }
        if let namespace = call.text("namespace") { self.namespace.narrow(to: .under(namespace)) }
        if let flowID = call.text("flowId") { self.flowID.narrow(to: .equals(flowID)) }
        states = try StateText.list(call.list("state"))
        labels = try Label.list(call.request.queryValues("labels"))
        triggerExecutionID = call.text("triggerExecutionId")
        parentID = call.text("parentId")
        kinds = try KindText.list(call.list("kind"))
        if let text = call.text("dateFilter") { dates = try Self.dates(text) }
        if let text = call.text("childFilter") { isChild = try Self.isChild(text) }
        if let scope = try FlowScope.match(call.list("scope")) { namespace.narrow(to: scope) }
    }

    private mutating func add(_ filter: QueryFilter) throws(APIError) {
        switch (filter.field, filter.operation) {
        case (.text, .equals), (.text, .contains): text = filter.value == "*" ? nil : filter.value
        case (.namespace, _): namespace.narrow(to: try TextMatch(filter))
        case (.flowId, _): flowID.narrow(to: try TextMatch(filter))
        case (.id, .equals), (.executionId, .equals): ids.append(filter.value)
        case (.id, .isIn), (.executionId, .isIn): ids += filter.values
        case (.labels, .notEquals): excludedLabels.append(try Label(filter))
        case (.labels, _): labels.append(try Label(filter))
        case (.state, .equals), (.state, .isIn): try require(StateText.list(filter.values))
        case (.state, .notEquals), (.state, .notIn): excludedStates += try StateText.list(filter.values)
        case (.startDate, _), (.endDate, _), (.timeRange, _): break  // read by DateRange
        case (.triggerExecutionId, .equals): triggerExecutionID = filter.value
        case (.parentId, .equals): parentID = filter.value
        case (.kind, .equals), (.kind, .isIn): kinds = try KindText.list(filter.values)
        case (.kind, .notEquals), (.kind, .notIn):
            let excluded = try KindText.list(filter.values)
            kinds = ExecutionKind.allCases.filter { !excluded.contains($0) }
        case (.flowRevision, .equals):
            guard let number = Int(filter.value) else {
                throw .illegalArgument("`flowRevision` is a whole number, found `\(filter.value)`")
            }
            revision = number
        case (.childFilter, .equals): isChild = try Self.isChild(filter.value)
        case (.scope, .equals), (.scope, .isIn):
            if let scope = try FlowScope.match(filter.values) { namespace.narrow(to: scope) }
        default: throw .unsupported(filter)
        }
    }

    /// Of two lists of states the common ones are meant.
    private mutating func require(_ meant: [State]) {
        guard !states.isEmpty else {
            states = meant
            return
        }
        excludedStates += states.filter { !meant.contains($0) }
    }

    private static func dates(_ text: String) throws(APIError) -> DateField {
        switch text.uppercased() {
        case "START_DATE": return .start
        case "END_DATE": return .end
        case "START_OR_END_DATE": return .either
        default:
            throw .illegalArgument(
                "`dateFilter` is START_DATE, END_DATE or START_OR_END_DATE, found `\(text)`")
        }
    }

    private static func isChild(_ text: String) throws(APIError) -> Bool {
        switch text.uppercased() {
        case "CHILD": return true
        case "MAIN": return false
        default: throw .illegalArgument("`childFilter` is CHILD or MAIN, found `\(text)`")
        }
    }
}

/// What lists of executions can be sorted by.
enum ExecutionColumn: String, CaseIterable, Hashable {
    case id, namespace, flowId
    case state = "state.current"
    case startDate = "state.startDate"
    case endDate = "state.endDate"
    case duration = "state.duration"

    var field: Executions.SortField {
        switch self {
        case .id: .id
        case .namespace: .namespace
        case .flowId: .flowID
        case .state: .state
        case .startDate: .start
        case .endDate: .end
        case .duration: .duration
        }
    }
}
