import ApusModel
import Foundation
import Testing

extension EndToEndTests {
    /// The first exercise: download a CSV file, log the number of its rows, send a notification.
    @Suite struct CSVReportTests {
        private static let flow = "examples/csv-report/csv-report.yaml"

        @Test("the report counts the rows and notifies, on a server")
        func onServer() async throws {
            let world = try World()
            defer { world.stop() }
            try await world.waitUntilServing()
            try await Server.run { server in
                let saved = try await server.client.createFlow(try Checkout.text(Self.flow))
                try #require(saved.status == 200, "\(saved.text)")
                let execution = try await server.client.start(
                    "examples/csv-report", inputs: [("server", world.client.url)], query: "?wait=true")
                #expect(execution.state == "SUCCESS")
                #expect(execution["outputs"]?["rows"] == 12)
                let messages = try await server.client.messages(of: execution.id)
                #expect(messages.contains("orders.csv has 12 rows"))
                let notifications = try await world.notifications()
                #expect(notifications.count == 1)
                #expect(notifications.first?["text"] == "orders.csv has 12 rows")
                #expect(notifications.first?["execution"] == .string(execution.id))
            }
        }

        @Test("the report counts the rows and notifies, without a server")
        func withoutServer() async throws {
            let world = try World()
            defer { world.stop() }
            try await world.waitUntilServing()
            let outcome = try Program.apus(
                "run", Checkout.file(Self.flow).path, "--input", "server=\(world.client.url)", "--json")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("SUCCESS"))
            #expect(try await world.notifications().map { $0["text"] } == ["orders.csv has 12 rows"])
        }

        @Test("without the file server the report fails after its retries, and says why")
        func failure() async throws {
            let nowhere = "http://127.0.0.1:\(try FreePort.find())"
            try await Server.run { server in
                #expect(try await server.client.createFlow(try Checkout.text(Self.flow)).status == 200)
                let execution = try await server.client.start(
                    "examples/csv-report", inputs: [("server", nowhere)], query: "?wait=true")
                #expect(execution.state == "FAILED")
                #expect(execution.taskRuns.map { $0["taskId"]?.stringValue } == ["download", "failed"])
                #expect(execution.taskRuns.first?["attempts"]?.listValue?.count == 3)
                let messages = try await server.client.messages(of: execution.id)
                #expect(messages.contains { $0.contains("is serve.py running at \(nowhere)?") })
            }
        }
    }
}

/// The example's `serve.py`: the file that is downloaded, and the sink of the notifications.
private final class World {
    let client: APIClient
    private let process: ChildProcess
    private let scratch: ScratchDirectory

    init() throws {
        client = APIClient(port: try FreePort.find())
        scratch = try ScratchDirectory()
        let script = Checkout.file("examples/csv-report/serve.py").path
        process = try ChildProcess(
            URL(filePath: "/usr/bin/env"), ["python3", script, "--port", "\(client.port)"], in: scratch.url,
            output: scratch.path("output"))
    }

    func waitUntilServing() async throws {
        for _ in 0..<500 {
            if (try? await client.call("GET", "/orders.csv"))?.status == 200 { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("serve.py does not serve")
    }

    func notifications() async throws -> [Value] {
        try await client.call("GET", "/notifications").json.listValue ?? []
    }

    func stop() {
        process.send(SIGKILL)
        // A process that SIGKILL does not end is beyond what a test can do.
        _ = try? process.wait()
        scratch.remove()
    }
}
