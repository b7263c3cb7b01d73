import ApusModel

extension Concurrency {
    /// Reads the `concurrency` block of a flow; `nil` when there is none, or when it is wrong.
    init?(_ value: Value?, in flow: inout PropertyReader, faults: inout [Fault]) {
        guard let value else { return nil }
        guard case .map(let block) = value else {
            flow.fault(
                "expected a map, found a \(value.kind)", at: "concurrency",
                remedy: "write `concurrency: {limit: 1, behavior: QUEUE}`")
            return nil
        }
        var reader = PropertyReader(
            block, at: flow.path.key("concurrency"), positions: flow.positions, edition: flow.edition)
        reader.refuseUnknown(
            besides: ["limit", "behavior"], of: "io.kestra.core.models.flows.Concurrency")
        if reader.given("limit") == nil {
            reader.fault("must not be null", at: "limit", remedy: "say how many executions may run at once")
        }
        let limit = reader.integer("limit", atLeast: 1)
        let behavior = reader.choice("behavior", Behavior.self)
        faults += reader.faults
        guard let limit else { return nil }
        self.init(limit: limit, behavior: behavior ?? .queue)
    }
}
