import ApusModel
import Testing

@testable import ApusAPI

/// The `checks` of a flow, asked when an execution is started.
@Suite struct CheckTests {
    private static let flow = """
        id: checked
        namespace: company.made
        inputs:
        - {id: n, type: INT, defaults: 1}
        - {id: m, type: INT, required: false}
        checks:
        - {condition: "{{ inputs.n < 30 }}", message: n is large, behavior: CREATE_EXECUTION, style: WARNING}
        - {condition: "{{ inputs.n < 20 }}", message: n is too large, behavior: FAIL_EXECUTION}
        - {condition: "{{ inputs.n < 10 or inputs.n > 15 }}", message: n is between, behavior: CREATE_EXECUTION}
        - {when: "{{ inputs.n < 40 }}", message: n is huge}
        tasks:
        - {id: t, type: io.kestra.plugin.core.debug.Return, format: "{{ inputs.n }}"}
        """
    private let root = "/api/v1/main/executions"

    private func server(_ source: String = flow) async throws -> TestServer {
        let server = try TestServer()
        let answer = try await server.call("POST", "/api/v1/main/flows", body: source)
        try #require(answer.status == 200, "\(answer.text)")
        return server
    }

    struct Start: Sendable {
        var n: String
        var status: Int
        /// History of the execution, or a part of the refusal.
        var expected: String

        init(_ n: String, _ status: Int, _ expected: String) {
            self.n = n
            self.status = status
            self.expected = expected
        }
    }

    static let starts: [Start] = [
        Start("1", 200, "CREATED>RUNNING>SUCCESS"),
        Start("12", 200, "CREATED>RUNNING>SUCCESS"),
        Start("20", 200, "CREATED>FAILED"),
        Start("40", 422, "Failed checks: n is large, n is too large, n is huge"),
    ]

    @Test("the strictest of the checks that fail decides", arguments: starts)
    func decides(_ start: Start) async throws {
        let server = try await server()
        let answer = try await server.form(root + "/company.made/checked", ["n": start.n])
        #expect(answer.status == start.status, "\(answer.text)")
        guard answer.status == 200 else {
            #expect(answer["message"]?.stringValue?.contains(start.expected) == true, "\(answer.text)")
            let search = try await server.call("GET", root + "/search")
            #expect(search["total"] == 0)
            return
        }
        let path = answer["state"]?["histories"]?.listValue?.compactMap { $0["state"]?.stringValue } ?? []
        #expect(path.joined(separator: ">") == start.expected)
        #expect((answer["taskRunList"]?.listValue ?? []).isEmpty == (start.n == "20"))
    }

    @Test("a start at a later date is checked at once")
    func scheduled() async throws {
        let server = try await server()
        let path = root + "/company.made/checked?scheduleDate=2040-01-01T00:00:00Z"
        #expect(try await server.form(path, ["n": "40"]).status == 422)
        #expect(try await server.form(path, ["n": "20"])["state"]?["current"] == "FAILED")
        #expect(try await server.form(path, ["n": "12"])["state"]?["current"] == "CREATED")
    }

    @Test("the validation of inputs tells the checks that fail, and starts nothing")
    func validated() async throws {
        let server = try await server()
        let answer = try await server.form(root + "/company.made/checked/validate", ["n": "25"])
        #expect(
            answer["checks"] == [
                ["message": "n is too large", "style": "INFO", "behavior": "FAIL_EXECUTION"]
            ])
        let fine = try await server.form(root + "/company.made/checked/validate", ["n": "2"])
        #expect(fine["checks"] == [])
    }

    @Test("a condition that cannot be evaluated blocks, and is no news while inputs are wrong")
    func unclear() async throws {
        let source = """
            id: unclear
            namespace: company.made
            inputs:
            - {id: n, type: INT}
            checks:
            - {condition: "{{ inputs.n / 0 > 1 }}", message: never, behavior: CREATE_EXECUTION}
            tasks:
            - {id: t, type: io.kestra.plugin.core.debug.Return}
            """
        let server = try await server(source)
        let refused = try await server.form(root + "/company.made/unclear", ["n": "1"])
        #expect(refused.status == 422 && refused.text.contains("never (the condition cannot be evaluated"))
        let wrong = try await server.form(root + "/company.made/unclear/validate", ["n": "x"])
        #expect(wrong["checks"] == [])
        let unclear = try await server.form(root + "/company.made/unclear/validate", ["n": "1"])
        #expect(unclear["checks"]?.listValue?.first?["behavior"] == "BLOCK_EXECUTION")
    }
}
