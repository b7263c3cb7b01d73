import ApusModel

/// `dependsOn`, `mode` and `minSatisfied`.
extension FlowTriggerReader {
    func dependencies(_ parts: inout TriggerReader) -> Group? {
        let requirements = TriggerReader.each("dependsOn", of: &parts.properties) { item, place in
            let states = item.given("states").map { _ in TriggerCompiler.states("states", &item) }
            return FlowRequirement(
                key: "dependsOn[\(place)]", namespace: item.text("namespace"), flowID: item.text("flowId"),
                states: effective(states), labels: Self.labels(&item),
                condition: item.template("when").map(Predicate.template) ?? .all([]))
        }
        guard !requirements.isEmpty else {
            for key in ["mode", "minSatisfied"] where parts.properties.given(key) != nil {
                parts.properties.fault("`\(key)` needs `dependsOn`", at: key)
            }
            return nil
        }
        return Group(
            requirements: requirements, needed: needed(of: requirements.count, &parts.properties),
            window: window(&parts.properties))
    }

    private func needed(of count: Int, _ properties: inout PropertyReader) -> Int {
        let mode = properties.given("mode")?.stringValue.flatMap(FlowMode.init(rawValue:)) ?? .all
        let least = properties.integer("minSatisfied", atLeast: 1)
        if least != nil, mode != .atLeast {
            let path = properties.path.key("minSatisfied")
            properties.add(
                Fault(
                    .warning,
                    "`minSatisfied` counts only with `mode: AT_LEAST`; the mode is \(mode.rawValue)",
                    at: path, position: properties.positions.position(of: path)))
        }
        switch mode {
        case .all: return count
        case .any: return 1
        case .atLeast:
            guard properties.given("minSatisfied") != nil else {
                properties.fault(
                    "`mode: AT_LEAST` needs `minSatisfied`", at: "mode",
                    remedy: "add `minSatisfied`, from 1 to \(count)")
                return count
            }
            if let least, least > count {
                properties.fault(
                    "`minSatisfied` is \(least), but `dependsOn` has \(count)", at: "minSatisfied",
                    remedy: "write a number from 1 to \(count)")
            }
            return min(least ?? count, count)
        }
    }
}
