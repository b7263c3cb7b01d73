import ApusModel
import ApusPlugin
import Testing

@testable import ApusPluginsHTTP

/// The HTTP trigger against a server.
@Suite struct HTTPTriggerTests {
    private let server: PythonServer

    init() async throws { server = try await PythonServer() }

    private func evaluate(_ properties: OrderedMap<Value>) async throws -> Evaluation {
        var registry = PluginRegistry()
        HTTPPlugins.add(to: &registry)
        let poll = try #require(registry.polling(named: "io.kestra.plugin.fs.http.Trigger"))
        return try await poll(properties, TriggerContext(work: TestContext().context))
    }

    @Test("an answer below 400 starts an execution that sees what a Request gives")
    func outputs() async throws {
        let found = try await evaluate([
            "uri": .string("\(server.url)/echo"), "method": "POST", "body": "{\"a\":1}", "interval": "PT30S",
        ])
        let outputs = try #require(found.outputs)
        #expect(outputs["code"] == 200)
        #expect(outputs["uri"] == .string("\(server.url)/echo"))
        #expect(outputs["headers"]?["Content-Type"] == ["application/json"])
        let seen = try JSONParser.parse(try #require(outputs["body"]?.stringValue))
        #expect(seen["method"] == "POST")
        #expect(seen["body"] == "{\"a\":1}")
    }

    struct Row: Sendable {
        var path: String
        var condition: String?
        var isMet: Bool

        init(_ path: String, _ condition: String?, _ isMet: Bool) {
            self.path = path
            self.condition = condition
            self.isMet = isMet
        }
    }

    static let rows: [Row] = [
        Row("/status?code=200", nil, true), Row("/status?code=404", nil, false),
        Row("/status?code=503", nil, false),
        Row("/status?code=404", "{{ response.statusCode == 404 }}", true),
        Row("/status?code=200&body=ready", "{{ response.body == 'ready' }}", true),
        Row("/status?code=200&body=busy", "{{ response.body == 'ready' }}", false),
        Row("/status?code=200&body=[1]", "{{ fromJson(response.body) | length > 0 }}", true),
        Row("/named?disposition=x", "{{ response.headers['Content-Disposition'][0] == 'x' }}", true),
        Row("/status?code=204", "{{ response.body == null }}", true),
        Row("/status?code=200", "", false),
    ]

    @Test("the condition decides, whatever the status", arguments: rows)
    func condition(_ row: Row) async throws {
        var properties: OrderedMap<Value> = ["uri": .string(server.url + row.path)]
        if let condition = row.condition { properties["responseCondition"] = .string(condition) }
        let outputs = try await evaluate(properties).outputs
        #expect((outputs != nil) == row.isMet)
    }

    @Test("a server that does not answer is an error")
    func noAnswer() async throws {
        await #expect(throws: TaskFailure.self) { try await evaluate(["uri": "http://127.0.0.1:1/"]) }
    }

    @Test("a condition that cannot be rendered is an error")
    func unreadable() async throws {
        await #expect(throws: (any Error).self) {
            try await evaluate([
                "uri": .string("\(server.url)/echo"), "responseCondition": "{{ response.nothing.here }}",
            ])
        }
    }
}
