import ApusDatabase
import ApusExecutor
import ApusModel
import Testing

/// Executions that start others by Flow triggers.
@Suite struct FlowTriggerTests {
    private static let ofA = "dependsOn: [{namespace: up, flowId: a}]"
    private static let both = "dependsOn: [{namespace: up, flowId: a}, {namespace: up, flowId: b}]"

    @Test("an execution starts another that sees it and belongs to its family")
    func fires() async throws {
        let bench = try Bench()
        try await bench.upstream("a", "labels: {team.name: red}")
        try await bench.downstream(
            "down",
            "\(Self.ofA)\ninputs: {p: \"{{ trigger.outputs.o }} {{ trigger.state }}\"}\nlabels: {from: \"{{ trigger.flowId }}\"}",
            "inputs: [{id: p, type: STRING}]")
        let id = try await bench.run("a")
        let started = try await bench.executions()
        let execution = try #require(started.first)
        #expect(started.count == 1)
        #expect(execution.state.current == .success)
        #expect(execution.inputs == ["p": "of a SUCCESS"])
        #expect(execution.callers == ["up/a"])
        let variables = execution.trigger?["variables"]
        #expect(variables?["executionId"] == .string(id))
        #expect(variables?["executionLabels"]?["team"]?["name"] == "red")
        #expect(variables?["flowRevision"] == 1)
        #expect(variables?["outputs"] == ["o": "of a"])
        #expect(execution.labels.contains(Label("from", "a")))
        #expect(execution.labels.contains(Label("system.from", "trigger")))
        #expect(execution.labels.contains(Label("system.correlationId", id)))
        #expect(try await bench.count("flow_trigger_events") == 0)
    }

    @Test("each state that is listened to fires, whatever turn it was entered in")
    func states() async throws {
        let bench = try Bench()
        try await bench.upstream("a")
        try await bench.downstream("down", "states: [CREATED, RUNNING, SUCCESS]\n\(Self.ofA)")
        try await bench.run("a")
        #expect(try await bench.triggers("state") == ["CREATED", "RUNNING", "SUCCESS"])
    }

    @Test("an execution that nobody listens to leaves no rows")
    func nobody() async throws {
        let bench = try Bench()
        for id in ["a", "b"] { try await bench.upstream(id) }
        try await bench.downstream("down", Self.ofA)
        let flow = try #require(try await bench.flows.compiled(namespace: "up", id: "b"))
        _ = try await bench.start(flow)
        #expect(try await bench.count("flow_trigger_events") == 0)
    }

    @Test(
        "tests, tries and rounds of loops start nothing",
        arguments: [.test, .playground, .loop] as [ExecutionKind])
    func kinds(_ kind: ExecutionKind) async throws {
        let bench = try Bench()
        try await bench.upstream("a")
        try await bench.downstream("down", Self.ofA)
        try await bench.run("a", kind: kind)
        #expect(try await bench.executions().isEmpty)
    }

    @Test("a trigger that is switched off starts nothing, nor does one of a disabled or deleted flow")
    func switchedOff() async throws {
        let bench = try Bench()
        try await bench.upstream("a")
        try await bench.downstream("down", "disabled: true\n\(Self.ofA)")
        try await bench.run("a")
        try await bench.downstream("down", Self.ofA, "disabled: true")
        try await bench.run("a")
        #expect(try await bench.executions().isEmpty)
        try await bench.downstream("down", Self.ofA)
        try await bench.run("a")
        #expect(try await bench.executions().count == 1)
        _ = try await bench.flows.delete(namespace: "down", id: "down")
        try await bench.run("a")
        #expect(try await bench.executions().count == 1)
        #expect(try await bench.count("flow_trigger_sources") == 0)
    }

    @Test("a flow does not start itself")
    func itself() async throws {
        let bench = try Bench()
        try await bench.downstream("down", "states: [SUCCESS]")
        try await bench.run("down", in: "down")
        #expect(try await bench.executions().count == 1)
    }

    @Test("two executions that end before anybody looks start one that waits for both")
    func together() async throws {
        let bench = try Bench()
        for id in ["a", "b"] { try await bench.upstream(id) }
        try await bench.downstream("down", Self.both)
        for id in ["a", "b"] {
            let flow = try #require(try await bench.flows.compiled(namespace: "up", id: id))
            _ = try await bench.start(flow)
        }
        async let first = bench.executor.turnOfTriggers()
        async let second = bench.executor.turnOfTriggers()
        _ = try await (first, second)
        try await bench.settleTriggers()
        let started = try await bench.executions()
        #expect(started.count == 1)
        let outputs = started.first?.trigger?["variables"]?["outputs"]
        #expect(outputs?["a"]?["o"] == "of a")
        #expect(outputs?["up"]?["b"]?["o"] == "of b")
        #expect(try await bench.count("flow_trigger_evidence") == 0)
    }

