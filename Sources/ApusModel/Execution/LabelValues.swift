/// Labels as flows and expressions write them.
public enum LabelValues {
    /// A map, a list of `{key, value}`, or the JSON text of either; `nil` for anything else.
    public static func read(_ value: Value) -> [Label]? {
        switch value {
        case .map(let entries):
            var labels: [Label] = []
            for (key, value) in entries {
                guard let text = text(of: value) else { return nil }
                labels.append(Label(key, text))
            }
            return labels
        case .list(let items):
            var labels: [Label] = []
            for item in items {
                guard let key = item["key"]?.stringValue, let text = item["value"].flatMap(text) else {
                    return nil
                }
                labels.append(Label(key, text))
            }
            return labels
        case .string(let json):
            guard let parsed = try? JSONParser.parse(json), parsed.stringValue == nil else { return nil }
            return read(parsed)
        case .null, .bool, .int, .double, .extended:
            return nil
        }
    }

    private static func text(of value: Value) -> String? {
        switch value {
        case .string(let text): text
        case .bool, .int, .double: value.json
        case .extended(let extended): extended.text
        case .null: ""
        case .list, .map: nil
        }
    }
}
