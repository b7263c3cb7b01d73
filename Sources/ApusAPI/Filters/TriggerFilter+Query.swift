import ApusDatabase
import ApusModel

extension TriggerFilter {
    /// Those that fire by themselves: what a schedule or a worker does. A webhook or a Flow trigger has no state.
    static var scheduled: TriggerFilter {
        var filter = TriggerFilter()
        filter.kinds = [.schedule, .polling, .realtime]
        return filter
    }

    /// Reads the new and the flat form. An error 400 for conditions triggers do not have, 422 for wrong values.
    init(_ call: Call) throws(APIError) {
        self = .scheduled
        if let query = call.text("q"), query != "*" { text = query }
        if let namespace = call.text("namespace") { self.namespace.narrow(to: .under(namespace)) }
        if let flow = call.text("flowId") { flowID.narrow(to: .equals(flow)) }
        if let worker = call.text("workerId") { workerID.narrow(to: .equals(worker)) }
        for filter in try QueryFilter.list(call.request.query) { try add(filter) }
    }

    private mutating func add(_ filter: QueryFilter) throws(APIError) {
        switch (filter.field, filter.operation) {
        case (.text, .equals), (.text, .contains): text = filter.value == "*" ? nil : filter.value
        case (.namespace, _): namespace.narrow(to: try TextMatch(filter))
        case (.flowId, _): flowID.narrow(to: try TextMatch(filter))
        case (.triggerId, _), (.id, _): triggerID.narrow(to: try TextMatch(filter))
        case (.workerId, _): workerID.narrow(to: try TextMatch(filter))
        case (.scope, .equals), (.scope, .isIn):
            if let scope = try FlowScope.match(filter.values) { namespace.narrow(to: scope) }
        case (.triggerState, .equals), (.triggerState, .notEquals):
            let isEqual = filter.operation == .equals
            switch filter.value.uppercased() {
            case "ENABLED": isDisabled = !isEqual
            case "DISABLED": isDisabled = isEqual
            default:
                throw .illegalArgument(
                    "the state of a trigger is ENABLED or DISABLED, found `\(filter.value)`")
            }
        default: throw .unsupported(filter)
        }
    }
}

/// What lists of triggers can be sorted by.
enum TriggerColumn: String, CaseIterable, Hashable {
    case namespace, flowId, triggerId, executionId, workerId
    case nextExecutionDate, nextEvaluationDate, date, lastTriggeredDate, updatedDate, updatedAt

    var field: Triggers.SortField {
        switch self {
        case .namespace: .namespace
        case .flowId: .flowID
        case .triggerId: .triggerID
        case .executionId: .executionID
        case .workerId: .workerID
        case .nextExecutionDate, .nextEvaluationDate: .next
        case .date, .lastTriggeredDate: .last
        case .updatedDate, .updatedAt: .updated
        }
    }
}
