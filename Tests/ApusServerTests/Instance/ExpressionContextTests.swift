import ApusExecutor
import ApusExpressions
import ApusModel
import Foundation
import Testing

@testable import ApusServer

/// Expressions tried out in the context of an execution of a whole instance.
@Suite struct ExpressionContextTests {
    private static let flow = """
        id: secretive
        namespace: company.team
        inputs:
        - {id: password, type: SECRET}
        - {id: n, type: INT}
        tasks:
        - {id: t, type: io.kestra.plugin.core.debug.Return, format: "{{ inputs.n }}"}
        """

    @Test("secret inputs read as stars, in every form")
    func secretInputs() async throws {
        try await InstanceBench.with { bench in
            let execution = try await bench.run(Self.flow, inputs: [("password", "hunter2"), ("n", "3")])
                .snapshot
            let (context, flow) = try await bench.instance.executor.expressionContext(
                of: execution.execution.id)
            #expect(flow.id == "secretive")
            let table: [(String, String)] = [
                ("{{ inputs.password }}", "******"), ("{{ inputs.password | upper ~ inputs.n }}", "******3"),
                ("{{ inputs | toJson }}", "{\"password\":\"******\",\"n\":3}"),
                ("{{ outputs.t.value }}", "3"),
            ]
            for (template, expected) in table {
                #expect(try Template(template).render(context) == expected)
            }
            let all = try Template("{{ fetchContext() }}").render(context)
            #expect(all.contains("******") && !all.contains("hunter2"))
        }
    }

    @Test("a task run that does not exist is refused, as is an execution")
    func unknown() async throws {
        try await InstanceBench.with { bench in
            let id = try await bench.run(Self.flow, inputs: [("password", "x"), ("n", "1")]).snapshot
                .execution.id
            let executor = bench.instance.executor
            await #expect(throws: RequestRefused.self) { try await executor.expressionContext(of: "nobody") }
            await #expect(throws: RequestRefused.self) {
                try await executor.expressionContext(of: id, taskRun: "nobody")
            }
        }
    }

    @Test("a task gets a free port and an answer of another server")
    func outside() async throws {
        try await InstanceBench.with { bench in
            let port = try await bench.render("{{ randomPort() }}", namespace: "a", execution: "e")
            #expect(Int(port).map { (1024...65535).contains($0) } == true)
            let refusals: [(String, String)] = [
                ("http('file:///etc/passwd')", "is not a URL to send to"),
                ("http('gopher://localhost/x')", "is not a URL to send to"),
                ("http('http://169.254.169.254/latest')", "may not connect to"),
                ("http('http://[::ffff:169.254.169.254]/latest')", "may not connect to"),
                ("http('http://x/', options={'nonsense': 1})", "has no property `nonsense`"),
            ]
            for (call, words) in refusals {
                let refusal = try await bench.refusal("{{ \(call) }}", namespace: "a", execution: "e")
                #expect(refusal?.contains(words) == true, "\(call): \(refusal ?? "")")
            }
        }
    }
}
