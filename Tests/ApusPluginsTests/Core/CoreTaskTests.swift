import ApusModel
import ApusPlugin
import ApusPluginsCore
import Testing

@Suite struct CoreTaskTests {
    private static let registry = {
        var registry = PluginRegistry()
        CorePlugins.add(to: &registry)
        return registry
    }()

    private func run(_ type: String, _ properties: OrderedMap<Value>) throws -> InlineResult {
        let inline = try #require(Self.registry.inline(named: type), "\(type)")
        return try inline(properties, InlineContext(now: Timestamp(microseconds: 0)))
    }

    struct Case: Sendable {
        var type: String
        var properties: OrderedMap<Value>
        var result: InlineResult
    }

    @Test(
        "an inline task computes its result",
        arguments: [
            Case(
                type: "io.kestra.plugin.core.log.Log", properties: ["message": "hello"],
                result: InlineResult(logs: [.init(.info, "hello")])),
            Case(
                type: "io.kestra.core.tasks.log.Log", properties: ["message": ["a", "b"], "level": "WARN"],
                result: InlineResult(logs: [.init(.warn, "a"), .init(.warn, "b")])),
            Case(
                type: "io.kestra.plugin.core.debug.Return", properties: ["format": "abc"],
                result: InlineResult(
                    outputs: ["value": "abc"], logs: [.init(.debug, "abc")],
                    metrics: [Metric("length", .counter, 3), Metric("duration", .timer, 0)])),
            Case(
                type: "io.kestra.core.tasks.debugs.Return", properties: [:],
                result: InlineResult(outputs: [:])),
            Case(
                type: "io.kestra.plugin.core.debug.Echo", properties: ["format": "x", "level": "DEBUG"],
                result: InlineResult(logs: [.init(.debug, "x")])),
            Case(
                type: "io.kestra.plugin.core.output.OutputValues",
                properties: ["values": ["n": 1, "l": [true, "x"]]],
                result: InlineResult(outputs: ["values": ["n": 1, "l": [true, "x"]]])),
            Case(
                type: "io.kestra.plugin.core.execution.Fail", properties: ["condition": "false"],
                result: InlineResult()),
            Case(
                type: "io.kestra.plugin.core.execution.Fail", properties: ["condition": ""],
                result: InlineResult()),
            Case(
                type: "io.kestra.plugin.core.metric.Publish",
                properties: [
                    "metrics": [
                        ["type": "counter", "name": "rows", "value": 3, "tags": ["kind": "new"]],
                        ["type": "timer", "name": "load", "value": "PT1.5S"],
                    ]
                ],
                result: InlineResult(metrics: [
                    Metric("rows", .counter, 3, tags: ["kind": "new"]), Metric("load", .timer, 1500),
                ])),
        ])
    func computes(_ sample: Case) throws {
        #expect(try run(sample.type, sample.properties) == sample.result)
    }

    @Test(
        "a failing task says why",
        arguments: [
            ("io.kestra.plugin.core.execution.Fail", [:], "Task failure"),
            (
                "io.kestra.core.tasks.executions.Fail", ["condition": "true", "errorMessage": "no rows"],
                "no rows"
            ),
            ("io.kestra.plugin.core.log.Log", [:], "message"),
            ("io.kestra.plugin.core.log.Log", ["message": "x", "level": "LOUD"], "level"),
            (
                "io.kestra.plugin.core.metric.Publish",
                ["metrics": [["type": "sum", "name": "x", "value": 1]]], "`sum` is not a type"
            ),
        ] as [(String, OrderedMap<Value>, String)])
    func fails(type: String, properties: OrderedMap<Value>, message: String) {
        #expect {
            try run(type, properties)
        } throws: { error in
            (error as? TaskFailure)?.message.contains(message) == true
        }
    }

    @Test("sleep lasts as long as asked, and ends when cancelled")
    func sleep() async throws {
        let sleep = try #require(Self.registry.runnable(named: "io.kestra.plugin.core.flow.Sleep"))
        let context = TestContext().context
        let start = ContinuousClock.now
        let result = try await sleep(["duration": "PT0.05S"], context)
        #expect(result.values.isEmpty && ContinuousClock.now - start >= .milliseconds(50))
        await #expect(throws: CancellationError.self) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await sleep(["duration": "PT1H"], context) }
                group.cancelAll()
                try await group.next()
            }
        }
    }
}
