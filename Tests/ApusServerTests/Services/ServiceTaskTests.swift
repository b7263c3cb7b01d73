import ApusDatabase
import ApusExecutor
import ApusModel
import ApusStorage
import Foundation
import Testing

@testable import ApusServer

/// Tasks that look at other executions, at logs and at files of a whole server.
@Suite struct ServiceTaskTests {
    private static let header = "namespace: company.team\ntasks:\n"

    private static func flow(_ id: String, _ tasks: String) -> String { "id: \(id)\n\(header)\(tasks)" }

    private static let hello = flow(
        "hello", "- {id: t, type: io.kestra.plugin.core.log.Log, message: hello}")

    private func outputs(_ snapshot: ExecutionSnapshot, _ task: String) -> Value? {
        snapshot.taskRuns.last { $0.taskID == task }?.outputs
    }

    @Test("executions are counted by flow and by namespace, and the expression says which counts are given")
    func count() async throws {
        try await InstanceBench.with { bench in
            for _ in 0..<2 { _ = try await bench.run(Self.hello) }
            let run = try await bench.run(
                Self.flow(
                    "counting",
                    """
                    - id: count
                      type: io.kestra.core.tasks.executions.Counts
                      flows: [{namespace: company.team, flowId: hello}, {namespace: company.team, flowId: none}]
                      namespaces: [company.team, company]
                      states: [SUCCESS]
                      startDate: "{{ now() | dateAdd(-1, 'DAYS') }}"
                      expression: "{{ count >= vars.least }}"
                    variables: {least: 2}
                    """))
            #expect(run.snapshot.execution.state.current == .success, "\(run.lines)")
            let expected: Value = [
                "results": [
                    ["namespace": "company.team", "flowId": "hello", "count": 2],
                    ["namespace": "company.team", "count": 2],
                ], "total": 4,
            ]
            #expect(outputs(run.snapshot, "count") == expected)
        }
    }

    @Test("log lines are fetched as a file, and purged by level")
    func logs() async throws {
        try await InstanceBench.with { bench in
            let run = try await bench.run(
                Self.flow(
                    "fetching",
                    """
                    - {id: a, type: io.kestra.plugin.core.log.Log, message: [one, two]}
                    - {id: b, type: io.kestra.plugin.core.log.Log, message: three, level: WARN}
                    - {id: all, type: io.kestra.plugin.core.log.Fetch}
                    - {id: some, type: io.kestra.plugin.core.log.Fetch, tasksId: [b], level: WARN}
                    - id: read
                      type: io.kestra.plugin.core.debug.Return
                      format: "{{ fromIon(read(outputs.some.uri)).message }}"
                    - id: purge
                      type: io.kestra.plugin.core.log.PurgeLogs
                      namespace: company
                      logLevels: [WARN]
                      endDate: "{{ now() | dateAdd(1, 'DAYS') }}"
                    - {id: rest, type: io.kestra.plugin.core.log.Fetch}
                    """))
            #expect(run.snapshot.execution.state.current == .success, "\(run.lines)")
            #expect(outputs(run.snapshot, "all")?["size"] == 3)
            #expect(outputs(run.snapshot, "some")?["size"] == 1)
            #expect(outputs(run.snapshot, "read")?["value"] == "three")
            #expect(outputs(run.snapshot, "purge")?["count"] == 1)
            #expect(outputs(run.snapshot, "rest")?["size"] == 2)
        }
    }

    @Test("ended executions are purged with what belongs to them, the one that runs is kept")
    func purgeExecutions() async throws {
        try await InstanceBench.with { bench in
            let old = try await bench.run(
                Self.flow("old", "- {id: w, type: io.kestra.plugin.core.storage.Write, content: x}"))
            let uri = try #require(outputs(old.snapshot, "w")?["uri"]?.stringValue)
            let run = try await bench.run(
                Self.flow(
                    "purging",
                    """
                    - id: purge
                      type: io.kestra.plugin.core.storage.Purge
                      namespace: company
                      endDate: "{{ now() | dateAdd(1, 'DAYS') }}"
                      batchSize: 1
                    """))
            #expect(run.snapshot.execution.state.current == .success, "\(run.lines)")
            let counts = outputs(run.snapshot, "purge")
            #expect(counts?["executionsCount"] == 1 && counts?["storagesCount"] == 1)
            #expect(try await bench.instance.executor.snapshot(old.snapshot.execution.id) == nil)
            #expect(try await bench.instance.storage.find(StorageURI(uri)) == nil)
            #expect(try await bench.instance.executor.snapshot(run.snapshot.execution.id) != nil)
        }
    }

