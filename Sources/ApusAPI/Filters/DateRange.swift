import ApusModel

/// From when to when; both ends may be open.
struct DateRange: Hashable {
    var start: Timestamp?
    var end: Timestamp?
    private var hasTimeRange = false

    init() {}

    /// The flat `startDate`, `endDate` and `timeRange`, and the same as filters.
    ///
    /// An error 422 when they contradict each other.
    init(_ call: Call, _ filters: [QueryFilter]) throws(APIError) {
        start = try call.date("startDate")
        end = try call.date("endDate")
        if let text = call.text("timeRange") { try narrow(to: text, now: call.now) }
        for filter in filters {
            switch filter.field {
            case .startDate: try setStart(filter)
            case .endDate: try setEnd(filter)
            case .timeRange:
                guard filter.operation == .equals else { throw .unsupported(filter) }
                try narrow(to: filter.value, now: call.now)
            default: break
            }
        }
        if let start, let end, start > end { throw .illegalArgument("Start date must be before End Date") }
    }

    private mutating func setStart(_ filter: QueryFilter) throws(APIError) {
        let date = try DateText.parse(filter.value, name: "startDate")
        switch filter.operation {
        case .greaterThan, .greaterThanOrEqual, .equals:
            if hasTimeRange { throw Self.exclusive }
            start = date
        case .lessThan, .lessThanOrEqual: end = date
        default: throw .unsupported(filter)
        }
    }

    private mutating func setEnd(_ filter: QueryFilter) throws(APIError) {
        let date = try DateText.parse(filter.value, name: "endDate")
        switch filter.operation {
        case .lessThan, .lessThanOrEqual, .equals: end = date
        case .greaterThan, .greaterThanOrEqual: start = date
        default: throw .unsupported(filter)
        }
    }

    /// The last hours or days before now: `PT12H`.
    private mutating func narrow(to text: String, now: Timestamp) throws(APIError) {
        if start != nil { throw Self.exclusive }
        guard let duration = ISODuration(iso: text), duration > .zero else {
            throw .illegalArgument("`timeRange` must be a duration such as PT12H or P7D, found `\(text)`")
        }
        hasTimeRange = true
        start = now.advanced(by: ISODuration(microseconds: -duration.microseconds))
    }

    private static var exclusive: APIError {
        .illegalArgument("Parameters `startDate` and `timeRange` are mutually exclusive")
    }
}
