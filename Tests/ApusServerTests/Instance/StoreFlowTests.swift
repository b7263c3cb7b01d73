import ApusDatabase
import ApusExecutor
import ApusModel
import ApusStorage
import Testing

@testable import ApusServer

/// Flows that use key-value entries, states, namespace files and reused outputs.
@Suite struct StoreFlowTests {
    private func outputs(_ snapshot: ExecutionSnapshot, of task: String) -> [Value] {
        snapshot.taskRuns.filter { $0.taskID == task }.compactMap(\.outputs)
    }

    @Test("an entry keeps the type of its expression, and a duration comes back as seconds")
    func types() async throws {
        try await InstanceBench.with { bench in
            let end = try await bench.run(
                """
                id: types
                namespace: company.team
                tasks:
                - {id: a, type: io.kestra.plugin.core.kv.Set, key: a, value: "{{ 5 }}"}
                - {id: b, type: io.kestra.plugin.core.kv.Set, key: b, value: "5"}
                - {id: c, type: io.kestra.plugin.core.kv.Set, key: c, value: "{{ {'x': [1]} }}"}
                - {id: d, type: io.kestra.plugin.core.kv.Set, key: d, value: PT1M30S, kvType: DURATION}
                - {id: e, type: io.kestra.plugin.core.kv.Set, key: e, value: "n{{ 5 }}"}
                - {id: ga, type: io.kestra.plugin.core.kv.Get, key: a}
                - {id: gb, type: io.kestra.plugin.core.kv.Get, key: b}
                - {id: gc, type: io.kestra.plugin.core.kv.Get, key: c}
                - {id: gd, type: io.kestra.plugin.core.kv.Get, key: d}
                - {id: ge, type: io.kestra.plugin.core.kv.Get, key: e}
                - {id: f, type: io.kestra.plugin.core.debug.Return, format: "{{ kv('d') + 1 }} {{ kv('c').x[0] }}"}
                """)
            #expect(end.snapshot.execution.state.current == .success, "\(end.lines)")
            for (task, value) in [("ga", 5), ("gb", "5"), ("gc", ["x": [1]]), ("gd", 90), ("ge", "n5")]
                as [(String, Value)]
            {
                #expect(outputs(end.snapshot, of: task).first?["value"] == value, "\(task)")
            }
            #expect(outputs(end.snapshot, of: "f").first?["value"] == "91 1")
        }
    }

    @Test("a namespace without flows has no store; an entry that is there may be protected")
    func refusals() async throws {
        try await InstanceBench.with { bench in
            for (task, words) in [
                (
                    "{id: t, type: io.kestra.plugin.core.kv.Set, key: k, value: v, namespace: nowhere}",
                    "does not exist"
                ),
                ("{id: t, type: io.kestra.plugin.core.kv.Set, key: ../k, value: v}", "is not a key"),
                ("{id: t, type: io.kestra.plugin.core.kv.Get, key: k, namespace: ../x}", "does not exist"),
                (
                    "{id: t, type: io.kestra.plugin.core.namespace.DownloadFiles, namespace: ../x, files: a}",
                    "is not the name of a namespace"
                ),
                (
                    "{id: t, type: io.kestra.plugin.core.namespace.UploadFiles, namespace: company.team, "
                        + "filesMap: {../../x: kestra:///company/team/_files/a}}",
                    "a"
                ),
            ] {
                let end = try await bench.run("id: bad\nnamespace: company.team\ntasks:\n- \(task)")
                #expect(end.snapshot.execution.state.current == .failed)
                #expect(end.lines.contains { $0.contains(words) }, "\(end.lines)")
            }
        }
    }

    @Test("each value of a loop has a state of its own, under each flow of the namespace")
    func states() async throws {
        try await InstanceBench.with { bench in
            let source = """
                id: loop
                namespace: company.team
                tasks:
                - id: each
                  type: io.kestra.plugin.core.flow.ForEach
                  values: [a, b]
                  tasks:
                  - {id: set, type: io.kestra.core.tasks.states.Set, data: {v: "{{ taskrun.value }}"}}
                  - {id: get, type: io.kestra.core.tasks.states.Get}
                - {id: own, type: io.kestra.core.tasks.states.Get}
                """
            let end = try await bench.run(source)
            #expect(outputs(end.snapshot, of: "get").map { $0["data"] ?? .null } == [["v": "a"], ["v": "b"]])
            #expect(outputs(end.snapshot, of: "own").first?["count"] == 0)
        }
    }

