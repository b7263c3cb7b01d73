import ApusModel
public import ApusSchema

/// A type of trigger that the product itself knows: what it declares, and how it is compiled.
struct TriggerType: Sendable {
    var schema: TypeSchema
    /// How its conditions read what they are about.
    var subject: ConditionSubject
    var compile: @Sendable (inout TriggerReader) -> CompiledTrigger.Kind?

    init(
        _ name: String, _ summary: String, subject: ConditionSubject, properties: [PropertySchema],
        outputs: [PropertySchema],
        compile: @escaping @Sendable (inout TriggerReader) -> CompiledTrigger.Kind?
    ) {
        schema = TypeSchema(
            type: "io.kestra.plugin.core.trigger.\(name)",
            aliases: ["io.kestra.core.models.triggers.types.\(name)"], summary: summary, kind: .trigger,
            properties: properties, outputs: outputs)
        self.subject = subject
        self.compile = compile
    }

    init(
        _ schema: TypeSchema, compile: @escaping @Sendable (inout TriggerReader) -> CompiledTrigger.Kind?
    ) {
        self.schema = schema
        subject = .trigger
        self.compile = compile
    }

    static func property(
        _ name: String, _ description: String, _ type: ValueType, isRequired: Bool = false,
        default value: Value? = nil, isDynamic: Bool = false
    ) -> PropertySchema {
        PropertySchema(
            name: name, description: description, valueType: type, isRequired: isRequired,
            defaultValue: value, isDynamic: isDynamic)
    }
}

/// The types of triggers that need no worker.
public enum TriggerTypes {
    static let all: [TriggerType] = [.schedule, .scheduleOnDates, .webhook, .flow]

    public static let schemas: [TypeSchema] = all.map(\.schema)

    static func named(_ type: String) -> TriggerType? { byName[type] }

    private static let byName = Dictionary(
        all.map { ($0.schema.type, $0) }, uniquingKeysWith: { first, _ in first })
}

extension ConditionSubject {
    /// Dates of schedules; another trigger has no date of its own, and is about now.
    static let trigger = ConditionSubject(
        state: "trigger.state", namespace: "flow.namespace", flow: "flow.id", labels: "labels",
        date: "(trigger.date ?? now())")
}

/// What a type of trigger is compiled from.
struct TriggerReader {
    /// The properties of its own and the common ones.
    var properties: PropertyReader
    /// The type as the flow writes it, which may be an older name.
    var written: String
    /// The inputs of the flow.
    var inputs: [InputDefinition]
    /// The zone of dates that name none, an IANA name.
    var timeZone: String
    /// What becomes of missed dates of a schedule that does not say.
    var missedTicks: MissedTicks
    let catalogue: Catalogue
    /// Reads conditions that stand at other places than `conditions`.
    private(set) var conditionFaults: [Fault] = []
    /// Places in `conditions` that the type of the trigger reads itself.
    var readElsewhere: Set<Int> = []

    init(
        properties: PropertyReader, written: String, inputs: [InputDefinition], timeZone: String,
        missedTicks: MissedTicks, catalogue: Catalogue
    ) {
        self.properties = properties
        self.written = written
        self.inputs = inputs
        self.timeZone = timeZone
        self.missedTicks = missedTicks
        self.catalogue = catalogue
    }

    /// The conditions below a key, about a subject.
    mutating func conditions(_ key: String, about subject: ConditionSubject) -> [Predicate] {
        var reader = ConditionReader(
            catalogue: catalogue, positions: properties.positions, edition: properties.edition,
            subject: subject)
        let all = reader.all(
            properties.given(key) ?? .null, at: properties.path.key(key), besides: readElsewhere)
        conditionFaults += reader.faults
        return all
    }

    /// One condition that stands at a place of its own.
    mutating func condition(_ value: Value, at path: ValuePath, about subject: ConditionSubject) -> Predicate?
    {
        var reader = ConditionReader(
            catalogue: catalogue, positions: properties.positions, edition: properties.edition,
            subject: subject)
        let predicate = reader.condition(value, at: path)
        conditionFaults += reader.faults
        return predicate
    }
}