    @Test("what was seen is forgotten when its window closes, and when the trigger changes")
    func forgets() async throws {
        let bench = try Bench()
        for id in ["a", "b"] { try await bench.upstream(id) }
        try await bench.downstream("down", "\(Self.both)\nwindow: {every: P1D}")
        try await bench.run("a")
        bench.pass(seconds: 86_400)
        try await bench.run("b")
        #expect(try await bench.executions().isEmpty)
        #expect(try await bench.count("flow_trigger_evidence") == 1)
        // Not of what it waits for: nothing is forgotten.
        try await bench.downstream("down", "description: other\n\(Self.both)\nwindow: {every: P1D}")
        #expect(try await bench.count("flow_trigger_evidence") == 1)
        try await bench.downstream("down", "\(Self.both)\nwindow: {every: PT12H}")
        #expect(try await bench.count("flow_trigger_evidence") == 0)
        try await bench.run("a")
        try await bench.run("b")
        #expect(try await bench.executions().count == 1)
    }

    @Test("what was seen can count again, within its window")
    func keeps() async throws {
        let bench = try Bench()
        for id in ["a", "b", "c"] { try await bench.upstream(id) }
        try await bench.downstream(
            "down",
            "preconditions: {id: p, resetOnSuccess: false, flows: [{namespace: up, flowId: a}, {namespace: up, flowId: b}]}"
        )
        for id in ["a", "b", "b", "c", "a"] { try await bench.run(id) }
        #expect(try await bench.triggers("flowId") == ["b", "b", "a"])
    }

    @Test("flows that trigger each other are stopped, and the trigger says so")
    func circle() async throws {
        let bench = try Bench()
        try await bench.downstream("down", "dependsOn: [{namespace: down, flowId: other}]")
        try await bench.downstream("other", "dependsOn: [{namespace: down, flowId: down}]")
        try await bench.run("down", in: "down")
        let count = try await bench.executions().count + bench.executions(of: "other").count
        #expect(count == 51)
        let line = try #require(bench.lines.last)
        #expect(line.message.contains("50 executions have led to each other"))
        #expect(line.level == .error)
        #expect(line.triggerID == "t")
    }

    @Test("flows that all listen to each other do not fill the machine")
    func storm() async throws {
        let bench = try Bench()
        for id in ["down", "b", "c"] { try await bench.downstream(id, "states: [SUCCESS]") }
        try await bench.run("down", in: "down")
        var count = 0
        for id in ["down", "b", "c"] { count += try await bench.executions(of: id).count }
        // The first of each flow is no circle yet.
        #expect(count <= 1000 + 3, "\(count) executions")
        #expect(bench.lines.contains { $0.message.contains("leads to itself") })
    }

    @Test("an execution that is replayed fires again, with what it does then")
    func replayed() async throws {
        let bench = try Bench()
        try await bench.upstream("a")
        try await bench.downstream("down", "states: [RUNNING, SUCCESS]\n\(Self.ofA)")
        let id = try await bench.run("a")
        _ = try await bench.executor.replay(id)
        try await bench.settleTriggers()
        #expect(try await bench.triggers("state") == ["RUNNING", "SUCCESS", "RUNNING", "SUCCESS"])
        #expect(Set(try await bench.triggers("executionId")).count == 2)
    }

    @Test("a state of an execution it started can switch the trigger off")
    func stopAfter() async throws {
        let bench = try Bench()
        try await bench.upstream("a")
        try await bench.downstream("down", "stopAfter: [SUCCESS]\n\(Self.ofA)")
        for _ in 0..<3 { try await bench.run("a") }
        #expect(try await bench.executions().count == 1)
    }

    @Test("inputs that cannot be given start nothing in edition 1, and a failed execution in edition 2")
    func inputs() async throws {
        for (edition, states) in [(1, []), (2, ["FAILED"])] {
            let bench = try Bench()
            try await bench.upstream("a")
            try await bench.downstream(
                "down", "conditions: []\nstates: [SUCCESS]\ninputs: {p: \"{{ trigger.outputs.none }}\"}",
                "edition: \(edition)\ninputs: [{id: p, type: STRING}]")
            try await bench.run("a")
            #expect(try await bench.executions().map(\.state.current.rawValue) == states)
            let line = try #require(bench.lines.last)
            #expect(line.message.contains("its inputs"))
            #expect(line.flow.id == "down")
        }
    }

