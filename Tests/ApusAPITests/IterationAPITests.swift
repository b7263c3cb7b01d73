import ApusModel
import Testing

@testable import ApusAPI

@Suite struct IterationAPITests {
    private static let nested = """
        id: nested
        namespace: company.made
        labels: {team: data}
        inputs: [{id: day, type: STRING, defaults: monday}]
        tasks:
        - {id: before, type: io.kestra.plugin.core.debug.Return, format: x}
        - id: outer
          type: io.kestra.plugin.core.flow.Loop
          values: {x: 1, y: 2, z: 3}
          outputs: [{id: got, type: STRING, value: "{{ outputs.own.value }}"}]
          tasks:
          - {id: own, type: io.kestra.plugin.core.debug.Return, format: "{{ item.value }}"}
          - id: inner
            type: io.kestra.plugin.core.flow.Loop
            values: [p, q]
            tasks: [{id: leaf, type: io.kestra.plugin.core.debug.Return, format: "{{ item.value }}"}]
        """
    private let root = "/api/v1/main/executions"

    private func start(_ server: TestServer) async throws -> String {
        let saved = try await server.call("POST", "/api/v1/main/flows", body: Self.nested)
        try #require(saved.status == 200, "\(saved.text)")
        let answer = try await server.form(root + "/company.made/nested?wait=true")
        return try #require(answer["id"]?.stringValue, "\(answer.text)")
    }

    private func search(_ server: TestServer, _ parent: String, _ more: String = "") async throws -> [Value] {
        let answer = try await server.call("GET", root + "/search?kind=LOOP&parentId=\(parent)\(more)")
        return try #require(answer["results"]?.listValue, "\(answer.text)")
    }

    private func tasks(_ execution: Value) -> [String] {
        (execution["taskRunList"]?.listValue ?? []).compactMap { $0["taskId"]?.stringValue }
    }

    @Test("iterations are executions of their own, hidden from the one around them")
    func levels() async throws {
        let server = try TestServer()
        let id = try await start(server)
        #expect(tasks(try await server.call("GET", root + "/\(id)").json) == ["before", "outer"])

        let outer = try await search(server, id)
        #expect(outer.compactMap { $0["loopRun"]?["value"]?.stringValue } == ["1", "2", "3"])
        let second = try #require(outer.dropFirst().first)
        #expect(second["kind"] == "LOOP")
        #expect(second["parentId"] == .string(id))
        #expect(second["outputs"] == ["got": "2"])
        #expect(second["inputs"] == ["day": "monday"])
        #expect(second["state"]?["current"] == "SUCCESS")
        #expect(second["loopRun"]?["key"] == "y")
        #expect(second["loopRun"]?["taskId"] == "outer")
        #expect(second["loopRun"]?["parents"] == [])
        #expect(tasks(second) == ["own", "inner"])
        let own = try #require(second["taskRunList"]?.listValue?.first)
        #expect(own["parentTaskRunId"] == nil)
        #expect(own["executionId"] == second["id"])

        let secondID = try #require(second["id"]?.stringValue)
        #expect(try await server.call("GET", root + "/\(secondID)")["loopRun"] == second["loopRun"])
        let inner = try await search(server, secondID, "&sort=state.startDate:desc")
        #expect(inner.compactMap { $0["loopRun"]?["value"]?.stringValue } == ["q", "p"])
        #expect(inner.first?["parentId"] == .string(secondID))
        #expect(inner.first?["loopRun"]?["parents"] == [["index": 1, "key": "y", "value": "2"]])
        #expect(inner.map(tasks) == [["leaf"], ["leaf"]])
    }

    struct Query: Sendable {
        var text: String
        var values: [String]
    }

    static let queries: [Query] = [
        Query(text: "&size=2", values: ["1", "2"]),
        Query(text: "&size=2&page=2", values: ["3"]),
        Query(text: "&size=2&page=3", values: []),
        Query(text: "&size=2&page=1&sort=state.startDate:desc", values: ["3", "2"]),
        Query(text: "&size=2&page=2&sort=state.startDate:desc", values: ["1"]),
        Query(text: "&state=FAILED", values: []),
        Query(text: "&state=SUCCESS,FAILED", values: ["1", "2", "3"]),
        Query(text: "&filters[state][NOT_IN]=SUCCESS", values: []),
        Query(text: "&namespace=company&labels=team:data", values: ["1", "2", "3"]),
        Query(text: "&labels=team:other", values: []),
    ]

    @Test("iterations are listed a page at a time", arguments: queries)
    func pages(query: Query) async throws {
        let server = try TestServer()
        let found = try await search(server, try await start(server), query.text)
        #expect(found.compactMap { $0["loopRun"]?["value"]?.stringValue } == query.values)
    }

    struct Call: Sendable {
        var method: String
        var path: String
        var status: Int
    }

    static let calls: [Call] = [
        Call(method: "GET", path: "executions/ID/taskruns", status: 200),
        Call(method: "GET", path: "executions/ID/flow", status: 200),
        Call(method: "GET", path: "outputs/ID", status: 200),
        Call(method: "GET", path: "logs/ID", status: 200),
        Call(method: "GET", path: "executions/IDx", status: 404),
        Call(method: "GET", path: "executions/ID/follow", status: 409),
        Call(method: "DELETE", path: "executions/ID/kill", status: 409),
        Call(method: "POST", path: "executions/ID/pause", status: 409),
        Call(method: "POST", path: "executions/ID/replay", status: 409),
        Call(method: "DELETE", path: "executions/ID", status: 409),
        Call(method: "DELETE", path: "logs/ID", status: 409),
        Call(method: "GET", path: "executions/search?kind=LOOP", status: 422),
        Call(method: "GET", path: "executions/search?kind=LOOP&parentId=ID&sort=id", status: 422),
    ]

    @Test("an iteration is read like an execution, and changed with the one around it only", arguments: calls)
    func border(call: Call) async throws {
        let server = try TestServer()
        let id = try await start(server)
        let iteration = try #require(try await search(server, id).first?["id"]?.stringValue)
        let answer = try await server.call(
            call.method, "/api/v1/main/" + call.path.replacing("ID", with: iteration))
        #expect(answer.status == call.status, "\(answer.text)")
        if call.status == 409 { #expect(answer.text.contains("use its execution `\(id)`")) }
    }

    @Test("what runIf leaves out has one attempt in its final state")
    func runIf() async throws {
        let server = try TestServer()
        let source = """
            id: conditions
            namespace: company.made
            tasks:
            - {id: a, type: io.kestra.plugin.core.debug.Return, runIf: "false"}
            - {id: b, type: io.kestra.plugin.core.debug.Return, runIf: "{{ vars.missing }}"}
            """
        #expect(try await server.call("POST", "/api/v1/main/flows", body: source).status == 200)
        let answer = try await server.form(root + "/company.made/conditions?wait=true")
        let runs = try #require(answer["taskRunList"]?.listValue, "\(answer.text)")
        #expect(
            runs.map { ($0["attempts"]?.listValue ?? []).map { $0["state"]?["current"] } } == [
                ["SKIPPED"], ["FAILED"],
            ])
        let id = try #require(answer["id"]?.stringValue)
        #expect(try await server.call("GET", "/api/v1/main/logs/\(id)").text.contains("`runIf`"))
    }
}
