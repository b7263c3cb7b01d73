import ApusCommandLine
import ApusModel
import Testing

@Suite struct CommandTreeTests {
    @Test("the longest path is taken, the rest are its words")
    func finds() throws {
        guard case .command(let command, let rest) = try Sample.tree.find(["flow", "create", "a.yaml"]) else {
            Issue.record("flow create was not found")
            return
        }
        #expect(command.name == "flow create")
        #expect(rest == ["a.yaml"])
    }

    @Test(
        "help is there in every form",
        arguments: [
            ([], "run          Runs a flow."), (["help"], "version      Prints"),
            (["--help"], "Usage: apus COMMAND"),
            (["flow"], "flow list    Lists flows."), (["flow", "--help"], "flow create  Creates"),
            (["help", "flow"], "flow create"), (["run", "--help"], "-i, --input NAME=VALUE  An input"),
            (["help", "run"], "Usage: apus run [options] FILE"), (["run", "a", "-h"], "Runs a flow."),
        ])
    func help(words: [String], part: String) throws {
        guard case .help(let text) = try Sample.tree.find(words) else {
            Issue.record("no help for \(words)")
            return
        }
        #expect(text.contains(part))
    }

    @Test(
        "a misspelt command is answered with the nearest one",
        arguments: [
            (["rnu", "a.yaml"], "unknown command `rnu`; did you mean `run`?"),
            (["flow", "craete"], "unknown command `flow craete`; did you mean `flow create`?"),
            (["frobnicate"], "unknown command `frobnicate`; `apus help` lists them"),
            (["help", "verison"], "unknown command `verison`; did you mean `version`?"),
        ])
    func suggestions(words: [String], message: String) {
        #expect(throws: UsageError(message)) { try Sample.tree.find(words) }
    }

    @Test("every shell gets the commands, their options and nothing that breaks its quotes")
    func completion() throws {
        let bash = try #require(Completion.script(for: "bash", Sample.tree))
        #expect(bash.contains(#""flow ") words="create list" ;;"#))
        #expect(bash.contains(#""run "*) options="--input --follow --json --port" ;;"#))
        #expect(bash.contains(#""") words="run flow render version" ;;"#))
        let fish = try #require(Completion.script(for: "fish", Sample.tree))
        #expect(fish.contains("-l input -r -d 'An input'"))
        #expect(Completion.script(for: "zsh", Sample.tree)?.contains("bashcompinit") == true)
        #expect(Completion.script(for: "cmd", Sample.tree) == nil)
    }

    @Test(
        "an execution's last state decides the exit status",
        arguments: [
            (State.success, 0), (.warning, 0), (.skipped, 0), (.failed, 1), (.retried, 1), (.killed, 3),
            (.cancelled, 3),
        ] as [(State, Int32)])
    func statuses(state: State, status: Int32) {
        #expect(ExitStatus.of(state) == status)
    }
}
