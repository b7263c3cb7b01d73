import ApusModel
import ApusSchema

/// Conditions on an execution.
extension ConditionType {
    private static let states = State.allCases.map(\.rawValue)

    static let onExecutions: [ConditionType] = [
        status, flow, namespace, labels, outputs, ownFlow, ownNamespace,
    ]

    private static let status = ConditionType(
        "ExecutionStatus", "The state of the execution.",
        properties: [
            property("in", "It is one of these.", .list(.enumeration(states))),
            property("notIn", "It is none of these.", .list(.enumeration(states))),
        ]
    ) { reader in
        var parts: [String] = []
        if let names = reader.texts("in") { parts.append("\(reader.subject.state) isIn \(names)") }
        if let names = reader.texts("notIn") { parts.append("not (\(reader.subject.state) isIn \(names))") }
        return parts.isEmpty ? .all([]) : reader.holds(ExpressionText.all(parts))
    }

    private static let flow = ConditionType(
        "ExecutionFlow", "The flow of the execution.",
        properties: [
            property("namespace", "Its namespace.", .string, isRequired: true),
            property("flowId", "Its id.", .string, isRequired: true),
        ], compile: sameFlow)

    private static let ownFlow = ConditionType(
        "FlowCondition", "The flow, by namespace and id.",
        properties: [
            property("namespace", "Its namespace.", .string, isRequired: true),
            property("flowId", "Its id.", .string, isRequired: true),
        ], compile: sameFlow)

    private static let sameFlow: @Sendable (inout ConditionReader) -> Predicate? = { reader in
        guard let namespace = reader.text("namespace"), let id = reader.text("flowId") else { return nil }
        let subject = reader.subject
        return reader.holds(
            ExpressionText.all(["\(subject.namespace) == \(namespace)", "\(subject.flow) == \(id)"]))
    }

    private static let namespace = ConditionType(
        "ExecutionNamespace", "The namespace of the execution's flow.",
        properties: [
            property("namespace", "What it is compared with.", .string, isRequired: true),
            property("comparison", "How.", .enumeration(["EQUALS", "PREFIX", "SUFFIX"])),
            property("prefix", "The older way to write `comparison: PREFIX`.", .boolean, default: false),
        ], compile: sameNamespace)

    private static let ownNamespace = ConditionType(
        "FlowNamespaceCondition", "The namespace of the flow.",
        properties: [
            property("namespace", "What it is compared with.", .string, isRequired: true),
            property("prefix", "It may also begin with it.", .boolean, default: false),
        ], compile: sameNamespace)

    private static let sameNamespace: @Sendable (inout ConditionReader) -> Predicate? = { reader in
        guard let wanted = reader.text("namespace") else { return nil }
        let own = reader.subject.namespace
        let isPrefix =
            reader.properties.given("prefix") == true || reader.properties.given("prefix") == "true"
        switch reader.properties.given("comparison")?.stringValue ?? (isPrefix ? "PREFIX" : "EQUALS") {
        case "PREFIX": return reader.holds("\(own) | startsWith(\(wanted))")
        case "SUFFIX": return reader.holds("\(own) | endsWith(\(wanted))")
        default: return reader.holds("\(own) == \(wanted)")
        }
    }

    private static let labels = ConditionType(
        "ExecutionLabels", "Labels the execution has, all of them.",
        properties: [
            property(
                "labels", "A map, or a list of `{key, value}`.", .either([.map(.any), .list(.any)]),
                isRequired: true)
        ]
    ) { reader in
        var pairs: [(String, Value)] = []
        switch reader.properties.given("labels") {
        case .map(let entries)?: pairs = entries.map { ($0, $1) }
        case .list(let items)?:
            pairs = items.compactMap { item in
                item["key"]?.stringValue.map { ($0, item["value"] ?? .null) }
            }
        default: break
        }
        let parts = pairs.map { key, value in
            let steps = key.split(separator: ".").map { "[\(ExpressionText.quoted(String($0)))]" }.joined()
            let wanted = ExpressionText.rendered(value.stringValue ?? value.json)
            return "(\(reader.subject.labels)\(steps) ?? null) == \(wanted)"
        }
        return parts.isEmpty ? .all([]) : reader.holds(ExpressionText.all(parts))
    }

    private static let outputs = ConditionType(
        "ExecutionOutputs", "An expression over the outputs of the execution.",
        properties: [property("expression", "Must be truthy.", .string, isRequired: true)]
    ) { reader in
        let expression = reader.template("expression")
        guard let outputs = reader.subject.outputs else { return expression }
        // Without outputs it does not hold, whatever it says.
        let hasOutputs = reader.holds("(\(outputs) ?? null) != null")
        return .all([hasOutputs, expression].compactMap(\.self))
    }
}
