import ApusEngine
import ApusModel

/// The answer of a check of inputs: for each its definition, its value, and what is wrong with it; and the checks of
/// the flow that a start would fail.
enum InputCheckJSON {
    static func bytes(
        flow: CompiledFlow, given: [(id: String, value: GivenInput)], _ resolution: InputResolution,
        failedChecks: [FailedCheck]
    ) -> [UInt8] {
        let written = FlowJSON.inputs(flow.definition["inputs"] ?? .list([]))
        return JSONWriter.object(capacity: 1024) { object in
            object.field("id", flow.reference.id)
            object.field("namespace", flow.reference.namespace)
            object.list("inputs", resolution.states) { state, writer in
                writer.object {
                    $0.field("input", definition(state.id, in: written) ?? ["id": .string(state.id)])
                    $0.field("value", state.value ?? sent(state.id, given))
                    $0.field("enabled", state.isEnabled)
                    $0.field("isDefault", state.isDefault)
                    let faults = resolution.faults.filter { $0.id == state.id }
                    $0.list("errors", faults) { fault, writer in
                        writer.object { $0.field("message", fault.message) }
                    }
                }
            }
            object.list("checks", failedChecks) { check, writer in
                writer.object {
                    $0.field("message", check.message)
                    $0.field("style", check.style.rawValue)
                    $0.field("behavior", check.behavior.rawValue)
                }
            }
        }
    }

    /// The definition of an input, inputs of forms included.
    private static func definition(_ id: String, in written: Value, prefix: String = "") -> Value? {
        guard case .list(let items) = written else { return nil }
        for item in items {
            guard let own = item["id"]?.stringValue else { continue }
            if prefix + own == id { return item }
            if let nested = item["inputs"],
                let found = definition(id, in: nested, prefix: "\(prefix)\(own).")
            {
                return found
            }
        }
        return nil
    }

    /// A faulty value is shown as it was sent.
    private static func sent(_ id: String, _ given: [(id: String, value: GivenInput)]) -> Value? {
        switch given.last(where: { $0.id == id })?.value {
        case .text(let text): .string(text)
        case .value(let value): value
        case .file(_, let name): .string(name)
        case nil: nil
        }
    }
}
