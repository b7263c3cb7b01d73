import ApusDatabase
import ApusModel
import Testing

@testable import ApusServer

/// Tasks that change their execution, in a whole instance.
@Suite struct EffectTests {
    private func flow(_ body: String) -> String { "id: effects\nnamespace: company.team\n" + body }

    @Test("what a task sets is read by those after it, also when a worker has run it")
    func worker() async throws {
        try await InstanceBench.with { bench in
            // A free port is asked for outside of any transaction, so that the task runs on the worker.
            let found = try await bench.run(
                flow(
                    """
                    variables: {a: {x: 1}}
                    tasks:
                    - {id: s, type: io.kestra.plugin.core.execution.SetVariables, variables: {a: {y: "{{ randomPort() > 0 }}"}}}
                    - {id: l, type: io.kestra.plugin.core.execution.Labels, labels: {port: "{{ randomPort() > 0 }}"}}
                    - {id: t, type: io.kestra.plugin.core.debug.Return, format: "{{ vars.a.x }} {{ vars.a.y }} {{ labels.port }}"}
                    - {id: e, type: io.kestra.plugin.core.execution.Exit, state: "{{ randomPort() > 0 ? 'WARNING' : 'FAILED' }}"}
                    - {id: never, type: io.kestra.plugin.core.debug.Return}
                    """))
            #expect(found.snapshot.execution.state.current == .warning)
            #expect(found.snapshot.taskRuns.map(\.taskID) == ["s", "l", "t", "e"])
            #expect(found.snapshot.taskRuns[2].outputs?["value"] == "1 true true")
        }
    }

    @Test("a task that may change nothing fails and says why")
    func refused() async throws {
        try await InstanceBench.with { bench in
            let found = try await bench.run(
                flow(
                    """
                    variables: {v: one}
                    tasks:
                    - {id: bad, type: io.kestra.plugin.core.execution.SetVariables, overwrite: false, variables: {v: two}}
                    """))
            #expect(found.snapshot.execution.state.current == .failed)
            #expect(found.snapshot.execution.variables == ["v": "one"])
            #expect(found.lines.contains { $0.contains("variable `v`") }, "\(found.lines)")
        }
    }

    @Test("conditions are rendered one by one, and their numbers are kept as metrics")
    func assertion() async throws {
        try await InstanceBench.with { bench in
            let found = try await bench.run(
                flow(
                    """
                    tasks:
                    - id: t
                      type: io.kestra.plugin.core.execution.Assert
                      conditions: ["{{ true }}", "{{ nothing }}", "{{ false }}", "yes"]
                    """))
            #expect(found.snapshot.execution.state.current == .failed)
            #expect(found.lines.last == "2 assertions failed!")
            let id = found.snapshot.execution.id
            let points = try await bench.instance.logStore.read { connection in
                try Metrics.search(executionID: id, connection).points
            }
            #expect(points.map(\.name) == ["success", "failed"] && points.map(\.value) == [2, 2])
        }
    }

    @Test("an SLA ends what has lasted too long")
    func tooLong() async throws {
        try await InstanceBench.with { bench in
            let found = try await bench.run(
                flow(
                    """
                    sla: [{id: quick, type: MAX_DURATION, duration: PT0.2S, behavior: CANCEL, labels: {late: "yes"}}]
                    tasks: [{id: s, type: io.kestra.plugin.core.flow.Sleep, duration: PT1H}]
                    """))
            #expect(found.snapshot.execution.state.current == .cancelled)
            #expect(found.snapshot.execution.labels.contains(Label("late", "yes")))
            #expect(found.snapshot.taskRuns.map(\.state.current) == [.killed])
        }
    }
}
