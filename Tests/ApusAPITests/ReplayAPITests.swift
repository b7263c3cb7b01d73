import ApusModel
import Testing

@testable import ApusAPI

/// Running executions again, and setting right what has ended.
@Suite struct ReplayAPITests {
    private static let chain = """
        id: chain
        namespace: company.made
        inputs: [{id: n, type: INT, defaults: 1}]
        tasks:
        - {id: a, type: io.kestra.plugin.core.debug.Return, format: "{{ inputs.n }}"}
        - {id: b, type: io.kestra.plugin.core.debug.Return, format: "{{ outputs.a.value }}"}
        """
    private static let waiting = """
        id: waiting
        namespace: company.made
        tasks: [{id: w, type: test.Wait}]
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

    private func start(_ flow: String, _ server: TestServer, query: String = "") async throws -> String {
        let answer = try await server.form(root + "/company.made/\(flow)\(query)")
        return try #require(answer["id"]?.stringValue, "\(answer.text)")
    }

    private func json(_ server: TestServer, _ path: String, _ body: String) async throws -> TestServer.Answer
    {
        try await server.call("POST", root + path, body: body, contentType: "application/json")
    }

    private func labels(_ answer: TestServer.Answer) -> [Value] { answer["labels"]?.listValue ?? [] }

    private func taskRun(_ task: String, _ id: String, _ server: TestServer) async throws -> String {
        let runs = try await server.call("GET", root + "/\(id)")["taskRunList"]?.listValue ?? []
        return try #require(runs.first { $0["taskId"]?.stringValue == task }?["id"]?.stringValue)
    }

    @Test("a replay is a new execution that tells where it comes from")
    func replay() async throws {
        let server = try await server(Self.chain)
        let id = try await start("chain", server)
        let again = try await server.call("POST", root + "/\(id)/replay")
        #expect(again.status == 200, "\(again.text)")
        #expect(again["id"]?.stringValue != id)
        #expect(again["parentId"]?.stringValue == id)
        #expect(again["originalId"]?.stringValue == id)
        #expect(again["metadata"]?["attemptNumber"] == 2)
        #expect(labels(again).contains(["key": "system.replay", "value": "true"]))
        #expect(labels(again).contains(["key": "system.correlationId", "value": .string(id)]))
        let old = try await server.call("GET", root + "/\(id)")
        #expect(labels(old).contains(["key": "system.replayed", "value": "true"]))
        #expect(old["state"]?["current"] == "SUCCESS")
        let made = try await server.call("GET", root + "/search?parentId=\(id)")
        #expect(made["total"] == 1)
    }

    @Test("a replay from a task keeps what came before under new ids, and answers before it runs")
    func replayFromTask() async throws {
        let server = try await server(Self.chain)
        let id = try await start("chain", server)
        let (a, b) = (try await taskRun("a", id, server), try await taskRun("b", id, server))
        let again = try await server.call("POST", root + "/\(id)/actions/replay?taskRunId=\(b)")
        #expect(again["state"]?["current"] == "RESTARTED", "\(again.text)")
        let runs = again["taskRunList"]?.listValue ?? []
        #expect(runs.map { $0["state"]?["current"] } == ["SUCCESS", "RESTARTED"])
        #expect(runs.first?["id"]?.stringValue != a)
        let new = try #require(again["id"]?.stringValue)
        let end = try await server.call("GET", root + "/\(new)")
        #expect(end["state"]?["current"] == "SUCCESS")
        #expect(end["taskRunList"]?.listValue?.last?["attempts"]?.listValue?.count == 2)
        let unknown = try await server.call("POST", root + "/\(id)/replay?taskRunId=none")
        #expect(unknown.status == 422 && unknown.text.contains("No task found"))
    }

    @Test("a replay takes other inputs and another revision; a wrong input or revision starts nothing")
    func replayWithChanges() async throws {
        let server = try await server(Self.chain)
        let id = try await start("chain", server)
        let other = try await server.form(root + "/\(id)/replay-with-inputs", ["n": "7"])
        #expect(other["inputs"] == ["n": 7], "\(other.text)")
        #expect(try await server.form(root + "/\(id)/replay-with-inputs", ["n": "x"]).status == 422)
        _ = try await server.call(
            "PUT", "/api/v1/main/flows/company.made/chain",
            body: Self.chain + "\nvariables: {v: new}\n")
        let newer = try await server.call("POST", root + "/\(id)/replay?revision=2")
        #expect(newer["flowRevision"] == 2, "\(newer.text)")
        #expect(newer["variables"] == ["v": "new"])
        #expect(try await server.call("POST", root + "/\(id)/replay?revision=9").status == 404)
        #expect(try await server.call("GET", root + "/search?parentId=\(id)")["total"] == 2)
    }

    @Test("a state is changed once the execution is over, to one that is an end")
    func changeState() async throws {
        let server = try await server(Self.chain, Self.waiting)
        let id = try await start("chain", server)
        let run = try await taskRun("a", id, server)
        let failed = try await json(
            server, "/\(id)/state", #"{"taskRunId": "\#(run)", "state": "failed"}"#)
        #expect(failed["state"]?["current"] == "RESTARTED", "\(failed.text)")
        #expect(try await server.call("GET", root + "/\(id)")["state"]?["current"] == "FAILED")
        let warning = try await server.call("POST", root + "/\(id)/change-status?status=WARNING")
        #expect(warning["state"]?["current"] == "WARNING", "\(warning.text)")

        #expect(try await server.call("POST", root + "/\(id)/change-status").status == 400)
        #expect(try await server.call("POST", root + "/\(id)/change-status?status=RUNNING").status == 422)
        #expect(try await server.call("POST", root + "/none/change-status?status=FAILED").status == 404)
        let unknown = #"{"taskRunId": "none", "state": "FAILED"}"#
        #expect(try await json(server, "/\(id)/state", unknown).status == 404)
        #expect(try await json(server, "/\(id)/state", "{}").status == 422)
        let open = try await start("waiting", server)
        #expect(try await server.call("POST", root + "/\(open)/change-status?status=FAILED").status == 409)
    }

    @Test("labels are set on what has ended; the product's own stay")
    func setLabels() async throws {
        let server = try await server(Self.chain, Self.waiting)
        let id = try await start("chain", server)
        let set = try await json(server, "/\(id)/labels", #"[{"key": "team", "value": "data"}]"#)
        #expect(set.status == 200 && labels(set).contains(["key": "team", "value": "data"]))
        #expect(labels(set).contains(["key": "system.correlationId", "value": .string(id)]))
        let found = try await server.call("GET", root + "/search?labels=team:data")
        #expect(found["total"] == 1)
        for wrong in [
            #"[{"key": "system.x", "value": "y"}]"#, #"[{"key": "a", "value": ""}]"#,
            #"[{"key": "A", "value": "b"}]"#, #"[{"key": "a", "value": "1"}, {"key": "a", "value": "2"}]"#,
            #""a""#,
        ] {
            #expect(try await json(server, "/\(id)/labels", wrong).status == 422, "\(wrong)")
        }
        let open = try await start("waiting", server)
        #expect(try await json(server, "/\(open)/labels", "[]").status == 400)
    }

    @Test("many are changed together, or none of them")
    func bulk() async throws {
        let server = try await server(Self.chain, Self.waiting)
        let (a, b) = (try await start("chain", server), try await start("chain", server))
        let open = try await start("waiting", server)
        let both = #"["\#(a)", "\#(b)"]"#
        #expect(try await json(server, "/replay/by-ids", both)["count"] == 2)
        let change = "/change-status/by-ids?newStatus=WARNING"
        #expect(try await json(server, change, #"["\#(a)", "\#(open)"]"#).status == 400)
        #expect(try await server.call("GET", root + "/\(a)")["state"]?["current"] == "SUCCESS")
        #expect(try await json(server, change, both)["count"] == 2)
        let labelled =
            #"{"executionsId": \#(both), "executionLabels": [{"key": "conf", "value": "x"}]}"#
        #expect(try await json(server, "/labels/by-ids", labelled)["count"] == 2)
        let query = "/by-query?labels=conf:x"
        #expect(try await json(server, "/labels" + query, #"[{"key": "more", "value": "y"}]"#)["count"] == 2)
        let deleted = try await server.call("DELETE", root + query)
        #expect(deleted["count"] == 2, "\(deleted.text)")
        let force = root + "/by-ids?includeNonTerminated=true"
        let rest = try await server.call(
            "DELETE", force, body: #"["\#(open)"]"#, contentType: "application/json")
        #expect(rest["count"] == 1, "\(rest.text)")
        #expect(try await server.call("GET", root + "/\(open)").status == 404)
    }

    @Test("an execution stops at its breakpoints, and a trial is listed only for those who ask")
    func breakpoints() async throws {
        let server = try await server(Self.chain)
        let id = try await start("chain", server, query: "?kind=playground&breakpoints=b")
        let stopped = try await server.call("GET", root + "/\(id)")
        #expect(stopped["state"]?["current"] == "BREAKPOINT", "\(stopped.text)")
        #expect(stopped["kind"] == "PLAYGROUND" && stopped["breakpoints"] == [["id": "b"]])
        #expect(try await server.call("GET", root + "/search")["total"] == 0)
        #expect(try await server.call("GET", root + "/search?kind=PLAYGROUND")["total"] == 1)
        #expect(try await server.call("GET", root + "/search?filters[kind][NOT_IN]=TEST")["total"] == 1)
        let gone = try await server.call("POST", root + "/\(id)/actions/resume-from-breakpoint")
        #expect(gone["state"]?["current"] == "SUCCESS", "\(gone.text)")
        #expect(try await server.call("POST", root + "/\(id)/resume-from-breakpoint").status == 409)
    }

    @Test("task runs are listed apart, a page at a time, from both ends")
    func taskRuns() async throws {
        let server = try await server(Self.chain)
        let id = try await start("chain", server)
        let page = try await server.call("GET", root + "/\(id)/taskruns?size=1&page=2")
        #expect(page["total"] == 2 && page["results"]?.listValue?.first?["taskId"] == "b", "\(page.text)")
        let last = try await server.call(
            "GET", root + "/\(id)/taskruns?size=1&sort=state.startDate:desc")
        #expect(last["results"]?.listValue?.first?["taskId"] == "b")
        let past = try await server.call("GET", root + "/\(id)/taskruns?page=3&sort=state.startDate:desc")
        #expect(past["results"] == [])
        let run = try await taskRun("a", id, server)
        #expect(try await server.call("GET", root + "/\(id)/taskruns/\(run)")["taskId"] == "a")
        let outputs = try await server.call("GET", "/api/v1/main/outputs/\(id)/\(run)")
        #expect(outputs.json == ["value": "1"], "\(outputs.text)")
        #expect(try await server.call("GET", "/api/v1/main/outputs/\(id)/none").status == 404)
        #expect(try await server.call("GET", "/api/v1/main/outputs/\(id)").json.listValue?.count == 2)
        let flows = #"[{"namespace": "company.made", "id": "chain"}, {"namespace": "x", "id": "y"}]"#
        let latest = try await json(server, "/latest", flows)
        #expect(latest.json.listValue?.first?["id"]?.stringValue == id, "\(latest.text)")
    }
}
