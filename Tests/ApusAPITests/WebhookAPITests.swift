import ApusHTTP
import ApusModel
import Testing

@testable import ApusAPI

/// Calls of webhooks: who is let in, what the execution sees, what is answered.
@Suite struct WebhookAPITests {
    private static let type = "type: io.kestra.plugin.core.trigger.Webhook"
    private static let print = "type: io.kestra.plugin.core.debug.Return, format: \"{{ trigger.body }}\""
    private static let hooked = """
        id: hooked
        namespace: company.made
        labels: {team: data}
        inputs: [{id: n, type: INT, defaults: 1}]
        tasks: [{id: t, \(print)}]
        outputs: [{id: o, type: STRING, value: "{{ outputs.t.value }}"}]
        triggers:
        - {id: plain, \(type), key: plain}
        - {id: dynamic, \(type), key: " key-{{ flow.id }} "}
        - {id: waits, \(type), key: waits, wait: true, returnOutputs: true, responseContentType: text/plain}
        - {id: code, \(type), key: code, wait: true, responseCode: "{{ trigger.body.code }}"}
        - {id: stored, \(type), key: stored, fetchType: STORE}
        - {id: dropped, \(type), key: dropped, fetchType: NONE}
        - {id: off, \(type), key: off, disabled: true}
        - {id: broken, \(type), key: "{{ nothing.here }}"}
        - {id: number, \(type), key: number, inputs: {n: "{{ trigger.body.n }}"}}
        - {id: some, \(type), key: some, when: "{{ trigger.parameters.go[0] == 'yes' }}"}
        - {id: unclear, \(type), key: unclear, when: "{{ trigger.body.a.b }}"}
        - {id: recorded, \(type), key: recorded, when: "{{ trigger.body.a.b }}", failOnTriggerError: true}
        - {id: once, \(type), key: once, stopAfter: [SUCCESS]}
        """
    private static let disabled = """
        id: disabled
        namespace: company.made
        disabled: true
        tasks: [{id: t, \(print)}]
        triggers: [{id: plain, \(type), key: plain}]
        """
    private static let failing = """
        id: failing
        namespace: company.made
        tasks: [{id: t, \(print)}]
        outputs: [{id: o, type: INT, value: "{{ outputs.t.value }}"}]
        triggers: [{id: waits, \(type), key: waits, wait: true}]
        """
    private let root = "/api/v1/main/executions/webhook/company.made"

    private func server() async throws -> TestServer {
        let server = try TestServer()
        for source in [Self.hooked, Self.disabled, Self.failing] {
            let answer = try await server.call("POST", "/api/v1/main/flows", body: source)
            try #require(answer.status == 200, "\(answer.text)")
        }
        return server
    }

    struct Request: Sendable {
        var method = "POST"
        var path: String
        var body = ""
        var status: Int

        init(_ method: String = "POST", _ path: String, _ body: String = "", _ status: Int) {
            self.method = method
            self.path = path
            self.body = body
            self.status = status
        }
    }

    static let requests: [Request] = [
        Request("/hooked/plain", "{}", 200),
        Request("GET", "/hooked/plain", "", 200),
        Request("PUT", "/hooked/plain", "[1]", 200),
        Request("HEAD", "/hooked/plain", "", 405),
        Request("/hooked/key-hooked", "", 200),
        Request("/hooked/%20key-hooked", "", 404),
        Request("/hooked/PLAIN", "", 404),
        Request("/hooked/plai", "", 404),
        Request("/hooked/plain1", "", 404),
        Request("/hooked/plain/more", "", 404),
        Request("/hooked/plain/", "", 404),
        Request("/hooked/off", "", 404),
        Request("/hooked/nothing", "", 404),
        Request("/unknown/plain", "", 404),
        Request("/disabled/plain", "", 409),
        Request("/disabled/wrong", "", 404),
        Request("/hooked/number", "{\"n\": 3}", 200),
        Request("/hooked/number", "{\"n\": \"x\"}", 409),
        Request("/hooked/number", "{}", 409),
        Request("/hooked/some?go=yes", "", 200),
        Request("/hooked/some?go=no", "", 204),
        Request("/hooked/unclear", "{}", 409),
        Request("/hooked/recorded", "{}", 200),
        Request("/hooked/plain?labels=a:b", "", 200),
        Request("/hooked/plain?labels=a", "", 422),
        Request("/hooked/plain?labels=system.from:me", "", 422),
        Request("/hooked/plain?labels=system.x:y", "", 422),
        Request("/hooked/waits", "x", 200),
        Request("/hooked/code", "{\"code\": 207}", 207),
        Request("/hooked/code", "{\"code\": 20}", 500),
        Request("/hooked/code", "{}", 500),
        Request("/failing/waits", "x", 500),
    ]

