import ApusModel
import Foundation
import Testing

extension EndToEndTests {
    @Suite struct ServingTests {
        @Test("a server says when it is ready, and ends with status 0 when it is asked to")
        func readiness() async throws {
            let server = try Server()
            defer {
                server.kill()
                server.scratch.remove()
            }
            try await server.start()
            #expect(server.output.contains("Apus is ready at \(server.client.url)"))
            #expect(try await server.client.call("GET", "/health").status == 200)
            #expect(try server.stop() == 0)
        }

        @Test("flows and executions are there after a restart")
        func restart() async throws {
            let server = try Server()
            defer {
                server.kill()
                server.scratch.remove()
            }
            try await server.start()
            #expect(
                try await server.client.createFlow(try Checkout.text("examples/hello.yaml")).status == 200)
            let execution = try await server.client.start("examples/hello", query: "?wait=true")
            #expect(execution.state == "SUCCESS")
            try server.stop()
            try await server.start()
            #expect(try await server.client.execution(execution.id).state == "SUCCESS")
            #expect(try await server.client.messages(of: execution.id) == ["Hello, World!"])
            #expect(try await server.client.start("examples/hello", query: "?wait=true").state == "SUCCESS")
        }

        @Test("a server loads the flows of its flow path")
        func flowPath() async throws {
            try await Server.run(options: ["--flow-path", Checkout.file("examples").path]) { server in
                let answer = try await server.client.call("GET", "/api/v1/main/flows/examples/hello")
                #expect(answer.status == 200)
                #expect(answer.json["revision"] == 1)
            }
        }

        @Test("metrics count commits")
        func metrics() async throws {
            try await Server.run { server in
                let answer = try await server.client.call("GET", "/metrics")
                #expect(answer.status == 200)
                #expect(
                    answer.text.split(separator: "\n").contains {
                        $0.hasPrefix("apus_database_commits_total ")
                    })
            }
        }
    }
}
