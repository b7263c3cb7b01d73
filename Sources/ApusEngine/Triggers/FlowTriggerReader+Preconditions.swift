import ApusModel
import ApusSchema

/// `preconditions`, and conditions of the type MultipleCondition: the older ways to wait for several executions.
extension FlowTriggerReader {
    func preconditions(_ parts: inout TriggerReader) -> Group? {
        parts.properties.inside("preconditions") { inner in
            var requirements = TriggerReader.each("flows", of: &inner) { item, place in
                let states = item.given("states").map { _ in TriggerCompiler.states("states", &item) }
                return FlowRequirement(
                    key: "flows[\(place)]", namespace: item.text("namespace"), flowID: item.text("flowId"),
                    states: effective(states), labels: Self.labels(&item))
            }
            requirements += TriggerReader.each("where", of: &inner) { item, place in
                filtered(&item, key: "where[\(place)]")
            }
            if requirements.isEmpty {
                inner.fault(
                    "`preconditions` needs `flows` or `where`", remedy: "say which executions are waited for")
            }
            return Group(
                requirements: requirements, needed: max(1, requirements.count),
                window: timeWindow(&inner), resets: inner.flag("resetOnSuccess", default: true))
        }
    }

    private func filtered(_ item: inout PropertyReader, key: String) -> FlowRequirement? {
        let filters = TriggerReader.each("filters", of: &item) { filter, _ in FlowFilter(&filter) }
        guard !filters.isEmpty else {
            if item.given("filters")?.listValue?.isEmpty == true {
                item.fault("must not be empty", at: "filters", remedy: "add at least one filter")
            }
            return nil
        }
        var requirement = FlowRequirement(key: key, states: effective(nil))
        if item.given("operand")?.stringValue == "OR" {
            requirement.condition = .any(filters.map(\.predicate))
        } else {
            requirement.condition = .all(filters.map(\.predicate))
            requirement.namespace = filters.lazy.compactMap(\.namespace).first
            requirement.flowID = filters.lazy.compactMap(\.flowID).first
        }
        return requirement
    }

    /// The conditions of this type, which are left out of the others.
    func multipleConditions(_ parts: inout TriggerReader) -> [Group] {
        var groups: [Group] = []
        let items = parts.properties.given("conditions")?.listValue ?? []
        for (place, item) in items.enumerated() {
            guard let map = item.mapValue, ConditionTypes.isMultiple(item, parts.catalogue) else { continue }
            parts.readElsewhere.insert(place)
            let path = parts.properties.path.key("conditions").index(place)
            if let group = multiple(map, at: path, &parts) { groups.append(group) }
        }
        return groups
    }

    private func multiple(_ map: OrderedMap<Value>, at path: ValuePath, _ parts: inout TriggerReader)
        -> Group?
    {
        let schema = ConditionTypes.multiple
        var own = map
        own["type"] = nil
        let found = schema.validate(
            own, at: path, positions: parts.properties.positions, catalogue: parts.catalogue)
        for fault in found { parts.properties.add(fault) }
        guard found.isEmpty, let conditions = map["conditions"]?.mapValue else { return nil }
        var reader = PropertyReader(
            map, at: path, positions: parts.properties.positions, edition: parts.properties.edition)
        var requirements: [FlowRequirement] = []
        for (key, condition) in conditions {
            var requirement = FlowRequirement(key: key, states: effective(nil))
            restrict(&requirement, by: condition, parts.catalogue)
            if let predicate = parts.condition(condition, at: path.key("conditions").key(key), about: .firing)
            {
                requirement.condition = predicate
            }
            requirements.append(requirement)
        }
        if requirements.isEmpty {
            reader.fault("must not be empty", at: "conditions", remedy: "add at least one condition")
        }
        let window = timeWindow(&reader)
        let resets = reader.flag("resetOnSuccess", default: true)
        for fault in reader.faults { parts.properties.add(fault) }
        return Group(
            requirements: requirements, needed: max(1, requirements.count), window: window, resets: resets)
    }

    /// Only executions of a flow or namespace that a condition names come into question: they are found by it.
    func restrict(_ requirement: inout FlowRequirement, by condition: Value, _ catalogue: Catalogue) {
        guard let type = condition["type"]?.stringValue.flatMap(catalogue.canonicalName) else { return }
        let namespace = condition["namespace"]?.stringValue.flatMap { $0.contains("{") ? nil : $0 }
        switch type {
        case "io.kestra.plugin.core.condition.ExecutionFlow":
            let flowID = condition["flowId"]?.stringValue.flatMap { $0.contains("{") ? nil : $0 }
            requirement.namespace = requirement.namespace ?? namespace
            requirement.flowID = requirement.flowID ?? flowID
        case "io.kestra.plugin.core.condition.ExecutionNamespace":
            let isExact =
                condition["prefix"].map { $0 == false || $0.isNull } ?? true
                && condition["comparison"].map { $0 == "EQUALS" || $0.isNull } ?? true
            if isExact { requirement.namespace = requirement.namespace ?? namespace }
        default: break
        }
    }
}
