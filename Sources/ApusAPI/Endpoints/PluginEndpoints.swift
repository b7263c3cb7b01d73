import ApusHTTP
import ApusModel
import ApusSchema

/// The catalogue of plugin types: what tasks there are, and what they take.
enum PluginEndpoints {
    static let all = [
        Endpoint("GET", "plugins", "Lists the plugin types by group.", scope: .version, handler: list),
        Endpoint(
            "GET", "plugins/groups/subgroups", "Lists the plugin types by group.", scope: .version,
            handler: list),
        Endpoint("GET", "plugins/inputs", "Lists the types of inputs.", scope: .version, handler: inputs),
        Endpoint(
            "GET", "plugins/schemas/{kind}", "Reads the JSON Schema of a flow, a task or a trigger.",
            scope: .version,
            query: [.init("arrayOf", "Of a list of them")], handler: schema),
        Endpoint(
            "GET", "plugins/{type}", "Reads the documentation and the JSON Schema of a plugin type.",
            scope: .version,
            query: [.init("all", "With the properties common to all types of its kind")], handler: get),
    ]

    private static func get(_ call: Call) async throws -> Response {
        let name = call.path("type")
        guard let schema = call.services.catalogue.schema(named: name) else {
            let nearest = call.services.catalogue.nearest(to: name).map { "; did you mean `\($0)`?" } ?? ""
            throw APIError.notFound("there is no plugin type `\(name)`\(nearest)")
        }
        let withCommon = try call.flag("all", default: false)
        return .json([
            "markdown": .string(schema.markdown),
            "schema": [
                "properties": schema.jsonSchema(includingCommon: withCommon),
                "outputs": schema.outputsSchema, "definitions": [:],
            ],
        ])
    }

    private static func schema(_ call: Call) async throws -> Response {
        guard let schema = CatalogueSchemas.schema(of: call.path("kind"), call.services.catalogue) else {
            throw APIError.notFound(
                "there is no schema of `\(call.path("kind"))`; flow, task and trigger have one")
        }
        guard try call.flag("arrayOf", default: false) else { return .json(schema) }
        return .json([
            "$schema": "https://json-schema.org/draft/2019-09/schema", "type": "array", "items": schema,
        ])
    }

    private static func inputs(_ call: Call) async throws -> Response {
        let names = [
            "STRING", "SELECT", "MULTISELECT", "INT", "FLOAT", "BOOL", "DATETIME", "DATE", "TIME", "DURATION",
            "FILE",
            "JSON", "YAML", "URI", "EMAIL", "SECRET", "ARRAY", "FORM",
        ]
        return .json(.list(names.map { ["type": .string($0), "cls": .string($0)] }))
    }

    private static func list(_ call: Call) async throws -> Response {
        let all = call.services.catalogue.all
        let groups = OrderedMap(all.map { (group(of: $0), true) }).keys.sorted()
        let values = groups.map { name in
            Self.value(of: name, all.filter { group(of: $0) == name })
        }
        return .json(.list(values))
    }

    /// The part of a type's name before its own: `io.kestra.plugin.core.flow.If` is of `io.kestra.plugin.core`.
    private static func group(of schema: TypeSchema) -> String {
        schema.type.split(separator: ".").prefix(4).joined(separator: ".")
    }

    private static func value(of group: String, _ schemas: [TypeSchema]) -> Value {
        func types(_ kinds: TypeSchema.Kind...) -> Value {
            .list(
                schemas.filter { kinds.contains($0.kind) }.sorted { $0.type < $1.type }.map {
                    [
                        "cls": .string($0.type), "deprecated": .bool($0.isDeprecated),
                        "title": .string($0.summary),
                    ]
                })
        }
        let name = group.split(separator: ".").last.map(String.init) ?? group
        return [
            "name": .string(name), "title": .string(name), "group": .string(group),
            "tasks": types(.runnable, .inline, .flow), "triggers": types(.trigger),
            "conditions": types(.condition),
            "taskRunners": types(.taskRunner), "storages": [], "secrets": [], "guides": [],
            "aliases": .list(schemas.flatMap(\.aliases).sorted().map { .string($0) }),
            "apps": [], "appBlocks": [], "categories": [],
        ]
    }
}

/// JSON Schemas made of many types.
enum CatalogueSchemas {
    /// `nil` for a kind that has none.
    static func schema(of kind: String, _ catalogue: Catalogue) -> Value? {
        switch kind.lowercased() {
        case "flow": flow(catalogue)
        case "task": anyOf(catalogue, [.runnable, .inline, .flow])
        case "trigger": anyOf(catalogue, [.trigger])
        default: nil
        }
    }

    private static func anyOf(_ catalogue: Catalogue, _ kinds: [TypeSchema.Kind]) -> Value {
        let schemas = catalogue.all.filter { kinds.contains($0.kind) }
        return ["anyOf": .list(schemas.map { $0.jsonSchema(includingCommon: true) })]
    }

    private static func flow(_ catalogue: Catalogue) -> Value {
        let tasks: Value = ["type": "array", "items": ["$ref": "#/definitions/task"]]
        return [
            "$schema": "https://json-schema.org/draft/2019-09/schema",
            "type": "object",
            "required": ["id", "namespace", "tasks"],
            "properties": [
                "id": ["type": "string"], "namespace": ["type": "string"], "description": ["type": "string"],
                "labels": ["type": ["object", "array"]], "inputs": ["type": "array"],
                "outputs": ["type": "array"],
                "variables": ["type": "object"], "tasks": tasks, "errors": tasks, "finally": tasks,
                "afterExecution": tasks, "disabled": ["type": "boolean"], "retry": ["type": "object"],
                "pluginDefaults": ["type": "array"],
                "triggers": ["type": "array", "items": ["$ref": "#/definitions/trigger"]],
            ],
            "definitions": [
                "task": anyOf(catalogue, [.runnable, .inline, .flow]),
                "trigger": anyOf(catalogue, [.trigger]),
            ],
        ]
    }
}
