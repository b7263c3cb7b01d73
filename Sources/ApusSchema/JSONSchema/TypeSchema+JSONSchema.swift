public import ApusModel

extension TypeSchema {
    /// The JSON Schema (2019-09) of the type's own properties, for editors and forms.
    ///
    /// Beyond the standard: `$dynamic` and `$required` on each property, `$deprecated` on the whole.
    public var jsonSchema: Value { jsonSchema(includingCommon: false) }

    /// - Parameter includingCommon: With the properties that all types of the kind have, `id` and `type` required.
    public func jsonSchema(includingCommon: Bool) -> Value {
        var schema: OrderedMap<Value> = [
            "$schema": "https://json-schema.org/draft/2019-09/schema", "type": "object",
            "title": .string(summary),
        ]
        if isDeprecated { schema["$deprecated"] = true }
        var all = properties
        if includingCommon {
            all += commonProperties.filter { common in !properties.contains { $0.name == common.name } }
        }
        var object = Self.objectSchema(all)
        if includingCommon, var entries = object["properties"]?.mapValue {
            entries["type"] = ["enum": .list(([type] + aliases).map(Value.string))]
            object["properties"] = .map(entries)
            let required =
                kind == .flow || kind == .runnable || kind == .inline || kind == .trigger
                ? ["id", "type"] : ["type"]
            object["required"] = .list(required.map(Value.string) + (object["required"]?.listValue ?? []))
        }
        for (key, value) in object { schema[key] = value }
        return .map(schema)
    }

    /// The JSON Schema of what a task of the type gives; of an unknown shape for types that do not say.
    public var outputsSchema: Value {
        guard let outputs else { return ["type": "object"] }
        return .map(Self.objectSchema(outputs))
    }

    fileprivate static func objectSchema(_ properties: [PropertySchema]) -> OrderedMap<Value> {
        var schema: OrderedMap<Value> = [
            "type": "object",
            "properties": .map(OrderedMap(properties.map { ($0.name, $0.jsonSchema) })),
        ]
        let required = properties.filter(\.isRequired).map { Value.string($0.name) }
        if !required.isEmpty { schema["required"] = .list(required) }
        schema["additionalProperties"] = false
        return schema
    }
}

extension PropertySchema {
    /// What the property accepts, its description and its default.
    var jsonSchema: Value {
        var schema = valueType.jsonSchema
        if isDynamic, !valueType.acceptsText {
            schema = ["anyOf": [.map(schema), ["type": "string", "pattern": "\\{[{%#]"]]]
        }
        if !description.isEmpty { schema["title"] = .string(description) }
        if let defaultValue { schema["default"] = defaultValue }
        schema["$dynamic"] = .bool(isDynamic)
        schema["$required"] = .bool(isRequired)
        return .map(schema)
    }
}

extension ValueType {
    fileprivate var jsonSchema: OrderedMap<Value> {
        switch self {
        case .any: [:]
        case .string: ["type": "string"]
        case .integer: ["type": "integer"]
        case .number: ["type": "number"]
        case .boolean: ["type": "boolean"]
        case .duration: ["type": "string", "format": "duration"]
        case .instant: ["type": "string", "format": "date-time"]
        case .enumeration(let names): ["type": "string", "enum": .list(names.map(Value.string))]
        case .list(let element): ["type": "array", "items": .map(element.jsonSchema)]
        case .map(let element): ["type": "object", "additionalProperties": .map(element.jsonSchema)]
        case .object(let properties): TypeSchema.objectSchema(properties)
        case .plugin: Self.typedObject(required: ["type"])
        case .tasks: ["type": "array", "items": .map(Self.typedObject(required: ["id", "type"]))]
        case .either(let alternatives): ["anyOf": .list(alternatives.map { .map($0.jsonSchema) })]
        }
    }

    private static func typedObject(required: [String]) -> OrderedMap<Value> {
        [
            "type": "object",
            "properties": .map(OrderedMap(required.map { ($0, ["type": "string"]) })),
            "required": .list(required.map(Value.string)),
        ]
    }
}
