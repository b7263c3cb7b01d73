import ApusModel
import Testing

@testable import ApusAPI

@Suite struct ExecutionAPITests {
    private static let simple = """
        id: simple
        namespace: company.made
        labels: {team: data}
        inputs:
        - {id: rows, type: INT, min: 1, max: 10, defaults: 5}
        - {id: day, type: DATE}
        outputs:
        - {id: out, type: STRING, value: "{{ outputs.t.value }}"}
        tasks:
        - {id: t, type: io.kestra.plugin.core.debug.Return, format: "{{ inputs.rows }}"}
        """
    private static let waiting = """
        id: waiting
        namespace: company.made
        tasks:
        - {id: w, type: test.Wait}
        """
    private static let paused = """
        id: paused
        namespace: company.made
        tasks:
        - id: p
          type: io.kestra.plugin.core.flow.Pause
          onResume:
          - {id: asked, type: STRING}
        - {id: t, type: io.kestra.plugin.core.debug.Return, format: "{{ outputs.p.onResume.asked }}"}
        """
    private let root = "/api/v1/main/executions"

    private func server(_ sources: String...) async throws -> TestServer {
        let server = try TestServer()
        for source in sources {
            let answer = try await server.call("POST", "/api/v1/main/flows", body: source)
            try #require(answer.status == 200, "\(answer.text)")
        }
        return server
    }

