import ApusModel
import Foundation
import Testing

extension EndToEndTests {
    /// `apus migrate`, and what its results do.
    @Suite struct MigrationTests {
        static let flows = ["conditions", "defaults", "listeners"]

        @Test("a migrated flow is valid in the other edition and gives the same results", arguments: flows)
        func sameResults(name: String) throws {
            let scratch = try ScratchDirectory()
            defer { scratch.remove() }
            let source = Checkout.file("Tests/EndToEndTests/Migrations/\(name).yaml").path
            let migrated = try Program.apus("migrate", source, "--to", "2", "--explain")
            #expect(migrated.status == 0, "\(migrated.errors)")
            #expect(migrated.errors.contains("edition 2"))
            try migrated.output.write(toFile: scratch.path("flow.yaml"), atomically: true, encoding: .utf8)
            try "apus.flows.edition: 2\n".write(
                toFile: scratch.path("config.yaml"), atomically: true, encoding: .utf8)
            let words = ["--config", scratch.path("config.yaml"), scratch.path("flow.yaml")]
            let validation = try Program.apus(["validate", "--verbose"] + words)
            #expect(validation.status == 0, "\(validation.output)")
            #expect(validation.output.contains("valid, edition 2"))
            let before = try Self.result(["run", "--json", source])
            let after = try Self.result(["run", "--json"] + words)
            #expect(before["state"] == "SUCCESS")
            #expect(before == after)
        }

        @Test("what cannot be migrated is told, and makes the status 1")
        func leftovers() throws {
            let scratch = try ScratchDirectory()
            defer { scratch.remove() }
            let flow =
                "id: a\nnamespace: b\ntasks:\n  - {id: c, type: io.kestra.plugin.core.state.Get}\n"
            try flow.write(toFile: scratch.path("flow.yaml"), atomically: true, encoding: .utf8)
            let migrated = try Program.apus("migrate", scratch.path("flow.yaml"), "--to", "2")
            #expect(migrated.status == 1)
            #expect(migrated.output == flow)
            #expect(migrated.errors.contains("flow.yaml:4:"))
            #expect(migrated.errors.contains("io.kestra.plugin.core.kv.Get"))
        }

        /// State, outputs, and each task run with its state and outputs.
        private static func result(_ words: [String]) throws -> Value {
            let outcome = try Program.apus(words)
            let execution = try JSONParser.parse(outcome.output)
            let runs = (execution["taskRunList"]?.listValue ?? []).map { run -> Value in
                [
                    "task": run["taskId"] ?? .null, "state": run["state"]?["current"] ?? .null,
                    "outputs": run["outputs"] ?? .null,
                ]
            }
            return [
                "state": execution["state"]?["current"] ?? .null, "outputs": execution["outputs"] ?? .null,
                "inputs": execution["inputs"] ?? .null, "runs": .list(runs),
            ]
        }
    }
}
