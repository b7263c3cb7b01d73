import ApusModel
import Testing

@testable import ApusAPI

@Suite struct QueueAPITests {
    private static let limited = """
        id: limited
        namespace: company.made
        concurrency: {limit: 1}
        tasks:
        - {id: w, type: test.Wait}
        """
    private static let done = """
        id: done
        namespace: company.made
        tasks:
        - {id: t, type: io.kestra.plugin.core.debug.Return, format: x}
        """
    private let root = "/api/v1/main/executions"

    private func server() async throws -> TestServer {
        let server = try TestServer()
        for source in [Self.limited, Self.done] {
            let answer = try await server.call("POST", "/api/v1/main/flows", body: source)
            try #require(answer.status == 200, "\(answer.text)")
        }
        return server
    }

    private func start(_ flow: String, _ server: TestServer) async throws -> String {
        let answer = try await server.form(root + "/company.made/\(flow)")
        return try #require(answer["id"]?.stringValue, "\(answer.text)")
    }

    private func state(_ id: String, _ server: TestServer) async throws -> Value? {
        try await server.call("GET", root + "/\(id)")["state"]?["current"]
    }

    struct Call: Sendable {
        var path: String
        var status: Int
        var state: String
    }

    static let calls: [Call] = [
        Call(path: "unqueue", status: 200, state: "RUNNING"),
        Call(path: "unqueue?state=RUNNING", status: 200, state: "RUNNING"),
        Call(path: "unqueue?state=CANCELLED", status: 200, state: "CANCELLED"),
        Call(path: "unqueue?state=FAILED", status: 200, state: "FAILED"),
        Call(path: "unqueue?state=SUCCESS", status: 422, state: "QUEUED"),
        Call(path: "unqueue?state=NONSENSE", status: 422, state: "QUEUED"),
        Call(path: "actions/unqueue?state=RUNNING", status: 200, state: "RUNNING"),
        Call(path: "force-run", status: 200, state: "RUNNING"),
        Call(path: "actions/force-run", status: 200, state: "RUNNING"),
        Call(path: "pause", status: 422, state: "QUEUED"),
        Call(path: "actions/pause", status: 409, state: "QUEUED"),
    ]

    @Test("a queued execution is let go or ended out of turn", arguments: calls)
    func queued(_ call: Call) async throws {
        let server = try await server()
        _ = try await start("limited", server)
        let id = try await start("limited", server)
        #expect(try await state(id, server) == "QUEUED")
        let answer = try await server.call("POST", root + "/\(id)/" + call.path)
        #expect(answer.status == call.status, "\(answer.text)")
        #expect(try await state(id, server) == .string(call.state))
        if call.status == 200 { #expect(answer["state"]?["current"] == .string(call.state)) }
    }

    static let wrong: [Call] = [
        Call(path: "unqueue", status: 422, state: "SUCCESS"),
        Call(path: "actions/unqueue", status: 409, state: "SUCCESS"),
        Call(path: "force-run", status: 422, state: "SUCCESS"),
        Call(path: "actions/force-run", status: 409, state: "SUCCESS"),
        Call(path: "actions/restart", status: 409, state: "SUCCESS"),
    ]

    @Test("an execution that has ended is refused, one that does not exist is not found", arguments: wrong)
    func refused(_ call: Call) async throws {
        let server = try await server()
        let id = try await start("done", server)
        #expect(try await server.call("POST", root + "/\(id)/" + call.path).status == call.status)
        #expect(try await state(id, server) == .string(call.state))
        #expect(try await server.call("POST", root + "/nowhere/" + call.path).status == 404)
    }

    @Test("newer clients kill below `actions` and get the execution")
    func kill() async throws {
        let server = try await server()
        _ = try await start("limited", server)
        let id = try await start("limited", server)
        let answer = try await server.call("DELETE", root + "/\(id)/actions/kill")
        #expect(answer.status == 200)
        #expect(answer["state"]?["current"] == "KILLED")
    }

    @Test("many are unqueued at once, by their ids all or none, by a query those that fit")
    func bulk() async throws {
        let server = try await server()
        let first = try await start("limited", server)
        let second = try await start("limited", server)
        let third = try await start("limited", server)
        let mixed = #"["\#(first)", "\#(second)"]"#
        let refused = try await server.call("POST", root + "/unqueue/by-ids?state=RUNNING", body: mixed)
        #expect(refused.status == 400)
        #expect(refused["invalids"]?.listValue?.count == 1)
        #expect(try await state(second, server) == "QUEUED")
        let one = try await server.call(
            "POST", root + "/unqueue/by-ids?state=CANCELLED", body: #"["\#(second)"]"#)
        #expect(one["count"] == 1)
        #expect(try await state(second, server) == "CANCELLED")
        let query = try await server.call(
            "POST", root + "/unqueue/by-query?namespace=company.made&newState=FAILED")
        #expect(query["count"] == 1)
        #expect(try await state(third, server) == "FAILED")
        let fourth = try await start("limited", server)
        let forced = try await server.call("POST", root + "/force-run/by-query?flowId=limited&state=QUEUED")
        #expect(forced["count"] == 1)
        #expect(try await state(fourth, server) == "RUNNING")
        let ids = #"["\#(fourth)", "\#(second)"]"#
        #expect(try await server.call("POST", root + "/force-run/by-ids", body: ids).status == 400)
    }

    @Test("the limits of flows are listed with what is taken; the count cannot be set")
    func limits() async throws {
        let server = try await server()
        for _ in 0..<3 { _ = try await start("limited", server) }
        let place = "/api/v1/main/concurrency-limit"
        let found = try await server.call("GET", place + "/search")
        #expect(
            found.json == [
                "results": [
                    [
                        "tenantId": "main", "namespace": "company.made", "flowId": "limited", "running": 1,
                        "queued": 2, "limit": 1, "behavior": "QUEUE",
                    ]
                ], "total": 1,
            ])
        func put(_ flow: String, _ running: String) async throws -> Int {
            let body =
                #"{"tenantId":"main","namespace":"company.made","flowId":"\#(flow)","running":\#(running)}"#
            return try await server.call("PUT", place + "/company.made/\(flow)", body: body).status
        }
        #expect(try await put("limited", "1") == 200)
        #expect(try await put("limited", "0") == 422)
        #expect(try await put("limited", #""one""#) == 422)
        #expect(try await put("done", "0") == 404)
    }
}
