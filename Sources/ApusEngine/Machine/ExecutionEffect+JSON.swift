import ApusModel

/// Effects as parts of events that wait in the store.
extension ExecutionEffect {
    var json: Value {
        switch self {
        case .addLabels(let labels):
            ["type": "labels", "labels": .list(labels.map { [.string($0.key), .string($0.value)] })]
        case .setVariables(let variables, let overwrite):
            ["type": "set", "variables": .map(variables), "overwrite": .bool(overwrite)]
        case .unsetVariables(let names, let ignoreMissing):
            [
                "type": "unset", "names": .list(names.map { .string($0) }),
                "ignoreMissing": .bool(ignoreMissing),
            ]
        case .exit(let state): ["type": "exit", "state": .string(state.rawValue)]
        }
    }

    /// `nil` for JSON of another form, such as one a newer version wrote.
    init?(json: Value) {
        switch json["type"]?.stringValue {
        case "labels":
            let pairs = json["labels"]?.listValue?.compactMap(\.listValue) ?? []
            self = .addLabels(
                pairs.compactMap { pair in
                    guard pair.count == 2, let key = pair.first?.stringValue,
                        let value = pair.last?.stringValue
                    else { return nil }
                    return Label(key, value)
                })
        case "set":
            self = .setVariables(
                json["variables"]?.mapValue ?? [:], overwrite: json["overwrite"]?.boolValue ?? true)
        case "unset":
            self = .unsetVariables(
                json["names"]?.listValue?.compactMap(\.stringValue) ?? [],
                ignoreMissing: json["ignoreMissing"]?.boolValue ?? false)
        case "exit":
            guard let state = json["state"]?.stringValue.flatMap(State.init(rawValue:)) else { return nil }
            self = .exit(state)
        default: return nil
        }
    }
}
