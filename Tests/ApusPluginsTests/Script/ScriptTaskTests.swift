import ApusModel
import ApusPlugin
import ApusPluginsScript
import Foundation
import Testing

@Suite struct ScriptTaskTests {
    private static let registry = {
        var registry = PluginRegistry()
        ScriptPlugins.add(to: &registry)
        return registry
    }()

    private static let commands = "io.kestra.plugin.scripts.shell.Commands"
    private static let script = "io.kestra.plugin.scripts.shell.Script"

    private func run(
        _ type: String, _ properties: OrderedMap<Value>, _ test: TestContext = TestContext()
    ) async throws -> PluginRegistry.Result {
        let runnable = try #require(Self.registry.runnable(named: type))
        return try await runnable(properties, test.context)
    }

    private func failure(
        _ type: String, _ properties: OrderedMap<Value>, _ test: TestContext = TestContext()
    ) async throws -> TaskFailure {
        do {
            _ = try await run(type, properties, test)
        } catch let failure as TaskFailure {
            return failure
        }
        return try #require(nil as TaskFailure?, "it did not fail")
    }

    @Test("commands run in order in one shell, their lines are logged by stream")
    func commands() async throws {
        let test = TestContext()
        let result = try await run(
            Self.commands,
            [
                "beforeCommands": ["x=one"], "commands": ["echo $x", "echo two >&2", "echo \"$GREETING\""],
                "env": ["GREETING": "hello 'you'", "NOTHING": .null],
            ], test)
        #expect(test.lines(at: .info) == ["one", "hello 'you'"])
        #expect(test.lines(at: .error) == ["two"])
        #expect(
            result.values == [
                "vars": [:], "exitCode": 0, "outputFiles": [:], "stdOutLineCount": 2, "stdErrLineCount": 1,
            ])
        #expect(result.state == nil)
    }

    @Test("a failed command ends the task with its code and what it gave")
    func exitCode() async throws {
        let failed = try await failure(
            Self.script, ["script": "echo '::{\"outputs\":{\"a\":1}}::'\nexit 7\n"])
        #expect(failed.message == "Command failed with exit code 7")
        #expect(failed.outputs?["exitCode"] == 7)
        #expect(failed.outputs?["vars"] == ["a": 1])
        let signalled = try await failure(Self.script, ["script": "kill -9 $$"])
        #expect(signalled.message == "Command failed with exit code 137: ended by signal 9")
    }

    @Test("failFast ends at the first failure, without it the last command counts")
    func failFast() async throws {
        let failed = try await failure(Self.commands, ["commands": ["false", "echo on"]])
        #expect(failed.message == "Command failed with exit code 1")
        let test = TestContext()
        _ = try await run(Self.commands, ["commands": ["false", "echo on"], "failFast": false], test)
        #expect(test.lines(at: .info) == ["on"])
    }

    @Test("the output protocol gives outputs, metrics and log lines, and is not logged itself")
    func outputProtocol() async throws {
        let test = TestContext()
        let result = try await run(
            Self.script,
            [
                "script": """
                echo '::{"outputs":{"a":{"b":[1,2.5,null]},"c":"x"}}::'
                echo '::{"outputs":{"c":"y"},"metrics":[{"name":"n","type":"counter","value":3,"tags":{"t":"u"}}]}::' >&2
                echo '::{"metrics":[{"name":"d","type":"timer","value":1.5},{"value":1}]}::'
                echo '::{"logs":[{"level":"WARN","message":"careful"},{"message":"fine"}]}::'
                echo '::{broken}::'
                echo '::{"not":"closed"}'
                """
            ], test)
        #expect(result.values["vars"] == ["a": ["b": [1, 2.5, .null]], "c": "y"])
        #expect(
            test.seen.metrics == [
                Metric("n", .counter, 3, tags: ["t": "u"]), Metric("d", .timer, 1500),
            ] || test.seen.metrics == [Metric("d", .timer, 1500), Metric("n", .counter, 3, tags: ["t": "u"])])
        #expect(test.lines(at: .info) == ["fine", #"::{"not":"closed"}"#])
        let warnings = test.lines(at: .warn)
        #expect(warnings.count == 3 && warnings.contains("careful"))
        #expect(warnings.contains { $0.contains("its JSON is wrong") })
    }

    @Test("a large output message arrives whole")
    func largeOutput() async throws {
        let result = try await run(
            Self.script,
            [
                "script":
                    "printf '::{\"outputs\":{\"a\":\"'; head -c 500000 /dev/zero | tr '\\0' x; printf '\"}}::\\n'"
            ])
        #expect(result.values["vars"]?["a"]?.stringValue?.utf8.count == 500_000)
    }

    @Test("input files are there, output files are stored")
    func files() async throws {
        let test = TestContext()
        test.put("from storage", at: "kestra:///a/b.txt")
        let result = try await run(
            Self.commands,
            [
                "inputFiles": [
                    "in/one.txt": "text", "two.txt": "kestra:///a/b.txt", "three.json": ["k": [1]],
                    "none": .null,
                ],
                "outputFiles": ["out/**", "two.txt", "missing.txt"],
                "commands": [
                    "mkdir -p out/deep", "cp in/one.txt out/deep/copy.txt", "cat three.json > out/three.json",
                    "cat kestra:///a/b.txt > \"$OUTPUT_DIR/auto.txt\"", "test ! -e none",
                ],
            ], test)
        #expect(
            result.values["outputFiles"] == [
                "auto.txt": "kestra:///auto.txt", "out/deep/copy.txt": "kestra:///out/deep/copy.txt",
                "out/three.json": "kestra:///out/three.json", "two.txt": "kestra:///two.txt",
            ])
        #expect(test.seen.stored["kestra:///out/deep/copy.txt"] == "text")
        #expect(test.seen.stored["kestra:///out/three.json"] == #"{"k":[1]}"#)
        #expect(test.seen.stored["kestra:///auto.txt"] == "from storage")
        #expect(test.lines(at: .warn) == ["`outputFiles`: there is no file `missing.txt`"])
    }

    @Test("input files may be given as JSON text")
    func inputFilesText() async throws {
        let test = TestContext()
        _ = try await run(
            Self.commands, ["inputFiles": #"{"a.txt": "hi"}"#, "commands": ["cat a.txt"]], test)
        #expect(test.lines(at: .info) == ["hi"])
    }

    @Test("Python runs scripts and finds the input files beside them")
    func python() async throws {
        let test = TestContext()
        let result = try await run(
            "io.kestra.plugin.scripts.python.Script",
            [
                "inputFiles": ["helper.py": "def twice(x): return 2 * x"],
                "script":
                    "import helper, json, sys\nprint('::' + json.dumps({'outputs': {'n': helper.twice(21)}}) + '::')",
            ], test)
        #expect(result.values["vars"] == ["n": 42])
        _ = try await run(
            "io.kestra.plugin.scripts.python.Commands", ["commands": ["python -c 'print(1 + 1)'"]], test)
        #expect(test.lines(at: .info).last == "2")
    }

    @Test("other languages run scripts by their program")
    func perl() async throws {
        let test = TestContext()
        _ = try await run(
            "io.kestra.plugin.scripts.perl.Script", ["script": "print join('-', 1..3), \"\\n\";"], test)
        #expect(test.lines(at: .info) == ["1-2-3"])
        _ = try await run("io.kestra.plugin.scripts.perl.Commands", ["commands": ["perl -e 'print 7'"]], test)
        #expect(test.lines(at: .info).last == "7")
        #expect(
            Self.registry.catalogue.schema(named: "io.kestra.plugin.scripts.node.Script")?.properties.count
                == 15)
    }

    @Test(
        "what this server cannot do is refused in plain words",
        arguments: [
            (["containerImage": "ubuntu"], "no container task runner"),
            (["docker": ["image": "ubuntu"]], "no container task runner"),
            (
                ["taskRunner": ["type": "io.kestra.plugin.scripts.runner.docker.Docker"]],
                "runner.docker.Docker"
            ),
            (["runner": "DOCKER"], "runner: DOCKER"),
            (["namespaceFiles": ["enabled": true]], "namespace files"),
            (["inputFiles": ["../x": "y"]], "not a path inside"),
            (["inputFiles": ["/etc/x": "y"]], "not a path inside"),
            (["inputFiles": ["x": "file:///etc/passwd"]], "a file of the machine"),
            (["inputFiles": "nonsense"], "must be a map"),
            (["env": ["A=B": "y"]], "not the name of an environment variable"),
            (["targetOS": "WINDOWS"], "runs on Linux"),
            (["interpreter": ["no-such-shell", "-c"]], "not on the PATH"),
        ] as [(OrderedMap<Value>, String)])
    func refusals(extra: OrderedMap<Value>, message: String) async throws {
        var properties: OrderedMap<Value> = ["commands": ["true"]]
        for (name, value) in extra { properties[name] = value }
        do {
            _ = try await run(Self.commands, properties)
            Issue.record("it was not refused")
        } catch {
            #expect("\(error)".contains(message), "\(error)")
        }
    }

    @Test("what is harmless is accepted")
    func accepted() async throws {
        let process: Value = ["type": "io.kestra.plugin.core.runner.Process"]
        for extra in [
            ["taskRunner": process, "containerImage": "ubuntu"], ["runner": "PROCESS"],
            ["namespaceFiles": ["enabled": false]], ["targetOS": "LINUX"],
            ["interpreter": ["/bin/bash", "-c"]],
        ] as [OrderedMap<Value>] {
            var properties: OrderedMap<Value> = ["commands": ["true"]]
            for (name, value) in extra { properties[name] = value }
            #expect(try await run(Self.commands, properties).values["exitCode"] == 0)
        }
    }

    @Test("lines on standard error end the task in WARNING only when it asks for that")
    func warning() async throws {
        let result = try await run(Self.commands, ["commands": ["echo x >&2"], "warningOnStdErr": true])
        #expect(result.state == .warning)
        #expect(try await run(Self.commands, ["commands": ["echo x >&2"]]).state == nil)
    }

    @Test("a script longer than an argument may be runs all the same")
    func longScript() async throws {
        let test = TestContext()
        let script = "# \(String(repeating: "x", count: 300_000))\necho end"
        _ = try await run(Self.script, ["script": .string(script)], test)
        #expect(test.lines(at: .info) == ["end"])
    }
}