    @Test("a task with the same properties is not run again while its outputs are young enough")
    func cache() async throws {
        try await InstanceBench.with { bench in
            let source = """
                id: cached
                namespace: company.team
                inputs: [{id: n, type: INT}]
                tasks:
                - id: script
                  type: io.kestra.plugin.scripts.shell.Commands
                  taskRunner: {type: io.kestra.plugin.core.runner.Process}
                  taskCache: {enabled: true, ttl: PT1H}
                  commands: ["echo '::{\\"outputs\\":{\\"r\\":\\"{{ inputs.n }}\\"}}::'; echo really run"]
                - {id: log, type: io.kestra.plugin.core.log.Log, message: said, taskCache: {enabled: true}}
                """
            func lines(_ number: String) async throws -> (ExecutionSnapshot, [String]) {
                let end = try await bench.run(source, inputs: [("n", number)])
                #expect(end.snapshot.execution.state.current == .success, "\(end.lines)")
                #expect(outputs(end.snapshot, of: "script").first?["vars"]?["r"] == .string(number))
                return (end.snapshot, end.lines)
            }
            #expect(try await lines("1").1.contains("really run"))
            let second = try await lines("1").1
            #expect(!second.contains("really run"))
            #expect(!second.contains("said"))
            #expect(try await lines("2").1.contains("really run"))
        }
    }

    @Test("files of a namespace come into scripts, also as input files, and earlier revisions can be read")
    func files() async throws {
        try await InstanceBench.with { bench in
            let files = NamespaceFiles(bench.instance.storage)
            for text in ["old", "new"] {
                try await files.keepRevision(of: "d/a.txt", in: "company.team")
                try await bench.store(text, at: try files.address(of: "d/a.txt", in: "company.team"))
            }
            let end = try await bench.run(
                """
                id: files
                namespace: company.team
                tasks:
                - id: script
                  type: io.kestra.plugin.scripts.shell.Commands
                  taskRunner: {type: io.kestra.plugin.core.runner.Process}
                  namespaceFiles: {enabled: true, include: ["d/*.txt"]}
                  inputFiles: {in.txt: "nsfile:///d/a.txt"}
                  commands: [cat d/a.txt in.txt]
                - id: read
                  type: io.kestra.plugin.core.debug.Return
                  format: "{{ read('d/a.txt', revision=1) }} {{ read('d/a.txt', version=2) }} {{ read(fileURI('d/a.txt')) }}"
                """)
            #expect(end.snapshot.execution.state.current == .success, "\(end.lines)")
            #expect(end.lines.contains("newnew"))
            #expect(outputs(end.snapshot, of: "read").first?["value"] == "old new new")
            let missing = try await bench.refusal(
                "{{ read('d/a.txt', revision=3) }}", namespace: "company.team", execution: "e")
            #expect(missing != nil)
            let foreign = try await bench.refusal(
                "{{ read('kestra:///company/team/_revisions/d_d/a.txt_f/1') }}", namespace: "company.team",
                execution: "e")
            #expect(foreign?.contains("belongs neither") == true)
        }
    }

    @Test("what is stored encrypted is text for expressions, and stars in the log")
    func hidden() async throws {
        try await InstanceBench.with { bench in
            let end = try await bench.run(
                """
                id: hidden
                namespace: company.team
                inputs: [{id: word, type: SECRET}]
                tasks:
                - {id: inline, type: io.kestra.plugin.core.log.Log, message: "it is {{ inputs.word }}"}
                - id: script
                  type: io.kestra.plugin.scripts.shell.Commands
                  taskRunner: {type: io.kestra.plugin.core.runner.Process}
                  env: {WORD: "{{ inputs.word }}"}
                  commands: ['echo "again $WORD"']
                """, inputs: [("word", "hunter22")])
            #expect(end.snapshot.execution.state.current == .success)
            #expect(end.lines == ["it is ******", "again ******"])
        }
    }
}
