import ApusModel
import ApusSchema

/// Conditions on the attempts of tasks, and on several executions.
extension ConditionType {
    private static let states = State.allCases.map(\.rawValue)

    static let onSeveral: [ConditionType] = [attempts, multiple]

    /// `attemptStates` has a key for each state that an attempt of a task is in; only a flow trigger gives it.
    private static let attempts = ConditionType(
        "HasRetryAttempt", "An attempt of a task of the execution is in a state.",
        properties: [
            property("in", "One of these.", .list(.enumeration(states))),
            property("notIn", "None of these.", .list(.enumeration(states))),
        ]
    ) { reader in
        guard reader.subject == .firing else {
            reader.fault(
                "conditions of type HasRetryAttempt are about an execution that fires a Flow trigger",
                at: reader.properties.path)
            return nil
        }
        var names = Set(states)
        if let list = reader.properties.given("in")?.listValue {
            names.formIntersection(list.compactMap(\.stringValue))
        }
        if let list = reader.properties.given("notIn")?.listValue {
            names.subtract(list.compactMap(\.stringValue))
        }
        let parts = states.filter(names.contains).map { "(attemptStates.\($0) ?? false)" }
        return parts.isEmpty ? .any([]) : reader.holds(parts.joined(separator: " or "))
    }

    fileprivate static let multiple = ConditionType(
        "MultipleCondition", "Each of the conditions holds for an execution within a time window.",
        properties: [
            property("id", "Unique in the flow.", .string, isRequired: true),
            property("conditions", "Conditions by name.", .map(.any), isRequired: true),
            property("timeWindow", "A day by default.", .object(TriggerType.timeWindow)),
            property("window", "The older way to write `timeWindow.window`.", .duration),
            property("windowAdvance", "The older way to write `timeWindow.windowAdvance`.", .duration),
            property(
                "resetOnSuccess", "What was seen counts no more once it has fired.", .boolean, default: true),
        ]
    ) { reader in
        reader.fault(
            "conditions of type MultipleCondition are not supported here: they stand in `conditions` of a Flow trigger, not inside another condition",
            at: reader.properties.path)
        return nil
    }
}

extension ConditionTypes {
    /// What a MultipleCondition declares. A flow trigger makes it into requirements, not into a predicate.
    static let multiple = ConditionType.multiple.schema

    static func isMultiple(_ condition: Value, _ catalogue: Catalogue) -> Bool {
        condition["type"]?.stringValue.flatMap(catalogue.canonicalName) == multiple.type
    }
}
