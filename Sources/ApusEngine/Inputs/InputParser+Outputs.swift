internal import ApusExpressions
internal import ApusModel

/// Outputs are declared much like inputs.
extension InputParser {
    private static let outputProperties = ["id", "type", "value", "displayName", "description", "required"]

    mutating func outputs(_ list: Value, at path: ValuePath) -> [OutputDefinition] {
        if list.isNull { return [] }
        guard let items = list.listValue else {
            fault("expected a list of outputs, found a \(list.kind)", at: path)
            return []
        }
        var definitions: [OutputDefinition] = []
        for (place, item) in items.enumerated() {
            let here = path.index(place)
            guard let map = item.mapValue else {
                fault("expected an output with `id`, `type` and `value`, found \(item.kind)", at: here)
                continue
            }
            if let definition = output(Declaration(map: map, path: here)) { definitions.append(definition) }
        }
        if let first = doubles.first {
            fault(
                "Duplicate output with name [\(doubles.joined(separator: ", "))]", at: places[first] ?? path)
        }
        return definitions
    }

    private mutating func output(_ declaration: Declaration) -> OutputDefinition? {
        for key in declaration.map.keys where !Self.outputProperties.contains(key) {
            let path = declaration.path.key(key)
            faults.append(
                Fault(
                    .error,
                    "Unrecognized field \"\(InputRefusal.shortened(key))\": outputs have no such property",
                    at: path,
                    position: positions.positionOfKey(path),
                    remedy: NearestName.of(key, among: Self.outputProperties).map { "did you mean `\($0)`?" })
            )
        }
        let id = id(of: declaration, kind: "output")
        if let id { note(id, at: declaration.path) }
        let typeName = typeName(of: declaration, kind: "output")
        let value = value(of: declaration)
        guard let id, let typeName, let value, let type = outputType(typeName, at: declaration.path) else {
            return nil
        }
        return OutputDefinition(
            id: id, type: type, typeName: typeName, value: value,
            isRequired: flag("required", of: declaration) ?? true,
            displayName: text("displayName", of: declaration),
            description: text("description", of: declaration))
    }

    private mutating func outputType(_ name: String, at path: ValuePath) -> InputType? {
        guard let type = InputType(bare: name) else { return nil }
        if case .form = type {
            fault("an output cannot be of type FORM", at: path.key("type"))
            return nil
        }
        return type
    }

    private mutating func value(of declaration: Declaration) -> TemplateTree? {
        let path = declaration.path.key("value")
        guard let value = declaration.given("value") else {
            fault("the output has no `value`", at: declaration.path)
            return nil
        }
        return templates.tree(value, at: path)
    }
}
