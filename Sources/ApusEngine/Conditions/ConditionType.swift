import ApusModel
public import ApusSchema

/// A type of condition: what it declares, and the expression it stands for.
struct ConditionType: Sendable {
    var schema: TypeSchema
    var compile: @Sendable (inout ConditionReader) -> Predicate?

    init(
        _ name: String, _ summary: String, formerly: [String] = [], properties: [PropertySchema],
        compile: @escaping @Sendable (inout ConditionReader) -> Predicate?
    ) {
        let former = name.hasSuffix("Condition") ? name : "\(name)Condition"
        schema = TypeSchema(
            type: "io.kestra.plugin.core.condition.\(name)",
            aliases: formerly + [
                "io.kestra.plugin.core.condition.\(former)",
                "io.kestra.core.models.conditions.types.\(former)",
                "io.kestra.core.models.conditions.types.\(name)",
            ],
            summary: summary, kind: .condition, properties: properties)
        self.compile = compile
    }

    static func property(
        _ name: String, _ description: String, _ type: ValueType, isRequired: Bool = false,
        default value: Value? = nil
    ) -> PropertySchema {
        PropertySchema(
            name: name, description: description, valueType: type, isRequired: isRequired,
            defaultValue: value)
    }
}

/// The types of conditions that are made into a ``Predicate``.
///
/// Source: the core plugins reference, "Conditions". `MultipleCondition` is about more than the one execution: a flow
/// trigger reads it itself.
public enum ConditionTypes {
    static let all: [ConditionType] =
        ConditionType.onExecutions + ConditionType.onDates + ConditionType.combined + ConditionType.onSeveral

    public static let schemas: [TypeSchema] = all.map(\.schema)

    static func named(_ type: String) -> ConditionType? { byName[type] }

    private static let byName = Dictionary(
        all.map { ($0.schema.type, $0) }, uniquingKeysWith: { first, _ in first })
}
