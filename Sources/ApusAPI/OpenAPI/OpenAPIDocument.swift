import ApusModel

/// The OpenAPI 3.1 document of a list of endpoints.
enum OpenAPIDocument {
    static func value(_ endpoints: [Endpoint], version: String) -> Value {
        var paths = OrderedMap<Value>()
        for endpoint in endpoints {
            guard let path = endpoint.paths.first else { continue }
            var operations = paths[path]?.mapValue ?? [:]
            operations[endpoint.method.lowercased()] = operation(endpoint)
            paths[path] = .map(operations)
        }
        return [
            "openapi": "3.1.0",
            "info": ["title": "Apus", "version": .string(version)],
            "paths": .map(paths),
            "components": ["schemas": ["Error": errorSchema]],
        ]
    }

    private static func operation(_ endpoint: Endpoint) -> Value {
        var operation: OrderedMap<Value> = [
            "operationId": .string(identifier(endpoint)), "summary": .string(endpoint.summary),
        ]
        if let resource = endpoint.pattern.split(separator: "/").first {
            operation["tags"] = [.string(String(resource))]
        }
        let parameters = endpoint.pathParameters.map(pathParameter) + endpoint.query.map(queryParameter)
        if !parameters.isEmpty { operation["parameters"] = .list(parameters) }
        if endpoint.body != .none {
            operation["requestBody"] = ["content": .map([endpoint.body.rawValue: ["schema": [:]]])]
        }
        if endpoint.isDeprecated { operation["deprecated"] = true }
        if endpoint.isOpen { operation["security"] = [] }
        operation["responses"] = [
            "2XX": ["description": "Done"],
            "4XX": [
                "description": "Refused",
                "content": ["application/json": ["schema": ["$ref": "#/components/schemas/Error"]]],
            ],
        ]
        return .map(operation)
    }

    /// `get_flows_namespace_id`: from method and pattern, so that it never changes by itself.
    private static func identifier(_ endpoint: Endpoint) -> String {
        let words = endpoint.pattern.split(whereSeparator: { !$0.isLetter && !$0.isNumber })
        return ([endpoint.method.lowercased()] + words.map(String.init)).joined(separator: "_")
    }

    private static func pathParameter(_ name: String) -> Value {
        ["name": .string(name), "in": "path", "required": true, "schema": ["type": "string"]]
    }

    private static func queryParameter(_ parameter: Endpoint.QueryParameter) -> Value {
        [
            "name": .string(parameter.name), "in": "query", "required": .bool(parameter.isRequired),
            "description": .string(parameter.summary), "schema": ["type": "string"],
        ]
    }

    private static let errorSchema: Value = [
        "type": "object",
        "required": ["message"],
        "properties": [
            "message": ["type": "string"],
            "_links": ["type": "object"],
            "_embedded": ["type": "object"],
            "faults": [
                "type": "array",
                "items": [
                    "type": "object",
                    "properties": [
                        "severity": ["type": "string"], "message": ["type": "string"],
                        "path": ["type": "string"],
                        "line": ["type": "integer"], "column": ["type": "integer"],
                        "remedy": ["type": "string"],
                    ],
                ],
            ],
        ],
    ]
}

extension Endpoint {
    /// The names between braces, in order.
    var pathParameters: [String] {
        pattern.split(separator: "/").compactMap { part in
            guard part.hasPrefix("{"), part.hasSuffix("}") else { return nil }
            return String(part.dropFirst().dropLast().filter { $0 != "*" })
        }
    }
}
