import ApusModel
import Foundation
import Testing

extension EndToEndTests {
    @Suite struct ExampleTests {
        struct Example: Sendable, CustomTestStringConvertible {
            var id: String
            /// Lines that the log holds.
            var messages: [String]
            var taskRuns: Int
            var testDescription: String { id }
        }

        /// The examples that end by themselves.
        static let all = [
            Example(id: "hello", messages: ["Hello, World!"], taskRuns: 1),
            Example(id: "parallel", messages: ["1, 2 and 3"], taskRuns: 5),
            Example(
                id: "foreach",
                messages: ["Number 0 is LISBON", "Number 1 is OSLO", "Number 2 is QUITO"], taskRuns: 7),
            Example(
                id: "retry", messages: ["attempt 1", "attempt 2", "attempt 3", "It worked in the end."],
                taskRuns: 2),
            Example(id: "python", messages: ["The largest is 97", "25 primes up to 100"], taskRuns: 2),
        ]

        @Test("an example runs on a server", arguments: all)
        func onServer(example: Example) async throws {
            try await Server.run { server in
                let source = try Checkout.text("examples/\(example.id).yaml")
                let saved = try await server.client.createFlow(source)
                try #require(saved.status == 200, "\(saved.text)")
                let execution = try await server.client.start("examples/\(example.id)", query: "?wait=true")
                #expect(execution.state == "SUCCESS")
                #expect(execution.taskRuns.count == example.taskRuns)
                let messages = try await server.client.messages(of: execution.id)
                for message in example.messages { #expect(messages.contains(message)) }
            }
        }

        @Test("an example runs without a server", arguments: all)
        func withoutServer(example: Example) throws {
            let path = Checkout.file("examples/\(example.id).yaml").path
            let outcome = try Program.apus("run", path, "--follow")
            #expect(outcome.status == 0, "\(outcome.errors)")
            for message in example.messages { #expect((outcome.output + outcome.errors).contains(message)) }
        }

        @Test(
            "a pause waits for the answer of a person, and hands it on",
            arguments: [
                ("true", "released", "Released: all tests are green"),
                ("false", "held", "Held back: all tests are green"),
            ])
        func pause(approved: String, branch: String, message: String) async throws {
            try await Server.run { server in
                #expect(
                    try await server.client.createFlow(try Checkout.text("examples/approval.yaml")).status
                        == 200
                )
                let id = try await server.client.start("examples/approval").id
                #expect(try await server.client.wait(for: ["PAUSED"], of: id).state == "PAUSED")
                try await server.client.resume(
                    id, inputs: [("approved", approved), ("reason", "all tests are green")])
                let ended = try await server.client.wait(for: ["SUCCESS", "WARNING", "FAILED"], of: id)
                #expect(ended.state == "SUCCESS")
                #expect(ended.taskRuns.map { $0["taskId"]?.stringValue } == ["approve", "decide", branch])
                #expect(try await server.client.messages(of: id).contains(message))
            }
        }

        @Test("every example is a valid flow")
        func valid() throws {
            // Those of `examples/seeds` need plugins that are not there yet; they have a test of their own.
            for path in try Checkout.files(below: "examples", ending: ".yaml")
            where !path.hasPrefix("examples/seeds/") {
                let outcome = try Program.apus("validate", Checkout.file(path).path)
                #expect(outcome.status == 0, "\(path): \(outcome.output)\(outcome.errors)")
            }
        }
    }
}
