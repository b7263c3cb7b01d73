import ApusDatabase
import ApusModel

extension LogFilter {
    /// Reads the new and the flat form. An error 400 for conditions lines do not have, 422 for wrong values.
    init(_ call: Call) throws(APIError) {
        self.init(executionID: call.text("executionId"))
        let filters = try QueryFilter.list(call.request.query)
        let dates = try DateRange(call, filters)
        from = dates.start
        to = dates.end
        if let query = call.text("q"), query != "*" { text = query }
        if let namespace = call.text("namespace") { self.namespace = .under(namespace) }
        if let flowID = call.text("flowId") { self.flowID = .equals(flowID) }
        triggerID = call.text("triggerId")
        minLevel = try LogLevel(query: call.text("minLevel"))
        for filter in filters { try add(filter) }
    }

    private mutating func add(_ filter: QueryFilter) throws(APIError) {
        switch (filter.field, filter.operation) {
        case (.text, .equals), (.text, .contains): text = filter.value == "*" ? nil : filter.value
        case (.namespace, _): namespace.narrow(to: try TextMatch(filter))
        case (.flowId, _): flowID.narrow(to: try TextMatch(filter))
        case (.executionId, .equals): executionID = filter.value
        case (.taskId, .equals): taskID = filter.value
        case (.triggerId, .equals): triggerID = filter.value
        case (.taskRunId, .equals): taskRunID = filter.value
        case (.level, .equals), (.level, .greaterThanOrEqual): minLevel = try LogLevel(query: filter.value)
        case (.startDate, _), (.endDate, _), (.timeRange, _): break  // read by DateRange
        case (.scope, .equals), (.scope, .isIn):
            if let scope = try FlowScope.match(filter.values) { namespace.narrow(to: scope) }
        default: throw .unsupported(filter)
        }
    }
}

extension LogLevel {
    /// `nil` for no text; an error 422 for another word.
    init?(query text: String?) throws(APIError) {
        guard let text else { return nil }
        guard let level = LogLevel(rawValue: text.uppercased()) else {
            throw .illegalArgument("the level is TRACE, DEBUG, INFO, WARN or ERROR, found `\(text)`")
        }
        self = level
    }
}
