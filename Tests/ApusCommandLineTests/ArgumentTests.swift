import ApusCommandLine
import Testing

@Suite struct ArgumentTests {
    @Test("options stand anywhere, in each of their forms, and repeat")
    func options() throws {
        let words = ["--input", "a=1", "flow.yaml", "-i", "b=x=y", "--input=c=", "--follow"]
        let arguments = try Arguments(reading: words, for: Sample.run)
        #expect(arguments.positional == ["flow.yaml"])
        #expect(arguments.all("--input") == ["a=1", "b=x=y", "c="])
        #expect(arguments["--input"] == "c=")
        #expect(arguments.has("--follow"))
        #expect(!arguments.has("--json"))
        #expect(try arguments.pairs("--input").map(\.0) == ["a", "b", "c"])
        #expect(try arguments.pairs("--input").map(\.1) == ["1", "x=y", ""])
    }

    @Test("after -- nothing is an option, and - is an argument")
    func ends() throws {
        #expect(try Arguments(reading: ["--", "--follow"], for: Sample.run).positional == ["--follow"])
        #expect(try Arguments(reading: ["-"], for: Sample.run).positional == ["-"])
    }

    @Test("a command may take its words unread")
    func unread() throws {
        guard
            case .command(let command, let rest) = try Sample.tree.find([
                "render", "--context", "a.json", "{{ a }}",
            ])
        else {
            Issue.record("render was not found")
            return
        }
        #expect(try Arguments(reading: rest, for: command).positional == ["--context", "a.json", "{{ a }}"])
    }

    @Test(
        "what does not fit is refused in plain words",
        arguments: [
            (["a", "--inptu", "b=1"], "unknown option `--inptu`; did you mean `--input`?"),
            (["a", "--zzzzzz"], "unknown option `--zzzzzz`"),
            (["a", "--input"], "--input needs a value"),
            (["a", "--follow=yes"], "--follow takes no value"),
            ([], "something is missing.\nUsage: apus run [options] FILE"),
            (["a", "b"], "too much was given.\nUsage: apus run [options] FILE"),
        ])
    func refusals(words: [String], message: String) {
        #expect(throws: UsageError(message)) { try Arguments(reading: words, for: Sample.run) }
    }

    @Test("numbers and pairs are checked")
    func values() throws {
        let arguments = try Arguments(
            reading: ["a", "--port", "99999", "--input", "=1", "--json", "--follow"], for: Sample.run)
        #expect(throws: UsageError("--port takes a number from 0 to 65535, not `99999`")) {
            try arguments.integer("--port", in: 0...65_535)
        }
        #expect(throws: UsageError("--input takes NAME=VALUE, not `=1`")) { try arguments.pairs("--input") }
        #expect(throws: UsageError("--follow and --json exclude each other")) {
            try arguments.refuse("--follow", with: "--json")
        }
    }
}