    @Test("a required input that is missing from the inputs of a trigger starts nothing")
    func missing() async throws {
        let bench = try Bench()
        try await bench.upstream("a")
        try await bench.downstream(
            "down", "conditions: []\nstates: [SUCCESS]\ninputs: {p: x}",
            "inputs: [{id: p, type: STRING}, {id: q, type: STRING}]")
        try await bench.run("a")
        #expect(try await bench.executions().isEmpty)
        #expect(bench.lines.last?.message.contains("q") == true)
    }

    @Test("a condition that cannot be rendered is told of at its own flow")
    func broken() async throws {
        let bench = try Bench()
        try await bench.upstream("a")
        try await bench.downstream("down", "when: \"{{ inputs.none == 1 }}\"\n\(Self.ofA)")
        try await bench.run("a")
        #expect(try await bench.executions().isEmpty)
        #expect(bench.lines.count == 1)
        let line = try #require(bench.lines.last)
        #expect(line.executionID == "")
        #expect(line.triggerID == "t")
        #expect(line.flow.namespace == "down")
        #expect(line.level == .warn)
        try await bench.downstream(
            "down", "failOnTriggerError: true\nwhen: \"{{ inputs.none == 1 }}\"\n\(Self.ofA)")
        try await bench.run("a")
        #expect(try await bench.executions().map(\.state.current) == [.failed])
    }

    @Test("conditions see the execution: its labels, inputs, outputs and attempts")
    func conditions() async throws {
        let bench = try Bench()
        try await bench.save(
            """
            id: a
            namespace: up
            inputs: [{id: v, type: STRING}]
            labels: {team: red}
            tasks: [{id: r, type: run, retry: {type: constant, interval: PT1S, maxAttempts: 2}}]
            """)
        let condition = "type: io.kestra.plugin.core.condition"
        let expression =
            "labels.team == 'red' and inputs.v == 'go' and execution.state == trigger.state and tasks.r.state == 'SUCCESS'"
        try await bench.downstream(
            "down",
            "conditions: [{\(condition).Expression, expression: \"{{ \(expression) }}\"}]\nstates: [SUCCESS]")
        try await bench.downstream(
            "retried", "conditions: [{\(condition).HasRetryAttempt, in: [FAILED]}]\nstates: [SUCCESS]")
        try await bench.downstream(
            "none", "conditions: [{\(condition).HasRetryAttempt, in: [KILLED]}]\nstates: [SUCCESS]")
        let id = try await bench.run("a", inputs: ["v": "go"])
        try await bench.end(id, .failed)
        bench.pass(seconds: 2)
        try await bench.settle()
        try await bench.end(id)
        try await bench.settleTriggers()
        #expect(try await bench.executions().count == 1)
        #expect(
            try await bench.executions(of: "retried").map { $0.trigger?["variables"]?["flowId"] }.contains(
                "a"))
        #expect(try await bench.executions(of: "none").isEmpty)
    }

    @Test("a window that closes without firing shows as a failed execution, once")
    func miss() async throws {
        let bench = try Bench()
        for id in ["a", "b"] { try await bench.upstream(id) }
        // It is eight o'clock.
        let miss = "onMiss: {behavior: FAIL, labels: {late: \"yes\"}}"
        try await bench.downstream("down", "\(Self.both)\nwindow: {deadline: '09:00:00'}\n\(miss)")
        try await bench.run("a")
        bench.pass(seconds: 3600)
        try await bench.settleTriggers()
        let started = try await bench.executions()
        #expect(started.map(\.state.current) == [.failed])
        #expect(started.first?.labels.contains(Label("late", "yes")) == true)
        #expect(bench.lines.last?.message.contains("1 of 2 needed") == true)
        try await bench.settleTriggers()
        #expect(try await bench.executions().count == 1)
        // The next day it fires in time.
        bench.pass(seconds: 22 * 3600)
        try await bench.run("a")
        try await bench.run("b")
        #expect(try await bench.executions().count == 2)
        bench.pass(seconds: 3600)
        try await bench.settleTriggers()
        #expect(try await bench.executions().map(\.state.current) == [.failed, .success])
    }

    @Test("of many windows that pass while nobody looks, one is told of")
    func missedLong() async throws {
        let bench = try Bench()
        try await bench.upstream("a")
        try await bench.downstream("down", "\(Self.ofA)\nwindow: {every: PT1H}\nonMiss: {behavior: FAIL}")
        bench.pass(seconds: 100 * 3600)
        try await bench.settleTriggers()
        #expect(try await bench.executions().count == 1)
    }
}
