import ApusHTTP
import ApusModel
import Foundation
import Testing

@testable import ApusAPI

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// What needs a connection: streams, uploads, and answers that come later.
@Suite struct LiveTests {
    private static let paused = """
        id: paused
        namespace: company.made
        tasks:
        - id: p
          type: io.kestra.plugin.core.flow.Pause
          onResume:
          - {id: asked, type: STRING}
        """
    private static let file = """
        id: with.file
        namespace: company.made
        inputs:
        - {id: f, type: FILE}
        tasks:
        - {id: t, type: io.kestra.plugin.core.debug.Return, format: "{{ inputs.f }}"}
        """

    /// Runs `body` with a server that listens, and its address.
    private func listening(_ source: String, _ body: (TestServer, String) async throws -> Void) async throws {
        let server = try TestServer()
        let saved = try await server.call("POST", "/api/v1/main/flows", body: source)
        try #require(saved.status == 200, "\(saved.text)")
        let http = try HTTPServer(port: 0, router: server.router)
        do {
            try await body(server, "http://127.0.0.1:\(http.boundPort)/api/v1/main")
        } catch {
            await http.stop(grace: .seconds(1))
            throw error
        }
        await http.stop(grace: .seconds(1))
    }

    private func events(_ url: String) async throws -> [(id: String, data: Value)] {
        let (data, _) = try await URLSession.shared.data(from: try #require(URL(string: url)))
        return String(decoding: data, as: UTF8.self).components(separatedBy: "\n\n").compactMap { block in
            let lines = block.components(separatedBy: "\n")
            guard let id = lines.first(where: { $0.hasPrefix("id: ") })?.dropFirst(4) else { return nil }
            let text = lines.first { $0.hasPrefix("data: ") }?.dropFirst(6) ?? ""
            // Null fails the expectation.
            return (String(id), (try? JSONParser.parse(String(text))) ?? .null)
        }
    }

    @Test("an execution is followed to its end, and waited for")
    func follow() async throws {
        try await listening(Self.paused) { server, base in
            let id =
                try await server.form("/api/v1/main/executions/company.made/paused")["id"]?.stringValue ?? ""
            async let followed = events("\(base)/executions/\(id)/follow")
            async let log = events("\(base)/logs/\(id)/follow")
            let snapshot = try #require(try await server.services.executor.snapshot(id))
            async let waited = ExecutionWait(server.services).end(of: snapshot)
            try await Task.sleep(for: .milliseconds(200))  // the followers should see it paused
            let resumed = try await server.form("/api/v1/main/executions/\(id)/resume", ["asked": "yes"])
            #expect(resumed.status == 204)
            let seen = try await followed
            #expect(seen.first?.id == "start")
            #expect(seen.first?.data["id"] == .string(id))
            #expect(seen.last?.id == "end")
            #expect(seen.last?.data["state"]?["current"] == "SUCCESS")
            #expect(seen.dropFirst().first?.data["state"]?["current"] == "PAUSED")
            #expect(try await log.last?.id == "end")
            #expect(try await waited.execution.state.current == .success)
        }
    }

    @Test("a file is uploaded as an input, and only its execution gives it back")
    func upload() async throws {
        try await listening(Self.file) { server, base in
            var request = URLRequest(
                url: try #require(URL(string: "\(base)/executions/company.made/with.file?wait=true")))
            request.httpMethod = "POST"
            request.setValue("multipart/form-data; boundary=XX", forHTTPHeaderField: "Content-Type")
            request.httpBody = Data(
                "--XX\r\nContent-Disposition: form-data; name=\"files\"; filename=\"f\"\r\n\r\nhello\r\n--XX--\r\n"
                    .utf8)
            let (data, _) = try await URLSession.shared.data(for: request)
            let execution = try JSONParser.parse(Array(data))
            let uri = execution["inputs"]?["f"]?.stringValue ?? ""
            let id = execution["id"]?.stringValue ?? ""
            #expect(uri.hasPrefix("kestra:///company/made/withfile/executions/\(id)/inputs/f/"))
            let root = "/api/v1/main/executions"
            #expect(try await server.call("GET", "\(root)/\(id)/file?path=\(uri)").text == "hello")
            #expect(try await server.call("GET", "\(root)/\(id)/file/metas?path=\(uri)")["size"] == 5)
            let other = uri.replacing(id, with: "unknown")
            #expect(try await server.call("GET", "\(root)/\(id)/file?path=\(other)").status == 404)
            #expect(try await server.call("GET", "\(root)/\(id)/file?path=file:///etc/passwd").status == 422)
        }
    }
}
