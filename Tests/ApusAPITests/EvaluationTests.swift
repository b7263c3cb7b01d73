import ApusExpressions
import ApusModel
import Testing

@testable import ApusAPI

/// Expressions tried out in the context of an execution.
@Suite struct EvaluationTests {
    private static let flow = """
        id: simple
        namespace: company.made
        inputs:
        - {id: rows, type: INT, defaults: 5}
        tasks:
        - id: each
          type: io.kestra.plugin.core.flow.EachSequential
          value: [a, b]
          tasks:
          - {id: t, type: io.kestra.plugin.core.debug.Return, format: "{{ taskrun.value }}"}
        """
    private let root = "/api/v1/main/executions"

    /// A server with an execution that has ended, the execution's id and that of its last task run.
    private func started() async throws -> (server: TestServer, id: String, run: String) {
        let server = try TestServer { request, flow, execution in
            switch request {
            case .secret: .success("hunter2")
            case .kv(let key, _): .success(.string("\(key) of \(flow.id), \(execution == nil ? "?" : "run")"))
            case .readFile: .failure(FactFailure("no file for you"))
            default: .success(nil)
            }
        }
        let saved = try await server.call("POST", "/api/v1/main/flows", body: Self.flow)
        try #require(saved.status == 200, "\(saved.text)")
        let created = try await server.form(root + "/company.made/simple")
        let id = try #require(created["id"]?.stringValue)
        return (server, id, created["taskRunList"]?.listValue?.last?["id"]?.stringValue ?? "")
    }

    @Test(
        "expressions see what the task run or the flow sees, at the places of both generations",
        arguments: [
            ("eval", true, "{{ taskrun.value }} {{ inputs.rows + 1 }}", "b 6"),
            ("actions/eval", true, "{{ task.id }}", "t"),
            ("eval", false, "{{ outputs.t.a.value }}{{ execution.state }}", "aSUCCESS"),
            ("actions/eval", false, "{{ kv('K') }}", "K of simple, run"),
            ("eval", false, "plain", "plain"), ("eval", false, "", ""), ("eval", false, "{{ null }}", ""),
        ])
    func places(place: String, ofRun: Bool, expression: String, expected: String) async throws {
        let (server, id, run) = try await started()
        for base in [root, "/api/v1/executions"] {
            let answer = try await server.call(
                "POST", base + "/\(id)/\(place)" + (ofRun ? "/\(run)" : ""), body: expression)
            #expect(answer.status == 200)
            let result = answer["result"]?.stringValue
            #expect(result?.hasSuffix(expected) == true, "\(answer.text)")
            #expect(answer["error"] == nil && answer["steps"] == nil)
        }
    }

    @Test("a broken expression is answered with 200, its message and no result")
    func broken() async throws {
        let (server, id, run) = try await started()
        let wrong = try await server.call("POST", root + "/\(id)/eval/\(run)", body: "{{ nope }}")
        #expect(wrong.status == 200)
        #expect(wrong["error"] == "Unable to find `nope` used in the expression `{{ nope }}` at line 1")
        #expect(wrong["stackTrace"]?.stringValue?.contains("nope") == true)
        #expect(wrong["result"] == nil)
        for expression in ["{{", "{{ 1 / 0 }}", "{{ range(1, 100000000) }}", "{{ read('x') }}"] {
            let answer = try await server.call("POST", root + "/\(id)/eval", body: expression)
            #expect(answer.status == 200)
            #expect(answer["error"]?.stringValue?.isEmpty == false && answer["result"] == nil)
        }
        let endless = "{% for i in 1..50 %}{{ kv('k' ~ i) }}{% endfor %}"
        let answer = try await server.call("POST", root + "/\(id)/eval", body: endless)
        #expect(answer["error"]?.stringValue?.contains("too many values from outside") == true)
    }

    @Test("an execution or a task run that does not exist is not found")
    func unknown() async throws {
        let (server, id, _) = try await started()
        for path in [
            "/nobody/eval", "/\(id)/eval/nobody", "/nobody/actions/eval", "/\(id)/actions/eval/nobody",
        ] {
            #expect(try await server.call("POST", root + path, body: "{{ 1 }}").status == 404)
        }
    }

