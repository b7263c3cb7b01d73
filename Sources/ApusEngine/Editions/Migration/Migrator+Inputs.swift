import ApusModel

/// What changes in inputs.
extension Migrator {
    mutating func input(_ map: OrderedMap<Value>, at path: ValuePath) {
        let type = map["type"]?.stringValue ?? ""
        switch target {
        case .two:
            let modern = type == "ENUM" ? "SELECT" : type == "BOOLEAN" ? "BOOL" : type
            if modern != type {
                change(
                    "the type `\(type)` is `\(modern)` in edition 2", at: path.key("type"),
                    .replace(path.key("type"), .string(modern)))
            }
            if map["id"] == nil { rename("name", "id", in: map, at: path) }
            if type == "MULTISELECT" { rename("options", "values", in: map, at: path) }
        case .one:
            if map["jsonSchema"] != nil {
                leave("`jsonSchema` has no counterpart in edition 1", at: path.key("jsonSchema"))
            }
            if map["values"]?.listValue?.contains(where: { $0.mapValue != nil }) == true {
                leave(
                    "values have no labels in edition 1", at: path.key("values"),
                    remedy: "write the values alone")
            }
        }
        for (place, item) in (map["inputs"]?.listValue ?? []).enumerated() where type == "FORM" {
            if let inner = item.mapValue { input(inner, at: path.key("inputs").index(place)) }
        }
    }
}
