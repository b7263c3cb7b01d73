import ApusHTTP
import ApusModel

/// The server itself: whether it lives, whether it can work, what it is.
enum ServerEndpoints {
    static let all = [
        Endpoint("GET", "ping", "Answers `pong`.", scope: .root, isOpen: true) { _ in .text("pong") },
        Endpoint("GET", "health", "Says whether the process lives.", scope: .root, isOpen: true) { _ in
            .json(["status": "UP"])
        },
        Endpoint(
            "GET", "ready", "Says whether the server can do its work: 200 or 503.", scope: .root,
            isOpen: true,
            handler: ready),
        Endpoint(
            "GET", "configs", "Reads what clients need to know of the server.", scope: .version,
            handler: configs),
        Endpoint("GET", "openapi.json", "Reads this document.", scope: .version) { call in
            .json(OpenAPIDocument.value(makeEndpoints(), version: call.services.facts.version))
        },
    ]

    private static func ready(_ call: Call) async throws -> Response {
        let obstacles = await call.services.obstacles()
        guard !obstacles.isEmpty else { return .json(["status": "UP"]) }
        return .json(["status": "DOWN", "obstacles": .list(obstacles.map { .string($0) })], status: 503)
    }

    private static func configs(_ call: Call) async throws -> Response {
        let facts = call.services.facts
        var values: OrderedMap<Value> = [
            "uuid": .string(facts.uuid),
            "version": .string(facts.version),
            "isCustomDashboardsEnabled": false,
            "isTaskRunEnabled": false,
            "isAnonymousUsageEnabled": false,
            "isTemplateEnabled": false,
            "preview": ["initial": 100, "max": 5000],
            "isBasicAuthEnabled": .bool(facts.isBasicAuthEnabled),
            "systemNamespace": .string(FlowScope.systemNamespace),
            "hiddenLabelsPrefixes": ["system.", "internal."],
        ]
        if let commit = facts.commit { values["commitId"] = .string(commit) }
        return .json(.map(values))
    }
}
