import ApusModel
import Foundation
import Testing

extension EndToEndTests {
    @Suite struct ExplainCommandTests {
        private func explain(_ template: String, edition: String = "1") throws -> Program.Outcome {
            let scratch = try ScratchDirectory()
            defer { scratch.remove() }
            let context = try scratch.write(#"{"inputs": {"n": 3}}"#, to: "context.json")
            return try Program.apus(
                "render", "--explain", "--context", context, "--edition", edition, template)
        }

        @Test("`render --explain` prints each step, and then the text")
        func steps() throws {
            let outcome = try explain("{{ (inputs.n + 1) | string ~ '!' }}")
            #expect(outcome.status == 0)
            #expect(outcome.output.hasPrefix("1:5  inputs.n "))
            #expect(outcome.output.contains("1:5  inputs.n + 1"))
            #expect(outcome.output.hasSuffix("= \"4!\"\n\n4!\n"))
            #expect(outcome.errors.isEmpty)
        }

        @Test("a failure is shown at its step, with status 1")
        func failure() throws {
            let outcome = try explain("{{ 1 / (inputs.n - 3) }}", edition: "2")
            #expect(outcome.status == 1)
            #expect(outcome.output.hasSuffix("! division by zero\n"))
            #expect(outcome.errors.contains("division by zero (line 1, column 6)"))
            #expect(try explain("{{").status == 1)
        }
    }
}