    @Test("a call is answered with its status", arguments: requests)
    func status(_ request: Request) async throws {
        let server = try await server()
        let answer = try await server.call(request.method, root + request.path, body: request.body)
        #expect(answer.status == request.status, "\(answer.text)")
        if request.status == 204 { #expect(answer.bytes == []) }
        let started = try await server.call("GET", "/api/v1/main/executions/search")["total"]
        let starts = [200, 207, 500].contains(request.status)
        #expect(started == (starts ? 1 : 0))
    }

    @Test("a stranger cannot tell a wrong key from a flow that is not there")
    func identical() async throws {
        let server = try await server()
        var answers: Set<String> = []
        for path in ["/hooked/x", "/hooked/off", "/nope/x", "/disabled/x", "/hooked/plain/x"] {
            let answer = try await server.call("POST", root + path, body: "{}")
            answers.insert("\(answer.status) \(answer["message"]?.json ?? "") \(answer.headers.fields)")
        }
        #expect(answers.count == 1, "\(answers)")
        #expect(answers.first?.contains("Flow not found") == true)
    }

    @Test("the execution sees body, headers and parameters")
    func variables() async throws {
        let server = try await server()
        let answer = try await server.call(
            "POST", root + "/hooked/plain?a=1&a=2&b=", body: " {\"x\": [1]}", contentType: "text/plain",
            headers: [("X-Kind", "k"), ("x-kind", "l")])
        let trigger = try #require(answer["trigger"])
        #expect(trigger["id"] == "plain")
        #expect(trigger["variables"]?["body"] == ["x": [1]])
        #expect(trigger["variables"]?["parameters"] == ["a": ["1", "2"], "b": [""]])
        let headers = trigger["variables"]?["headers"]
        #expect(headers?["x-kind"] == ["k", "l"])
        #expect(answer["state"]?["histories"]?.listValue?.first?["state"] == "CREATED")
        let labels = answer["labels"]?.listValue ?? []
        #expect(labels.contains(["key": "system.from", "value": "trigger"]))
        #expect(labels.contains(["key": "team", "value": "data"]))
    }

    @Test("a flow of edition 1 finds a header also under its name as it was sent")
    func headersAsSent() async throws {
        let server = try await server()
        let answer = try await server.call(
            "POST", root + "/failing/waits", body: "1", headers: [("X-Kind", "k")])
        #expect(answer.status == 200)
        let headers = answer["trigger"]?["variables"]?["headers"]
        #expect(headers?["x-kind"] == ["k"])
        #expect(headers?["X-Kind"] == ["k"])
    }

    @Test(
        "objects and lists are parsed, all else is text",
        arguments: [
            ("{\"a\": 1}", "{\"a\":1}"), (" [1]", "[1]"), ("{\\\"a\\\":1}", "\"{\\\\\\\"a\\\\\\\":1}\""),
            ("5", "\"5\""), ("plain", "\"plain\""), ("{", "\"{\""), ("", "null"),
        ])
    func body(sent: String, seen: String) async throws {
        let server = try await server()
        let answer = try await server.call("POST", root + "/hooked/plain", body: sent)
        #expect(answer["trigger"]?["variables"]?["body"]?.json == seen)
    }

    @Test("bytes that are no text are base64, JSON that is nested too deeply is text")
    func odd() {
        #expect(WebhookVariables.body([0xFF, 0xFE]) == "//4=")
        let deep = String(repeating: "[", count: 100_000)
        #expect(WebhookVariables.body(Array(deep.utf8)) == .string(deep))
    }

    @Test("a body is stored, or not kept, when the webhook says so")
    func fetchTypes() async throws {
        let server = try await server()
        let stored = try await server.call("POST", root + "/hooked/stored", body: "{}")
        let variables = stored["trigger"]?["variables"]
        #expect(variables?["body"]?.isNull != false)
        let id = stored["id"]?.stringValue ?? ""
        let place = "/company/made/hooked/executions/\(id)/trigger/stored/body"
        #expect(variables?["uri"] == .string("kestra://" + place))
        let dropped = try await server.call("POST", root + "/hooked/dropped", body: "{}")
        #expect(dropped["trigger"]?["variables"]?["body"]?.isNull != false)
    }

    @Test("a webhook that waits answers the outputs in the form it names")
    func outputs() async throws {
        let server = try await server()
        let answer = try await server.call("POST", root + "/hooked/waits", body: "x")
        #expect(answer.text == "{\"o\":\"x\"}")
        #expect(answer.headers["Content-Type"] == "text/plain")
    }

    @Test("a webhook that is switched off by its last execution is gone")
    func stopAfter() async throws {
        let server = try await server()
        #expect(try await server.call("POST", root + "/hooked/once").status == 200)
        #expect(try await server.call("POST", root + "/hooked/once").status == 404)
    }

    @Test("a caller is held back when it calls one flow too often")
    func limit() {
        let limit = WebhookLimit(callsPerSecond: 2)
        func call(_ address: String, _ flow: String, _ second: Int64) -> Bool {
            limit.admits(
                namespace: "n", flowID: flow, from: address,
                at: Timestamp(microseconds: second * 1_000_000 + 5))
        }
        #expect([call("a", "f", 1), call("a", "f", 1), call("a", "f", 1)] == [true, true, false])
        #expect(call("b", "f", 1) && call("a", "g", 1))
        #expect(call("a", "f", 2))
        // Names of flows that are made up do not give more calls for ever.
        let calls = (0..<20_000).filter { call("a", "\($0)", 3) }
        #expect(calls.count == 10_002)
    }
}