    @Test("secrets read as stars, whatever is made of them")
    func secrets() async throws {
        let (server, id, _) = try await started()
        let table: [(String, String)] = [
            ("{{ secret('K') }}", "******"), ("{{ secret('K') | length }}", "6"),
            ("{{ secret('K') | base64encode }}", "KioqKioq"),
            ("{{ render(\"{{ secret('K') }}\") }}", "******"),
        ]
        for (expression, expected) in table {
            for query in ["", "?explain=true"] {
                let answer = try await server.call("POST", root + "/\(id)/eval" + query, body: expression)
                #expect(answer["result"] == .string(expected))
                #expect(!answer.text.contains("hunter"))
            }
        }
    }

    @Test("explain=true adds the steps")
    func steps() async throws {
        let (server, id, _) = try await started()
        let right = try await server.call(
            "POST", root + "/\(id)/eval?explain=true", body: "{{ inputs.rows > 3 ? 'x' : inputs.rows }}")
        #expect(right["result"] == "x")
        let expected: Value = [
            step(4, "inputs.rows", ["outcome": "VALUE", "value": "5"]),
            step(4, "inputs.rows > 3", ["outcome": "VALUE", "value": "true"]),
            step(28, "inputs.rows", ["outcome": "NOT_EVALUATED"]),
            step(4, "inputs.rows > 3 ? 'x' : inputs.rows", ["outcome": "VALUE", "value": "\"x\""]),
        ]
        #expect(right["steps"] == expected)
        let wrong = try await server.call("POST", root + "/\(id)/eval?explain=true", body: "{{ 1 / 0 }}")
        #expect(wrong["error"] == "division by zero")
        #expect(wrong["steps"]?.listValue?.last?["message"] == "division by zero")
        let broken = try await server.call("POST", root + "/\(id)/eval?explain=true", body: "{{")
        #expect(broken["steps"] == [] && broken["error"] != nil)
        #expect(try await server.call("POST", root + "/\(id)/eval?explain=maybe", body: "x").status == 422)
    }

    private func step(_ column: Int64, _ source: String, _ rest: OrderedMap<Value>) -> Value {
        var fields: OrderedMap<Value> = [
            "line": 1, "column": .int(column), "level": 0, "source": .string(source),
        ]
        for (name, value) in rest { fields[name] = value }
        return .map(fields)
    }

    @Test("rounds of loops and cut values tell what is left out")
    func loops() async throws {
        let (server, id, _) = try await started()
        let answer = try await server.call(
            "POST", root + "/\(id)/eval?explain=true", body: "{% for i in 1..99 %}{{ i }}{% endfor %}")
        let steps = answer["steps"]?.listValue ?? []
        #expect(steps.first?["size"] == "99 items")
        #expect(steps.dropFirst().first?["iteration"] == 1 && steps.dropFirst().first?["value"] == "1")
        #expect(steps.last?["outcome"] == "FURTHER_ITERATIONS" && steps.last?["count"] == 94)
        let many = String(repeating: "{{ inputs.rows }}", count: 1200)
        let long = try await server.call("POST", root + "/\(id)/eval?explain=true", body: many)
        #expect(long["omittedSteps"] == 200 && long["steps"]?.listValue?.count == 1000)
    }

    @Test("an expression that is too long is refused; a JSON body may hold it")
    func bodies() async throws {
        let (server, id, _) = try await started()
        let long = String(repeating: "x", count: 1 << 20 + 1)
        #expect(try await server.call("POST", root + "/\(id)/eval", body: long).status == 413)
        let json = try await server.call(
            "POST", root + "/\(id)/eval", body: "{\"expression\": \"{{ 1 + 1 }}\"}",
            contentType: "application/json")
        #expect(json["result"] == "2")
        let empty = try await server.call(
            "POST", root + "/\(id)/eval", body: "{}", contentType: "application/json")
        #expect(empty.status == 422)
    }

    @Test("an expression that costs too much is stopped by a limit, and the answer says so")
    func limits() async throws {
        let (server, id, _) = try await started()
        let hostile =
            "{% for a in range(1, 1000) %}{% for b in range(1, 1000) %}{{ a }}{% endfor %}{% endfor %}"
        let answer = try await server.call("POST", root + "/\(id)/eval", body: hostile)
        #expect(answer["error"]?.stringValue?.contains("steps") == true, "\(answer.text)")
    }
}
