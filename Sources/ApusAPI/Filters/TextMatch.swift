import ApusModel

/// A condition on a text: a namespace, an id.
struct TextMatch: Hashable {
    enum Kind: Hashable {
        case isOneOf([String])
        case isNoneOf([String])
        case startsWith(String)
        case endsWith(String)
        case contains(String)
        /// A dotted name or anything below it: `company` has `company.sales` and not `companyX`.
        case isWithin(String)
    }

    var kind: Kind

    init(_ kind: Kind) { self.kind = kind }

    /// An error 400 for an operation that texts do not have.
    init(_ filter: QueryFilter) throws(APIError) {
        switch filter.operation {
        case .equals: kind = .isOneOf([filter.value])
        case .notEquals: kind = .isNoneOf([filter.value])
        case .isIn: kind = .isOneOf(filter.values)
        case .notIn: kind = .isNoneOf(filter.values)
        case .startsWith: kind = .startsWith(filter.value)
        case .endsWith: kind = .endsWith(filter.value)
        case .contains: kind = .contains(filter.value)
        case .prefix: kind = .isWithin(filter.value)
        case .regex, .greaterThan, .lessThan, .greaterThanOrEqual, .lessThanOrEqual: throw .unsupported(filter)
        }
    }
}

/// A condition on a label.
struct LabelMatch: Hashable {
    var key: String
    var value: String
    var isNegated = false

    init(key: String, value: String, isNegated: Bool = false) {
        self.key = key
        self.value = value
        self.isNegated = isNegated
    }

    /// `filters[labels][EQUALS][key]=value`
    init(_ filter: QueryFilter) throws(APIError) {
        guard let key = filter.key, filter.operation == .equals || filter.operation == .notEquals else {
            throw .unsupported(filter)
        }
        self.init(key: key, value: filter.value, isNegated: filter.operation == .notEquals)
    }

    /// `key:value`; the value may contain colons and commas.
    init(flat text: String) throws(APIError) {
        guard let label = Label(flat: text) else {
            throw .illegalArgument("a label is written `key:value`, found `\(text)`")
        }
        self.init(key: label.key, value: label.value)
    }
}

extension Label {
    /// `key:value`; `nil` when one of the two is empty.
    init?(flat text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        self.init(String(parts[0]), String(parts[1]))
    }
}
