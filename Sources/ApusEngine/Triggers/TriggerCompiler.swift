import ApusExpressions
import ApusModel
import ApusSchema

/// Makes the triggers of a flow ready to fire.
struct TriggerCompiler {
    let catalogue: Catalogue
    let positions: PositionMap
    let edition: Edition
    let inputs: [InputDefinition]
    let timeZone: String
    let missedTicks: MissedTicks
    private(set) var triggers: [CompiledTrigger] = []
    private(set) var faults: [Fault] = []

    init(
        catalogue: Catalogue, positions: PositionMap, edition: Edition, inputs: [InputDefinition],
        timeZone: String, missedTicks: MissedTicks
    ) {
        self.catalogue = catalogue
        self.positions = positions
        self.edition = edition
        self.inputs = inputs
        self.timeZone = timeZone
        self.missedTicks = missedTicks
    }

    private static let path = ValuePath().key("triggers")

    private mutating func fault(_ message: String, at path: ValuePath, remedy: String? = nil) {
        faults.append(Fault(message, at: path, position: positions.position(of: path), remedy: remedy))
    }

    mutating func read(_ value: Value?) {
        guard let value, !value.isNull else { return }
        guard let items = value.listValue else {
            return fault("expected a list of triggers, found a \(value.kind)", at: Self.path)
        }
        for (place, item) in items.enumerated() { trigger(item, at: Self.path.index(place)) }
        refuseDoubles(items)
        refuseDoublePreconditions(items)
    }

    /// Compiles one trigger, on its own.
    mutating func trigger(_ value: Value, at path: ValuePath) {
        guard let map = value.mapValue else {
            return fault("expected a trigger with an `id` and a `type`, found a \(value.kind)", at: path)
        }
        var reader = PropertyReader(map, at: path, positions: positions, edition: edition)
        let id = Self.identifier(&reader)
        guard let written = reader.text("type") else {
            reader.fault("Invalid type: null", at: "type", remedy: "give the trigger a `type`")
            return faults += reader.faults
        }
        guard let schema = catalogue.schema(named: written), schema.kind == .trigger,
            let type = TriggerTypes.named(schema.type) ?? TriggerType(plugin: schema)
        else {
            reader.fault(
                "Invalid type: \(written)", at: "type",
                remedy: NearestName.of(
                    written, among: catalogue.all.filter { $0.kind == .trigger }.map(\.type)
                ).map {
                    "did you mean `\($0)`?"
                } ?? "no trigger of this name can be used here")
            return faults += reader.faults
        }
        if written != schema.type {
            faults.append(
                Fault(
                    .info, "\(written) is replaced by \(schema.type)", at: path,
                    position: positions.position(of: path.key("type"))))
        }
        faults += schema.validate(map, at: path, positions: positions, catalogue: catalogue)
        var parts = TriggerReader(
            properties: reader, written: written, inputs: inputs, timeZone: timeZone,
            missedTicks: missedTicks, catalogue: catalogue)
        let kind = type.compile(&parts)
        let trigger = kind.flatMap { common(id: id, type: type, kind: $0, value, &parts) }
        faults += parts.properties.faults + parts.conditionFaults
        if let trigger { triggers.append(trigger) }
    }

    /// What every trigger has.
    private func common(
        id: String, type: TriggerType, kind: CompiledTrigger.Kind, _ value: Value,
        _ parts: inout TriggerReader
    ) -> CompiledTrigger? {
        var conditions =
            parts.conditions("conditions", about: type.subject)
            + parts.conditions("scheduleConditions", about: type.subject)
        if let when = parts.properties.template("when") { conditions.append(.template(when)) }
        let labels = Self.labels(&parts.properties)
        let inputs = parts.properties.inside("inputs") { $0.tree(of: $0.map) }
        WorkerChoice.check(&parts.properties)
        if parts.properties.given("assets") != nil {
            parts.properties.fault(
                "assets belong to Kestra's enterprise edition and are not kept here", at: "assets",
                remedy: "remove `assets`")
        }
        if parts.properties.flag("logToFile") {
            parts.warn(
                "`logToFile` does nothing for a trigger: its lines stay in the log", at: "logToFile",
                remedy: "remove it")
        }
        let level = parts.properties.choice("logLevel", LogLevel.self)
        return CompiledTrigger(
            id: id, type: type.schema.type, kind: kind, definition: value,
            isDisabled: parts.properties.flag("disabled"), condition: .all(conditions), inputs: inputs,
            labels: labels, stopAfter: Self.states("stopAfter", &parts.properties),
            allowsConcurrent: parts.properties.flag("allowConcurrent"),
            failsOnError: parts.properties.flag("failOnTriggerError"),
            logLevel: level ?? parts.properties.choice("minLogLevel", LogLevel.self))
    }

    static func states(_ key: String, _ reader: inout PropertyReader) -> Set<State> {
        // The type's declaration says which names there are.
        Set(
            (reader.given(key)?.listValue ?? []).compactMap { $0.stringValue.flatMap(State.init(rawValue:)) })
    }

    private static func identifier(_ reader: inout PropertyReader) -> String {
        guard let id = reader.text("id"), !id.isEmpty else {
            reader.fault("must not be null", at: "id", remedy: "give the trigger an `id`")
            return ""
        }
        let letters = id.unicodeScalars
        let isValid =
            letters.first?.isLetterOrDigit == true
            && letters.allSatisfy { $0.isLetterOrDigit || $0 == "_" || $0 == "-" } && id.utf8.count <= 256
        if !isValid {
            reader.fault(
                "`\(id)` is not a valid trigger id: letters, digits, `_` and `-`, beginning with a letter or digit, at most 256 characters",
                at: "id")
        }
        return id
    }

    private static func labels(_ reader: inout PropertyReader) -> [TriggerLabel] {
        let (labels, faults) = Labels.read(reader.given("labels"), reader, [])
        for fault in faults { reader.add(fault) }
        return labels.compactMap { label in
            reader.compiled(label.value, at: "labels").map { TriggerLabel(key: label.key, value: $0) }
        }
    }

    private mutating func refuseDoubles(_ items: [Value]) {
        var seen: [String: Int] = [:]
        var last: Int?
        var doubles: [String] = []
        for (place, item) in items.enumerated() {
            guard let id = item["id"]?.stringValue else { continue }
            seen[id, default: 0] += 1
            guard seen[id, default: 0] > 1 else { continue }
            last = place
            if !doubles.contains(id) { doubles.append(id) }
        }
        guard let last else { return }
        fault(
            "Duplicate trigger id with name [\(doubles.joined(separator: ", "))]",
            at: Self.path.index(last).key("id"))
    }

    private mutating func refuseDoublePreconditions(_ items: [Value]) {
        var seen: Set<String> = []
        for (place, item) in items.enumerated() {
            guard let id = item["preconditions"]?["id"]?.stringValue, !seen.insert(id).inserted else {
                continue
            }
            fault(
                "Duplicate preconditions with id [\(id)]",
                at: Self.path.index(place).key("preconditions").key("id"))
        }
    }
}
