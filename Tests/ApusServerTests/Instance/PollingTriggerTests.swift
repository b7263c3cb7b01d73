import ApusDatabase
import ApusExecutor
import ApusModel
import ApusPlugin
import Foundation
import Testing

@testable import ApusServer

/// The contract of polling triggers, over the real executor, database and worker.
@Suite struct PollingTriggerTests {
    private let bench = TriggerBench()
    private let source = Source()

    private func flow(_ rest: String = "", task: String = "io.kestra.plugin.core.log.Log, message: x")
        -> String
    {
        """
        id: polled
        namespace: a.b
        variables: {word: found}
        tasks: [{id: work, type: \(task)}]
        triggers:
          - id: look
            type: test.Polled
            prefix: "{{ vars.word }} {{ flow.id }}"
            interval: PT1S
            \(rest)
        """
    }

    private func found(_ value: Int64, state: Value? = nil) -> Result<Evaluation, TaskFailure> {
        .success(Evaluation(outputs: ["value": .int(value)], state: state))
    }

    @Test(
        "an evaluation comes at once, its outputs are `trigger`, and its state comes back with the next one")
    func stateComesBack() async throws {
        source.answer(found(1, state: ["offset": 7]), .success(.nothing), found(2))
        try await bench.run(source) { instance in
            let key = try await instance.save(flow())
            try await instance.until("two executions") { try await instance.executions().count == 2 }
            let executions = try await instance.executions()
            #expect(
                executions[0].trigger?["variables"] == ["value": 1, "prefix": "found polled"])
            #expect(executions[1].trigger?["variables"]?["value"] == 2)
            #expect(Array(source.seen.prefix(3)) == [.null, ["offset": 7], ["offset": 7]])
            #expect(executions[0].labels.contains(Label("system.from", "trigger")))
            #expect(try await instance.row(key)?.last != nil)
        }
    }

    @Test("while the execution runs nothing is evaluated, and after it at once")
    func locked() async throws {
        source.answer(found(1), found(2))
        try await bench.run(source) { instance in
            let key = try await instance.save(flow(task: "io.kestra.plugin.core.flow.Pause"))
            try await instance.until("an execution") { try await instance.executions().count == 1 }
            let execution = try #require(try await instance.executions().first)
            let row = try #require(try await instance.row(key))
            #expect(row.executionID == execution.id)
            #expect(row.due == nil)
            #expect(row.evaluating == nil)
            #expect(source.seen.count == 1)
            _ = try await instance.executor.resume(execution.id)
            try await instance.until("the next one") { try await instance.executions().count == 2 }
        }
    }

    @Test("with allowConcurrent it is evaluated while its executions run")
    func concurrent() async throws {
        source.answer(found(1), found(2))
        try await bench.run(source) { instance in
            try await instance.save(
                flow("allowConcurrent: true", task: "io.kestra.plugin.core.flow.Pause"))
            try await instance.until("two executions") { try await instance.executions().count == 2 }
            #expect(source.mostRunning == 1)
        }
    }

    @Test("conditions see what was found; what does not meet them starts nothing, but its state is kept")
    func conditions() async throws {
        source.answer(found(1, state: 1), found(5, state: 2), .success(.nothing))
        try await bench.run(source) { instance in
            try await instance.save(flow("when: \"{{ trigger.value > 3 }}\""))
            try await instance.until("an execution") { try await instance.executions().count == 1 }
            #expect(try await instance.executions().first?.trigger?["variables"]?["value"] == 5)
            try await instance.until("a third look") { source.seen.count >= 3 }
            #expect(Array(source.seen.prefix(3)) == [.null, 1, 2])
        }
    }

    @Test("an evaluation that throws is logged at the trigger and tried again with the same state")
    func failure() async throws {
        source.answer(.failure(TaskFailure("no route")), found(2))
        try await bench.run(source) { instance in
            try await instance.save(flow())
            try await instance.until("an execution") { try await instance.executions().count == 1 }
            #expect(try await instance.executions().first?.state.current == .success)
            var filter = LogFilter()
            filter.triggerID = "look"
            let wanted = filter
            let lines = try await instance.logStore.read { try Logs.lines(wanted, limit: 10, $0) }
            #expect(lines.map(\.message) == ["Trigger `look` cannot be evaluated: no route"])
            #expect(lines.first?.level == .error)
        }
    }

    @Test("with failOnTriggerError it starts an execution that has failed")
    func failsOnError() async throws {
        source.answer(.failure(TaskFailure("no route")))
        try await bench.run(source) { instance in
            try await instance.save(flow("failOnTriggerError: true"))
            try await instance.until("an execution") { try await instance.executions().count == 1 }
            #expect(try await instance.executions().first?.state.current == .failed)
        }
    }

    @Test("stopAfter switches it off")
    func stopAfter() async throws {
        source.answer(found(1), found(2))
        try await bench.run(source) { instance in
            let key = try await instance.save(flow("stopAfter: [SUCCESS]"))
            try await instance.until("it is off") { try await instance.row(key)?.isDisabled == true }
            #expect(try await instance.row(key)?.due == nil)
            #expect(try await instance.executions().count == 1)
        }
    }

    @Test("an evaluation is cancelled when the server stops, and begun anew by the next one")
    func restart() async throws {
        var key: TriggerKey?
        try await bench.run(source) { instance in
            key = try await instance.save(flow())
            try await instance.until("a look") { source.seen.count == 1 }
            #expect(try await instance.row(try #require(key))?.evaluating != nil)
        }
        #expect(source.cancelled == 1)
        source.answer(found(1))
        try await bench.run(source) { instance in
            try await instance.until("an execution") { try await instance.executions().count == 1 }
        }
    }

    @Test("what was found for a trigger that was switched off meanwhile counts for nothing")
    func switchedOff() async throws {
        try await bench.run(source) { instance in
            let key = try await instance.save(flow())
            try await instance.until("a look") { source.seen.count == 1 }
            let row = try #require(try await instance.row(key))
            try await instance.executor.setDisabled(key, true)
            let report = EvaluationReport(
                key: key, executionID: "late", startedAt: try #require(row.evaluating),
                outcome: .found(outputs: ["value": 1], state: 9))
            #expect(try await instance.executor.evaluated(report) == .dropped)
            #expect(try await instance.executions().isEmpty)
            #expect(try await instance.database.read { try TriggerStates.load(key, $0) } == nil)
            // The same report once more finds no mark.
            #expect(try await instance.executor.evaluated(report) == .dropped)
        }
    }

    struct Refusal: Sendable {
        var property: String
        var message: String

        init(_ property: String, _ message: String) {
            self.property = property
            self.message = message
        }
    }

    static let refusals: [Refusal] = [
        Refusal("interval: PT0.5S", "`interval` must be at least PT1S, found PT0.5S"),
        Refusal("interval: soon", "`soon` is not a duration"),
        Refusal("prefxi: x", "prefxi"),
    ]

    @Test("properties that do not fit are refused", arguments: refusals)
    func refused(_ refusal: Refusal) async throws {
        try await bench.run(source) { instance in
            let source = flow().replacingOccurrences(of: "interval: PT1S", with: refusal.property)
            let faults = instance.flows.validate(source).errors.map(\.message)
            #expect(faults.contains { $0.contains(refusal.message) }, "\(faults)")
        }
    }
}
