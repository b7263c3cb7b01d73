internal import ApusExpressions
internal import ApusModel

/// Properties that all inputs have, and readers of plain ones.
extension InputParser {
    private static let common = [
        "id", "name", "type", "displayName", "description", "required", "defaults", "prefill", "dependsOn",
    ]

    /// What a type has besides the common properties.
    private static func own(_ typeName: String) -> [String] {
        switch typeName {
        case "STRING", "SECRET": ["validator"]
        case "SELECT": ["values", "expression", "allowCustomValue", "isRadio", "autoSelectFirst"]
        case "MULTISELECT":
            ["values", "options", "expression", "itemType", "allowCustomValue", "autoSelectFirst"]
        case "ENUM": ["values"]
        case "INT", "FLOAT", "DURATION": ["min", "max"]
        case "DATETIME", "DATE", "TIME": ["after", "before"]
        case "FILE": ["allowedFileExtensions", "extension"]
        case "JSON": ["jsonSchema"]
        case "ARRAY": ["itemType"]
        case "FORM": ["inputs"]
        default: []
        }
    }

    mutating func refuseUnknown(_ typeName: String, in declaration: Declaration) {
        let known = Self.common + Self.own(typeName)
        for key in declaration.map.keys where !known.contains(key) {
            let path = declaration.path.key(key)
            faults.append(
                Fault(
                    .error,
                    "Unrecognized field \"\(InputRefusal.shortened(key))\": inputs of type \(typeName) have no such property",
                    at: path, position: positions.positionOfKey(path),
                    remedy: NearestName.of(key, among: known).map { "did you mean `\($0)`?" }))
        }
    }

    mutating func text(_ key: String, of declaration: Declaration) -> String? {
        guard let value = declaration.given(key) else { return nil }
        guard let text = value.scalarText else {
            fault("expected a text, found a \(value.kind)", at: declaration.path.key(key))
            return nil
        }
        return text
    }

    mutating func flag(_ key: String, of declaration: Declaration) -> Bool? {
        switch declaration.given(key) {
        case nil: return nil
        case .bool(let flag)?: return flag
        case .string("true")?: return true
        case .string("false")?: return false
        case .some(let value):
            fault("expected true or false, found \(value.kind)", at: declaration.path.key(key))
            return nil
        }
    }

    mutating func template(_ key: String, of declaration: Declaration) -> Template? {
        guard let text = text(key, of: declaration) else { return nil }
        return templates.template(text, at: declaration.path.key(key))
    }

    /// A list of texts; other scalars are taken as texts.
    mutating func texts(_ value: Value, at path: ValuePath) -> [String]? {
        guard let items = value.listValue else {
            fault("expected a list, found a \(value.kind)", at: path)
            return nil
        }
        var texts: [String] = []
        for (place, item) in items.enumerated() {
            if let text = item.scalarText {
                texts.append(text)
            } else {
                fault("expected a text, found a \(item.kind)", at: path.index(place))
            }
        }
        return texts
    }

    mutating func dependency(of declaration: Declaration) -> InputDefinition.Dependency? {
        guard let value = declaration.given("dependsOn") else { return nil }
        let path = declaration.path.key("dependsOn")
        guard let map = value.mapValue else {
            fault("expected a map with `inputs` and `condition`, found a \(value.kind)", at: path)
            return nil
        }
        let inner = Declaration(map: map, path: path)
        for key in map.keys where key != "inputs" && key != "condition" {
            fault(
                "Unrecognized field \"\(key)\": `dependsOn` has `inputs` and `condition`", at: path.key(key))
        }
        let inputs = inner.given("inputs").flatMap { texts($0, at: path.key("inputs")) } ?? []
        return InputDefinition.Dependency(inputs: inputs, condition: template("condition", of: inner))
    }
}
