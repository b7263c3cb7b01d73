import ApusModel
import Foundation
import Testing

extension EndToEndTests {
    /// What is wrong with a flow is told with its place, in the same way over HTTP and on the command line.
    @Suite struct RefusalTests {
        struct Refusal: Sendable, CustomTestStringConvertible {
            var what: String
            var source: String
            var line: Int
            var column: Int
            /// Part of the message.
            var message: String
            var testDescription: String { what }
        }

        static let all = [
            Refusal(
                what: "a misspelt property",
                source: """
                    id: bad
                    namespace: end.to.end
                    tasks:
                      - id: one
                        type: io.kestra.plugin.core.log.Log
                        mesage: Hello
                        message: Hello
                    """, line: 6, column: 5, message: "mesage"),
            Refusal(
                what: "an unknown task type",
                source: """
                    id: bad
                    namespace: end.to.end
                    tasks:
                      - id: one
                        type: io.kestra.plugin.core.log.Logg
                        message: Hello
                    """, line: 5, column: 11, message: "Invalid type: io.kestra.plugin.core.log.Logg"),
            Refusal(
                what: "two tasks with one id",
                source: """
                    id: bad
                    namespace: end.to.end
                    tasks:
                      - id: one
                        type: io.kestra.plugin.core.log.Log
                        message: Hello
                      - id: one
                        type: io.kestra.plugin.core.log.Log
                        message: Again
                    """, line: 7, column: 9, message: "Duplicate task id with name [one]"),
            Refusal(
                what: "a key given twice",
                source: """
                    id: bad
                    namespace: end.to.end
                    namespace: end.to.end
                    tasks:
                      - id: one
                        type: io.kestra.plugin.core.log.Log
                        message: Hello
                    """, line: 3, column: 1, message: "Duplicate field 'namespace'"),
            Refusal(
                what: "what this version does not run",
                source: """
                    id: bad
                    namespace: end.to.end
                    quotas:
                      - id: daily
                        type: io.kestra.plugin.core.quota.Executions
                        limit: 100
                    tasks:
                      - id: one
                        type: io.kestra.plugin.core.log.Log
                        message: Hello
                    """, line: 4, column: 3, message: "quotas"),
        ]

        @Test("a bad flow gets 422 with line and column", arguments: all)
        func overHTTP(refusal: Refusal) async throws {
            try await Server.run { server in
                let answer = try await server.client.createFlow(refusal.source)
                #expect(answer.status == 422)
                let faults = answer.json["faults"]?.listValue ?? []
                let fault = try #require(
                    faults.first { $0["message"]?.stringValue?.contains(refusal.message) == true },
                    "\(answer.text)")
                #expect(fault["line"]?.intValue == Int64(refusal.line), "\(fault)")
                #expect(fault["column"]?.intValue == Int64(refusal.column), "\(fault)")
                let missing = try await server.client.call("GET", "/api/v1/main/flows/end.to.end/bad")
                #expect(missing.status == 404)
            }
        }

        @Test("a bad flow gets exit status 2 and file:line:column", arguments: all)
        func onCommandLine(refusal: Refusal) throws {
            let scratch = try ScratchDirectory()
            defer { scratch.remove() }
            let path = try scratch.write(refusal.source, to: "bad.yaml")
            for command in ["validate", "run"] {
                let outcome = try Program.apus(command, path)
                #expect(outcome.status == 2)
                let lines = (outcome.output + outcome.errors).split(separator: "\n")
                let place = "\(path):\(refusal.line):\(refusal.column): "
                #expect(
                    lines.contains { $0.hasPrefix(place) && $0.contains(refusal.message) },
                    "\(lines)")
            }
        }

        @Test("a start with inputs that do not fit gets 422, and nothing runs")
        func inputs() async throws {
            try await Server.run { server in
                #expect(
                    try await server.client.createFlow(try Checkout.text("examples/python.yaml")).status
                        == 200)
                await #expect(throws: APIClient.Refused.self) {
                    try await server.client.start("examples/python", inputs: [("upTo", "many")])
                }
                let found = try await server.client.call(
                    "GET", "/api/v1/main/executions/search?namespace=examples")
                #expect(found.json["total"] == 0)
            }
        }

        @Test(
            "what is not there gets 404",
            arguments: [
                "/api/v1/main/flows/no/flow", "/api/v1/main/executions/0123456789abcdefghijkl",
                "/api/v1/main/nothing",
            ])
        func missing(path: String) async throws {
            try await Server.run { server in
                let answer = try await server.client.call("GET", path)
                #expect(answer.status == 404)
                #expect(answer.json["message"]?.stringValue?.isEmpty == false)
            }
        }
    }
}