    @Test("files of executions that are gone are purged, those of others stay")
    func purgeStorage() async throws {
        try await InstanceBench.with { bench in
            let gone = "7bQ2mXv9TzKf4LwHc8RsYn"
            let orphan = try await bench.storeOutput("x", namespace: "company.team", execution: gone)
            // A flow or a namespace called `executions` is not an execution.
            var others = [
                try await bench.storeOutput(
                    "x", namespace: "company.team", flow: "executions", execution: gone)
            ]
            let live = try await bench.run(
                Self.flow("live", "- {id: w, type: io.kestra.plugin.core.storage.Write, content: x}"))
            let kept = try #require(outputs(live.snapshot, "w")?["uri"]?.stringValue)
            let disguised = try await bench.run(
                Self.flow("tasks", "- {id: w, type: io.kestra.plugin.core.storage.Write, content: x}")
                    .replacing("company.team", with: "company.team.executions.abcdefghijklmnopqrstuv"))
            others.append(try #require(outputs(disguised.snapshot, "w")?["uri"]?.stringValue))
            for isDry in [true, false] {
                let run = try await bench.run(
                    Self.flow(
                        "purging",
                        """
                        - id: purge
                          type: io.kestra.plugin.core.storage.PurgeStorage
                          namespace: company
                          endDate: "{{ now() | dateAdd(1, 'DAYS') }}"
                          dryRun: \(isDry)
                        """))
                let expected: Value = [
                    "scannedCount": 1, "purgedCount": 1, "deletedFilesCount": .int(isDry ? 0 : 1),
                ]
                #expect(outputs(run.snapshot, "purge") == expected, "\(run.lines)")
                #expect((try await bench.instance.storage.find(StorageURI(orphan)) == nil) == !isDry)
            }
            for uri in others + [kept] {
                #expect(try await bench.instance.storage.find(StorageURI(uri)) != nil, "\(uri)")
            }
        }
    }

    @Test("revisions are purged but the latest and those of executions that have not ended")
    func purgeFlows() async throws {
        try await InstanceBench.with { bench in
            for text in ["one", "two", "three"] {
                _ = try await bench.instance.flows.save(
                    Self.hello.replacing("hello}", with: "\(text)}"), mode: .upsert)
            }
            let run = try await bench.run(
                Self.flow(
                    "purging",
                    """
                    - {id: purge, type: io.kestra.plugin.core.flow.PurgeFlows, namespace: company.team, flowId: hello, behavior: {keepAmount: 2}}
                    """))
            #expect(outputs(run.snapshot, "purge") == ["size": 1], "\(run.lines)")
            let left = try await bench.instance.database.read { connection in
                try Flows.revisions(namespace: "company.team", id: "hello", connection).map(\.revision)
            }
            #expect(left == [2, 3])
        }
    }

    @Test("a task resumes its own execution with inputs, and says what is wrong with them")
    func resume() async throws {
        try await InstanceBench.with { bench in
            let run = try await bench.run(
                Self.flow(
                    "resuming",
                    """
                    - id: both
                      type: io.kestra.plugin.core.flow.Parallel
                      tasks:
                      - id: wait
                        type: io.kestra.plugin.core.flow.Pause
                        onResume: [{id: n, type: INT}]
                      - id: rows
                        type: io.kestra.plugin.core.flow.Sequential
                        tasks:
                        - id: wrong
                          type: io.kestra.plugin.core.execution.Resume
                          inputs: {n: many}
                          allowFailure: true
                        - id: right
                          type: io.kestra.plugin.core.execution.Resume
                          inputs: {n: 5}
                    - id: after
                      type: io.kestra.plugin.core.debug.Return
                      format: "{{ outputs.wait.onResume.n }}"
                    """))
            #expect(outputs(run.snapshot, "after")?["value"] == "5", "\(run.lines)")
            #expect(run.lines.contains { $0.contains("`n`") || $0.contains("many") }, "\(run.lines)")
        }
    }

    @Test("a templated task is rendered twice, runs any runnable task, and refuses others")
    func templated() async throws {
        try await InstanceBench.with { bench in
            let run = try await bench.run(
                Self.flow(
                    "templating",
                    """
                    - id: inner
                      type: io.kestra.core.tasks.templating.TemplatedTask
                      spec: |
                        id: any
                        type: io.kestra.plugin.core.debug.{{ vars.kind }}
                        format: "{{ '{{ vars.kind | lower }}' }} of {{ flow.id }}"
                    - id: filter
                      type: io.kestra.plugin.core.templating.TemplatedTask
                      spec: "{type: io.kestra.plugin.core.storage.Write, content: hello}"
                    variables: {kind: Return}
                    """))
            #expect(run.snapshot.execution.state.current == .success, "\(run.lines)")
            #expect(outputs(run.snapshot, "inner")?["value"] == "return of templating")
            #expect(outputs(run.snapshot, "filter")?["uri"]?.stringValue != nil)
            for spec in [
                "type: io.kestra.plugin.core.flow.Parallel",
                "type: io.kestra.plugin.core.templating.TemplatedTask",
                "type: nothing.Like.This", "- a list", "{type: io.kestra.plugin.core.debug.Return, formt: x}",
                "a: [",
            ] {
                let refused = try await bench.run(
                    Self.flow(
                        "refusing",
                        "- {id: t, type: io.kestra.plugin.core.templating.TemplatedTask, spec: '\(spec)'}"))
                #expect(refused.snapshot.execution.state.current == .failed, "\(spec)")
            }
        }
    }

    @Test("a task that logs to a file leaves no lines in the log")
    func logToFile() async throws {
        try await InstanceBench.with { bench in
            let run = try await bench.run(
                Self.flow(
                    "filing",
                    """
                    - {id: t, type: io.kestra.plugin.core.log.Log, message: [one, two], logToFile: true}
                    - {id: s, type: io.kestra.plugin.core.flow.Sleep, duration: PT0S, logToFile: true}
                    """))
            #expect(run.snapshot.execution.state.current == .success && run.lines.isEmpty, "\(run.lines)")
            let stored = try await bench.instance.executor.snapshot(run.snapshot.execution.id)
            let runs = try #require(stored?.taskRuns)
            let uri = try #require(runs.first?.attempts.first?.logFile)
            let text = String(
                decoding: try await bench.instance.storage.read(StorageURI(uri), maxBytes: 1000),
                as: UTF8.self)
            #expect(text.contains(" INFO one\n") && text.contains(" INFO two\n"))
            #expect(runs.last?.attempts.first?.logFile != nil)
        }
    }

    @Test("a task deletes files of its own namespace only, and all of its execution's")
    func files() async throws {
        try await InstanceBench.with { bench in
            let foreign = try await bench.storeOutput("x", namespace: "company.other", execution: "e")
            let common = try await bench.store(
                "x", at: StorageURI.namespaceFiles("company.team").appending("a.txt"))
            for uri in [foreign, common] {
                let run = try await bench.run(
                    Self.flow(
                        "deleting", "- {id: d, type: io.kestra.plugin.core.storage.Delete, uri: '\(uri)'}"))
                #expect(run.snapshot.execution.state.current == .failed, "\(uri)")
                #expect(try await bench.instance.storage.find(StorageURI(uri)) != nil)
            }
            let own = try await bench.run(
                Self.flow(
                    "purging",
                    """
                    - {id: w, type: io.kestra.plugin.core.storage.Write, content: x}
                    - {id: p, type: io.kestra.core.tasks.storages.PurgeExecution}
                    """))
            let uri = try #require(outputs(own.snapshot, "w")?["uri"])
            #expect(outputs(own.snapshot, "p")?["uris"] == [uri], "\(own.lines)")
        }
    }

    @Test("metrics of inline tasks are kept with their turn")
    func metrics() async throws {
        try await InstanceBench.with { bench in
            let run = try await bench.run(
                Self.flow(
                    "measuring",
                    """
                    - {id: r, type: io.kestra.plugin.core.debug.Return, format: abc}
                    - id: p
                      type: io.kestra.plugin.core.metric.Publish
                      metrics: [{type: gauge, name: rows, value: "{{ 5 }}", tags: {kind: new}}]
                    """))
            let id = run.snapshot.execution.id
            let points = try await bench.instance.logStore.read {
                try Metrics.search(executionID: id, $0).points
            }
            #expect(Set(points.map(\.name)) == ["length", "duration", "rows"])
            #expect(points.first { $0.name == "rows" }?.tags == [Label("kind", "new")])
        }
    }

    @Test("a secret that an inline task reads does not reach the log")
    func secrets() async throws {
        setenv("SECRET_SERVICE_TASKS", Data("swordfish\nsecond line".utf8).base64EncodedString(), 1)
        try await InstanceBench.with { bench in
            let run = try await bench.run(
                Self.flow(
                    "telling",
                    """
                    - {id: t, type: io.kestra.plugin.core.log.Log, message: "a {{ secret('SERVICE_TASKS') }} b"}
                    """))
            #expect(run.lines == ["a ****** b"])
        }
    }

    @Test("a task switches a trigger on and off, and fails for one that is not there")
    func toggle() async throws {
        try await InstanceBench.with { bench in
            _ = try await bench.instance.flows.save(
                """
                id: daily
                namespace: tests
                tasks: [{id: t, type: io.kestra.plugin.core.log.Log, message: x}]
                triggers: [{id: at-noon, type: io.kestra.plugin.core.trigger.Schedule, cron: "0 12 * * *"}]
                """, mode: .upsert)
            let key = TriggerKey(namespace: "tests", flowID: "daily", triggerID: "at-noon")
            for (number, isEnabled) in [false, true].enumerated() {
                let run = try await bench.run(
                    Self.flow(
                        "switching\(number)",
                        "- {id: t, type: io.kestra.plugin.core.trigger.Toggle, namespace: tests, flowId: daily, trigger: at-noon, enabled: \(isEnabled)}"
                    ))
                #expect(run.snapshot.execution.state.current == .success)
                let row = try await bench.instance.database.read { try Triggers.load(key, $0) }
                #expect(row?.isDisabled == !isEnabled)
            }
            let run = try await bench.run(
                Self.flow(
                    "wrong", "- {id: t, type: io.kestra.plugin.core.trigger.Toggle, trigger: at-noon}"))
            #expect(run.snapshot.execution.state.current == .failed)
            #expect(run.lines.contains { $0.contains("at-noon` not found") })
        }
    }
}
