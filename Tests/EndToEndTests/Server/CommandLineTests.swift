import ApusModel
import Foundation
import Testing

extension EndToEndTests {
    @Suite struct CommandLineTests {
        private static func flow(_ tasks: String) -> String {
            "id: status\nnamespace: end.to.end\ntasks:\n" + tasks
        }

        @Test(
            "the exit status of `run` tells how the execution ended",
            arguments: [
                ("  - {id: one, type: io.kestra.plugin.core.log.Log, message: Hello}\n", 0),
                ("  - {id: one, type: io.kestra.plugin.core.execution.Fail, allowFailure: true}\n", 0),
                ("  - {id: one, type: io.kestra.plugin.core.execution.Fail}\n", 1),
                ("  - {id: one, type: io.kestra.plugin.core.log.Log}\n", 2),
            ])
        func status(tasks: String, status: Int) throws {
            let scratch = try ScratchDirectory()
            defer { scratch.remove() }
            let path = try scratch.write(Self.flow(tasks), to: "flow.yaml")
            #expect(try Program.apus("run", path).status == Int32(status))
        }

        @Test("inputs on the command line reach the flow; those that do not fit are refused")
        func inputs() throws {
            let path = Checkout.file("examples/hello.yaml").path
            let outcome = try Program.apus("run", path, "--input", "name=Apus", "--follow")
            #expect(outcome.status == 0)
            #expect((outcome.output + outcome.errors).contains("Hello, Apus!"))
            let python = Checkout.file("examples/python.yaml").path
            #expect(try Program.apus("run", python, "--input", "upTo=many").status == 2)
        }

        @Test("`render` prints what the template gives, and nothing else")
        func render() throws {
            let scratch = try ScratchDirectory()
            defer { scratch.remove() }
            let context = try scratch.write(#"{"name": "Apus", "n": 3}"#, to: "context.json")
            let outcome = try Program.apus("render", "--context", context, "{{ name | upper }}-{{ n + 1 }}")
            #expect(outcome.status == 0)
            #expect(outcome.output == "APUS-4")
            #expect(try Program.apus("render", "--context", context, "{{ nobody }}").status != 0)
        }

        @Test("an unknown word is refused with status 2", arguments: ["bogus", "rnu"])
        func unknown(word: String) throws { #expect(try Program.apus(word).status == 2) }

        @Test("`version` and `help` answer")
        func version() throws {
            #expect(try Program.apus("version").status == 0)
            let help = try Program.apus("help")
            #expect(help.status == 0)
            for command in ["server local", "run", "validate", "render"] {
                #expect(help.output.contains(command))
            }
        }
    }
}