    @Test("an execution has the fields of the product's answers")
    func shape() async throws {
        let server = try await server(Self.simple)
        let created = try await server.form(
            root + "/company.made/simple?labels=a:b&labels=c:d,e", ["rows": "3", "day": "2026-11-01"])
        try #require(created.status == 200, "\(created.text)")
        #expect(created["url"]?.stringValue?.hasPrefix("/ui/main/executions/company.made/simple/") == true)
        let id = try #require(created["id"]?.stringValue)
        #expect(id.count == 22)
        let read = try await server.call("GET", root + "/\(id)")
        let keys: Set = [
            "tenantId", "id", "namespace", "flowId", "flowRevision", "taskRunList", "inputs", "outputs",
            "labels",
            "state",
            "originalId", "deleted", "metadata",
        ]
        #expect(Set(read.json.mapValue?.keys ?? []) == keys)
        let state = read["state"]
        #expect(
            Set(state?.mapValue?.keys ?? []) == ["current", "histories", "duration", "startDate", "endDate"])
        #expect(state?["current"] == "SUCCESS")
        let date = state?["startDate"]?.stringValue ?? ""
        #expect(date.count == 27 && date.hasSuffix("Z"))
        let run = read["taskRunList"]?.listValue?.first
        #expect(
            Set(run?.mapValue?.keys ?? [])
                == ["id", "executionId", "namespace", "flowId", "taskId", "attempts", "outputs", "state"])
        #expect(Set(read["metadata"]?.mapValue?.keys ?? []) == ["attemptNumber", "originalCreatedDate"])
        #expect(read["inputs"] == ["rows": 3, "day": "2026-11-01"])
        #expect(read["outputs"] == ["out": "3"])
        let labels = read["labels"]?.listValue ?? []
        #expect(labels.contains(["key": "c", "value": "d,e"]))
        #expect(labels.contains(["key": "system.from", "value": "api"]))
        #expect(labels.contains(["key": "system.correlationId", "value": .string(id)]))
    }

    @Test("wrong inputs are all named, and nothing starts")
    func wrongInputs() async throws {
        let server = try await server(Self.simple)
        let answer = try await server.form(root + "/company.made/simple", ["rows": "30"])
        #expect(answer.status == 422)
        #expect(answer["message"]?.stringValue?.hasPrefix("Invalid entity: rows: ") == true)
        let errors = answer["_embedded"]?["errors"]?.listValue ?? []
        #expect(errors.compactMap { $0["path"]?.stringValue } == ["rows", "day"])
        #expect(try await server.call("GET", root + "/search")["total"] == 0)
        let check = try await server.form(root + "/company.made/simple/validate", ["rows": "30"])
        #expect(check.status == 200)
        let rows = check["inputs"]?.listValue?.first
        #expect(rows?["value"] == "30")
        #expect(rows?["errors"]?.listValue?.count == 1)
    }

    @Test("an input the flow does not declare is ignored with a line in the log")
    func unknownInput() async throws {
        let server = try await server(Self.waiting)
        let created = try await server.form(root + "/company.made/waiting", ["nope": "1"])
        #expect(created.status == 200)
        let log = try await server.call("GET", "/api/v1/main/logs/\(created["id"]?.stringValue ?? "")")
        #expect(log.json.listValue?.first?["level"] == "WARN")
        #expect(log.text.contains("`nope`"))
        #expect(
            try await server.form(root + "/company.made/waiting?strict=true", ["nope": "1"]).status == 422)
    }

    @Test(
        "wrong starts are refused",
        arguments: [
            ("/company.made/nope", 404), ("/company.made/waiting?labels=:v", 422),
            ("/company.made/waiting?labels=system.x:v", 422), ("/company.made/waiting?revision=7", 404),
            ("/company.made/waiting?scheduleDate=tomorrow", 422), ("/trigger/company.made/waiting", 200),
        ])
    func starts(path: String, status: Int) async throws {
        let server = try await server(Self.waiting)
        #expect(try await server.form(root + path).status == status)
    }

    @Test("a flow may be called like an action")
    func reservedName() async throws {
        let server = try await server(Self.waiting.replacing("id: waiting", with: "id: pause"))
        #expect(try await server.form(root + "/company.made/pause").status == 200)
        #expect(try await server.form(root + "/company.other/pause").status == 404)
    }

    @Test("a running execution is killed once")
    func kill() async throws {
        let server = try await server(Self.waiting)
        let id = try await server.form(root + "/company.made/waiting")["id"]?.stringValue ?? ""
        #expect(try await server.call("DELETE", root + "/nope/kill").status == 404)
        #expect(try await server.call("DELETE", root + "/\(id)/kill").status == 202)
        #expect(try await server.call("DELETE", root + "/\(id)").status == 409)
    }

    @Test("an ended execution cannot be killed, paused or resumed, and can be deleted")
    func ended() async throws {
        let server = try await server(Self.simple)
        let id =
            try await server.form(root + "/company.made/simple", ["day": "2026-11-01"])["id"]?.stringValue
            ?? ""
        let kill = try await server.call("DELETE", root + "/\(id)/kill")
        #expect(kill.status == 409)
        #expect(kill["message"] == "Illegal state: Execution is already finished, can't kill it")
        #expect(try await server.call("POST", root + "/\(id)/pause").status == 422)
        #expect(try await server.call("POST", root + "/\(id)/resume").status == 409)
        let restart = try await server.call("POST", root + "/\(id)/restart")
        #expect(restart.status == 422)
        #expect(try await server.call("POST", root + "/resume/by-ids", body: "[\"\(id)\"]").status == 400)
        #expect(try await server.call("DELETE", root + "/\(id)").status == 204)
        #expect(try await server.call("GET", root + "/\(id)").status == 404)
    }

    @Test("a pause asks for its inputs, and stays until they are right")
    func resume() async throws {
        let server = try await server(Self.paused)
        let id = try await server.form(root + "/company.made/paused")["id"]?.stringValue ?? ""
        let missing = try await server.form(root + "/\(id)/resume")
        #expect(missing.status == 422)
        #expect(missing.text.contains("asked"))
        #expect(try await server.call("GET", root + "/\(id)")["state"]?["current"] == "PAUSED")
        #expect(try await server.form(root + "/\(id)/resume", ["asked": "yes"]).status == 204)
        let read = try await server.call("GET", root + "/\(id)")
        #expect(read["state"]?["current"] == "SUCCESS")
        #expect(read["taskRunList"]?.listValue?.last?["outputs"] == ["value": "yes"])
    }

    @Test("expressions are rendered as a task run sees them; a wrong one is answered, not refused")
    func eval() async throws {
        let server = try await server(Self.simple)
        let created = try await server.form(root + "/company.made/simple", ["day": "2026-11-01"])
        let id = created["id"]?.stringValue ?? ""
        let run = created["taskRunList"]?.listValue?.first?["id"]?.stringValue ?? ""
        let right = try await server.call("POST", root + "/\(id)/eval/\(run)", body: "{{ taskrun.id }}")
        #expect(right["result"] == .string(run))
        let wrong = try await server.call("POST", root + "/\(id)/eval/\(run)", body: "{{ missing }}")
        #expect(wrong.status == 200)
        #expect(wrong["error"]?.stringValue?.contains("missing") == true)
    }

    @Test(
        "lists are filtered in the new and the flat form",
        arguments: [
            ("", 2), ("?namespace=company", 2), ("?namespace=compan", 0), ("?state=SUCCESS", 1),
            ("?filters%5Bstate%5D%5BIN%5D=SUCCESS,RUNNING", 2),
            ("?filters%5Bstate%5D%5BNOT_EQUALS%5D=SUCCESS", 1),
            ("?filters%5Blabels%5D%5BEQUALS%5D%5Bk.l%5D=v,w", 1), ("?labels=k.l:v,w", 1),
            ("?labels=k.l:v", 0),
            ("?filters%5BflowId%5D%5BEQUALS%5D=simple&flowId=waiting", 0), ("?q=wait", 1),
            ("?size=1&page=2", 2),
            ("?filters%5Bscope%5D%5BEQUALS%5D=SYSTEM", 0), ("?scope=USER&namespace=company.made", 2),
            ("?timeRange=PT12H", 2), ("?childFilter=CHILD", 0), ("?sort=state.startDate:desc&sort=id:asc", 2),
        ])
    func search(query: String, total: Int64) async throws {
        let server = try await server(Self.simple, Self.waiting)
        _ = try await server.form(root + "/company.made/simple?labels=k.l:v,w", ["day": "2026-11-01"])
        _ = try await server.form(root + "/company.made/waiting")
        let answer = try await server.call("GET", root + "/search" + query)
        #expect(answer.status == 200)
        #expect(answer["total"] == .int(total), "\(answer.text.prefix(300))")
    }

    @Test(
        "wrong filters, pages and orders are refused",
        arguments: [
            ("?page=0", 422), ("?size=-1", 422), ("?size=x", 422), ("?size=1000000000", 422),
            ("?state=NOPE", 422),
            ("?timeRange=P1Y", 422), ("?sort=id;select", 422), ("?sort=id:up", 422), ("?childFilter=X", 422),
            ("?startDate=2024-01-07T18:43:11.248%2B01:00&timeRange=PT12H", 422),
            ("?startDate=2024-06-03T00:00:00.000%2B02:00&endDate=2023-06-05T00:00:00.000%2B02:00", 422),
            ("?filters%5Bnope%5D%5BEQUALS%5D=1", 400), ("?filters%5Bstate%5D%5BLIKE%5D=1", 400),
            ("?filters%5Bstate%5D%5BREGEX%5D=a", 400), ("?filters%5Blevel%5D%5BEQUALS%5D=INFO", 400),
            ("?filters%5Blabels%5D%5BEQUALS%5D=v", 400), ("?filters%5B=v", 400), ("?filters=v", 400),
        ])
    func wrongSearch(query: String, status: Int) async throws {
        let server = try TestServer()
        let answer = try await server.call("GET", root + "/search" + query)
        #expect(answer.status == status, "\(answer.text)")
    }

    @Test("the exclusive parameters are named")
    func exclusive() async throws {
        let server = try TestServer()
        let answer = try await server.call(
            "GET", root + "/search?startDate=2024-01-07T18:43:11.248%2B01:00&timeRange=PT12H")
        #expect(answer.text.contains("are mutually exclusive"))
    }
}
