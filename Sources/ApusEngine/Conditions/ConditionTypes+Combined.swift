import ApusModel
import ApusSchema

/// An expression of the user's own, and conditions made of others.
extension ConditionType {
    static let combined: [ConditionType] = [expression, negation, alternative]

    private static let expression = ConditionType(
        "Expression", "An expression that must be truthy.",
        formerly: ["io.kestra.core.models.conditions.types.VariableCondition"],
        properties: [property("expression", "A template.", .string, isRequired: true)]
    ) { $0.template("expression") }

    private static let negation = ConditionType(
        "Not", "None of the conditions holds.",
        properties: [property("conditions", "Conditions.", .list(.any), isRequired: true)]
    ) { .not(.any($0.inner())) }

    private static let alternative = ConditionType(
        "Or", "One of the conditions holds.",
        properties: [property("conditions", "Conditions.", .list(.any), isRequired: true)]
    ) { .any($0.inner()) }
}
