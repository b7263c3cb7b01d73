import ApusModel

/// One filter of `preconditions.where`.
struct FlowFilter {
    enum Field: String, CaseIterable {
        case flowID = "FLOW_ID"
        case namespace = "NAMESPACE"
        case state = "STATE"
        case expression = "EXPRESSION"
    }

    enum Comparison: String, CaseIterable {
        case equal = "EQUAL_TO"
        case notEqual = "NOT_EQUAL_TO"
        case isIn = "IN"
        case notIn = "NOT_IN"
        case isTrue = "IS_TRUE"
        case isFalse = "IS_FALSE"
        case isNull = "IS_NULL"
        case isNotNull = "IS_NOT_NULL"
        case startsWith = "STARTS_WITH"
        case endsWith = "ENDS_WITH"
        case regex = "REGEX"
        case contains = "CONTAINS"
    }

    private(set) var predicate: Predicate
    /// The namespace it asks for, when it is that alone.
    private(set) var namespace: String?
    /// The flow it asks for, when it is that alone.
    private(set) var flowID: String?

    /// `nil` for one that is not valid.
    init?(_ reader: inout PropertyReader) {
        guard let field = reader.given("field")?.stringValue.flatMap(Field.init(rawValue:)),
            let comparison = reader.given("type")?.stringValue.flatMap(Comparison.init(rawValue:)),
            Self.isComplete(comparison, field, &reader),
            let predicate = Self.predicate(comparison, field, &reader)
        else { return nil }
        self.predicate = predicate
        if comparison == .equal, let value = reader.text("value"), !value.contains("{") {
            if field == .namespace { namespace = value }
            if field == .flowID { flowID = value }
        }
    }

    /// Refuses a filter with too much or too little to compare with.
    private static func isComplete(
        _ comparison: Comparison, _ field: Field, _ reader: inout PropertyReader
    ) -> Bool {
        let name = comparison.rawValue
        var found = true
        func refuse(_ message: String, at key: String) {
            reader.fault(message, at: key)
            found = false
        }
        let hasValue = reader.given("value") != nil
        let hasValues = reader.given("values") != nil
        switch comparison {
        case .isIn, .notIn:
            if hasValue { refuse("`value` must be null for type \(name)", at: "value") }
            if !hasValues { refuse("`values` cannot be null for type \(name)", at: "values") }
        case .equal, .notEqual, .startsWith, .endsWith, .regex, .contains:
            if !hasValue { refuse("`value` cannot be null for type \(name)", at: "value") }
            if hasValues { refuse("`values` must be null for type \(name)", at: "values") }
        case .isTrue, .isFalse, .isNull, .isNotNull:
            if hasValues { refuse("`values` must be null for type \(name)", at: "values") }
            if field == .expression, !hasValue {
                refuse("`value` cannot be null for the field EXPRESSION: it is the expression", at: "value")
            }
        }
        if field == .expression, ![.isTrue, .isFalse, .isNull, .isNotNull].contains(comparison) {
            refuse(
                "the field EXPRESSION goes with IS_TRUE, IS_FALSE, IS_NULL and IS_NOT_NULL; found \(name)",
                at: "type")
        }
        return found
    }

    private static func predicate(
        _ comparison: Comparison, _ field: Field, _ reader: inout PropertyReader
    ) -> Predicate? {
        if field == .expression {
            switch comparison {
            case .isTrue: return reader.template("value").map(Predicate.template)
            case .isFalse: return reader.template("value").map { .not(.template($0)) }
            default: break
            }
        }
        let subject =
            switch field {
            case .flowID: "trigger.flowId"
            case .namespace: "trigger.namespace"
            case .state: "trigger.state"
            case .expression: ExpressionText.rendered(reader.text("value") ?? "")
            }
        let value = ExpressionText.rendered(reader.text("value") ?? "")
        let values = (reader.given("values")?.listValue ?? []).map {
            ExpressionText.rendered($0.stringValue ?? $0.json)
        }
        let list = "[\(values.joined(separator: ", "))]"
        let expression =
            switch comparison {
            case .equal: "\(subject) == \(value)"
            case .notEqual: "\(subject) != \(value)"
            case .isIn: "\(subject) isIn \(list)"
            case .notIn: "not (\(subject) isIn \(list))"
            case .isTrue: "\(subject) == 'true'"
            case .isFalse: "\(subject) == 'false'"
            case .isNull: "(\(subject) ?? null) == null"
            case .isNotNull: "(\(subject) ?? null) != null"
            case .startsWith: "\(subject) | startsWith(\(value))"
            case .endsWith: "\(subject) | endsWith(\(value))"
            case .regex: "\(subject) | regexMatch('^(?:' ~ \(value) ~ ')$')"
            case .contains: "\(subject) contains \(value)"
            }
        return reader.compiled("{{ \(expression) }}").map(Predicate.template)
    }
}
