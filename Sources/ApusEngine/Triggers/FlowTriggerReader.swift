import ApusExpressions
import ApusModel

/// Makes the ways to write a flow trigger into one.
struct FlowTriggerReader {
    /// What one of them asks for.
    struct Group {
        var requirements: [FlowRequirement]
        var needed: Int
        var window: FlowWindow
        var resets = true
    }

    /// The states that the trigger itself names.
    private let states: Set<State>?
    let zone: ZoneRules

    static func compile(_ parts: inout TriggerReader) -> FlowTrigger? {
        let states =
            parts.properties.given("states").map { _ in TriggerCompiler.states("states", &parts.properties) }
        guard let zone = try? ZoneRules.named(parts.timeZone) else {
            parts.properties.fault("`\(parts.timeZone)` is not a time zone", at: "type")
            return nil
        }
        let reader = FlowTriggerReader(states: states, zone: zone)
        let groups = reader.groups(&parts)
        let miss = reader.miss(&parts.properties)
        if groups.count > 1 {
            parts.properties.fault(
                "a Flow trigger has one of `preconditions`, `dependsOn` and a MultipleCondition, and once",
                remedy: "write a trigger for each")
        }
        let group = groups.first ?? reader.simple(&parts)
        if miss != nil, group.window.nextEnd(after: Timestamp(microseconds: 0)) == nil {
            parts.properties.fault(
                "`onMiss` needs a window that closes: a `deadline`, `from` and `to`, or `every`", at: "onMiss"
            )
        }
        reader.warn(&parts.properties, group)
        reader.warnOfMissingInputs(&parts)
        guard !group.requirements.isEmpty else { return nil }
        let isFirst = parts.properties.edition == .one
        return FlowTrigger(
            requirements: group.requirements, needed: group.needed, window: group.window,
            resets: group.resets, miss: miss, outputs: isFirst ? .merged : .nested,
            inputsSeeTrigger: !isFirst, failsOnInputs: !isFirst,
            mayLeaveOutInputs: isFirst && parts.properties.given("inputs") == nil,
            fingerprint: reader.fingerprint(parts.properties.map))
    }

    private func groups(_ parts: inout TriggerReader) -> [Group] {
        var groups = multipleConditions(&parts)
        if let group = preconditions(&parts) { groups.append(group) }
        if let group = dependencies(&parts) { groups.append(group) }
        return groups
    }

    /// A trigger of conditions alone.
    private func simple(_ parts: inout TriggerReader) -> Group {
        var requirement = FlowRequirement(key: "execution", states: effective(nil))
        for condition in parts.properties.given("conditions")?.listValue ?? [] {
            restrict(&requirement, by: condition, parts.catalogue)
        }
        let window = window(&parts.properties)
        return Group(requirements: [requirement], needed: 1, window: window)
    }

    /// The states in which an execution is looked at: those of the requirement, as far as the trigger lets them.
    func effective(_ own: Set<State>?) -> Set<State> {
        switch (own, states) {
        case (let own?, let states?): own.intersection(states)
        case (let own?, nil): own
        case (nil, let states?): states
        case (nil, nil): FlowRequirement.defaultStates
        }
    }

    private func warn(_ properties: inout PropertyReader, _ group: Group) {
        if properties.given("allowConcurrent") != nil {
            properties.add(
                Fault(
                    .warning,
                    "`allowConcurrent` makes no difference to a Flow trigger: each execution it waits for starts one",
                    at: properties.path.key("allowConcurrent"),
                    position: properties.positions.positionOfKey(properties.path.key("allowConcurrent")),
                    remedy: "limit the flow with `concurrency`"))
        }
        if let requirement = group.requirements.first(where: \.states.isEmpty) {
            properties.add(
                Fault(
                    .warning,
                    "`\(requirement.key)` waits for states that `states` of the trigger leaves out: it never fires",
                    at: properties.path.key("states"),
                    position: properties.positions.position(of: properties.path.key("states"))))
        }
    }

    private func warnOfMissingInputs(_ parts: inout TriggerReader) {
        let resolver = InputResolver(definitions: parts.inputs, edition: parts.properties.edition)
        let missing = resolver.check(written: parts.properties.given("inputs")?.mapValue ?? [:]).missing
        guard !missing.isEmpty else { return }
        let path = parts.properties.path.key("inputs")
        let names = missing.map { "`\($0)`" }.joined(separator: ", ")
        parts.properties.add(
            Fault(
                .warning, "the flow requires \(names), which the trigger does not give", at: path,
                position: parts.properties.positions.position(of: path), remedy: "add to its `inputs`"))
    }

    private func miss(_ properties: inout PropertyReader) -> FlowMiss? {
        properties.inside("onMiss") { inner in
            FlowMiss(labels: Self.labels(&inner))
        }
    }

    /// Labels that are compared or given as they stand.
    static func labels(_ properties: inout PropertyReader) -> [Label] {
        guard let value = properties.given("labels") else { return [] }
        guard let labels = LabelValues.read(value) else {
            properties.fault("expected labels, each a key with a text", at: "labels")
            return []
        }
        return labels
    }

    private func fingerprint(_ map: OrderedMap<Value>) -> String {
        var parts: OrderedMap<Value> = ["zone": .string(zone.name ?? "")]
        for key in [
            "states", "conditions", "preconditions", "dependsOn", "mode", "minSatisfied", "window", "onMiss",
        ] {
            if let value = map[key] { parts[key] = value }
        }
        return Value.map(parts).json
    }
}

extension TriggerReader {
    /// Reads each map of a list below a reader. Its templates are not for the analysis: they see another execution.
    static func each<Result>(
        _ key: String, of properties: inout PropertyReader,
        _ read: (inout PropertyReader, Int) -> Result?
    ) -> [Result] {
        var results: [Result] = []
        for (place, item) in (properties.given(key)?.listValue ?? []).enumerated() {
            guard let map = item.mapValue else { continue }
            var inner = PropertyReader(
                map, at: properties.path.key(key).index(place), positions: properties.positions,
                edition: properties.edition)
            if let result = read(&inner, place) { results.append(result) }
            for fault in inner.faults { properties.add(fault) }
        }
        return results
    }
}
