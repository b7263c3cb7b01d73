import ApusModel

extension TriggerReader {
    /// Reports the inputs that every start of the flow needs and this trigger does not give: no execution of it could
    /// begin. An error in edition 2; in edition 1, where flows were saved like this, a warning.
    ///
    /// - Parameter kind: The short name of the trigger's type: `Webhook`.
    mutating func requireInputs(of kind: String) {
        let given = properties.given("inputs")?.mapValue ?? [:]
        let missing = Self.missing(inputs, in: given)
        guard !missing.isEmpty else { return }
        let id = properties.text("id") ?? ""
        let place = properties.path.key("inputs")
        let names = missing.map { "'\($0)'" }.joined(separator: ", ")
        properties.add(
            Fault(
                properties.edition == .two ? .error : .warning,
                "Missing inputs for \(kind) Trigger '\(id)', missing inputs: \(names)", at: place,
                position: properties.positions.position(of: place),
                remedy: "give them in `inputs` of the trigger, or let the flow's inputs have defaults"))
    }

    /// Inputs without a default that are asked for in any case.
    private static func missing(
        _ inputs: [InputDefinition], in given: OrderedMap<Value>, prefix: String = ""
    ) -> [String] {
        inputs.flatMap { input -> [String] in
            let name = prefix + input.id
            if case .form(let inner) = input.type { return missing(inner, in: given, prefix: "\(name).") }
            let isAsked = input.isRequired && input.defaults == nil && input.dependsOn == nil
            return isAsked && !isGiven(name, in: given) ? [name] : []
        }
    }

    /// `a.b` is given under this name, or as `b` of the map `a`.
    private static func isGiven(_ name: String, in given: OrderedMap<Value>) -> Bool {
        if let value = given[name] { return !value.isNull }
        for place in name.indices where name[place] == "." {
            guard let inner = given[String(name[..<place])]?.mapValue else { continue }
            return isGiven(String(name[name.index(after: place)...]), in: inner)
        }
        return false
    }
}
