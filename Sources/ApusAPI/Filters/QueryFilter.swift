import ApusModel

/// One condition on the things of a list: `filters[state][IN]=FAILED,WARNING`.
struct QueryFilter: Hashable {
    enum Field: String, CaseIterable {
        case text = "q"
        case scope, namespace, kind, labels, metadata, flowId, flowRevision, id, assetId, type, created,
            updated
        case startDate, endDate, expirationDate, state, timeRange, triggerExecutionId, triggerId, triggerState
        case executionId, taskId, taskRunId, childFilter, workerId, existingOnly, level, path, parentPath,
            version
        case username
        case parentId
    }

    enum Operation: String, CaseIterable {
        case equals = "EQUALS"
        case notEquals = "NOT_EQUALS"
        case greaterThan = "GREATER_THAN"
        case lessThan = "LESS_THAN"
        case greaterThanOrEqual = "GREATER_THAN_OR_EQUAL_TO"
        case lessThanOrEqual = "LESS_THAN_OR_EQUAL_TO"
        case isIn = "IN"
        case notIn = "NOT_IN"
        case startsWith = "STARTS_WITH"
        case endsWith = "ENDS_WITH"
        case contains = "CONTAINS"
        case regex = "REGEX"
        case prefix = "PREFIX"
    }

    var field: Field
    var operation: Operation
    /// The key of a label.
    var key: String?
    /// As sent; lists are split where they are used, since a label may contain commas.
    var value: String

    /// The value as a list, split at commas.
    var values: [String] { value.split(separator: ",").map(String.init) }

    /// Every `filters[…]` of a query; an error 400 for an unknown field or operation.
    static func list(_ query: [(String, String)]) throws(APIError) -> [QueryFilter] {
        var filters: [QueryFilter] = []
        for (name, value) in query where name == "filters" || name.hasPrefix("filters[") {
            filters.append(try QueryFilter(name: name, value: value))
        }
        return filters
    }

    init(field: Field, operation: Operation = .equals, key: String? = nil, value: String) {
        self.field = field
        self.operation = operation
        self.key = key
        self.value = value
    }

    private init(name: String, value: String) throws(APIError) {
        guard name.hasPrefix("filters["), name.hasSuffix("]") else {
            throw .invalidFilters("expected `filters[field][OPERATION]=value`, found `\(name)`")
        }
        // A label's key may itself hold brackets: only the first two are taken apart.
        let inner = String(name.dropFirst("filters[".count).dropLast())
        let parts = Self.parts(of: inner)
        guard parts.count >= 2 else {
            throw .invalidFilters("expected `filters[field][OPERATION]=value`, found `\(name)`")
        }
        guard let field = Field.allCases.first(where: { $0.rawValue.lowercased() == parts[0].lowercased() })
        else {
            throw .invalidFilters("unknown field `\(parts[0])`")
        }
        guard let operation = Operation(rawValue: parts[1].uppercased()) else {
            throw .invalidFilters("unknown operation `\(parts[1])` on `\(field.rawValue)`")
        }
        self.init(field: field, operation: operation, key: parts.count > 2 ? parts[2] : nil, value: value)
        guard (key != nil) == (field == .labels || field == .metadata) else {
            throw .invalidFilters(
                key == nil ? "`\(field.rawValue)` needs a key" : "`\(field.rawValue)` takes no key")
        }
    }

    private static func parts(of inner: String) -> [String] {
        var parts: [String] = []
        var rest = Substring(inner)
        while parts.count < 2, let border = rest.firstRange(of: "][") {
            parts.append(String(rest[..<border.lowerBound]))
            rest = rest[border.upperBound...]
        }
        return parts + [String(rest)]
    }
}

extension APIError {
    /// The answer to a condition that a list does not offer.
    static func unsupported(_ filter: QueryFilter) -> APIError {
        .invalidFilters("`\(filter.field.rawValue)` cannot be filtered by \(filter.operation.rawValue) here")
    }
}
