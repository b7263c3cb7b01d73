import ApusModel
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Speaks the REST API of a server on this machine.
struct APIClient: Sendable {
    struct Answer: Sendable {
        var status: Int
        var text: String

        /// The body as JSON; null when it is something else.
        var json: Value { (try? JSONParser.parse(text)) ?? .null }
    }

    struct Refused: Error, CustomStringConvertible {
        var request: String
        var answer: Answer
        var description: String { "\(request) gave \(answer.status): \(answer.text.prefix(500))" }
    }

    let port: Int
    private let session: URLSession

    init(port: Int) {
        self.port = port
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = 60
        configuration.httpMaximumConnectionsPerHost = 16
        session = URLSession(configuration: configuration)
    }

    var url: String { "http://127.0.0.1:\(port)" }

    /// - Parameter path: From the root of the server.
    func call(_ method: String, _ path: String, body: String? = nil, type: String? = nil) async throws
        -> Answer
    {
        guard let url = URL(string: url + path) else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.httpBody = body.map { Data($0.utf8) }
        if let type { request.setValue(type, forHTTPHeaderField: "Content-Type") }
        let (data, response) = try await session.data(for: request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        return Answer(status: status, text: String(decoding: data, as: UTF8.self))
    }

    func isReady() async -> Bool { (try? await call("GET", "/ready"))?.status == 200 }

    func createFlow(_ source: String) async throws -> Answer {
        try await call("POST", "/api/v1/main/flows", body: source, type: "application/x-yaml")
    }

    /// Starts an execution.
    ///
    /// - Parameter query: With its question mark.
    /// - Throws: `Refused` for any answer but 200: what is returned was acknowledged.
    func start(_ flow: String, inputs: [(String, String)] = [], query: String = "") async throws -> Value {
        let path = "/api/v1/main/executions/\(flow)\(query)"
        return try await send(form: inputs, to: path)
    }

    func resume(_ execution: String, inputs: [(String, String)]) async throws {
        let path = "/api/v1/main/executions/\(execution)/resume"
        _ = try await send(form: inputs, to: path)
    }

    private func send(form: [(String, String)], to path: String) async throws -> Value {
        let boundary = "apus-end-to-end"
        var body = ""
        for (name, value) in form {
            body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        body += "--\(boundary)--\r\n"
        let answer = try await call(
            "POST", path, body: body, type: "multipart/form-data; boundary=\(boundary)")
        guard (200..<300).contains(answer.status) else {
            throw Refused(request: "POST \(path)", answer: answer)
        }
        return answer.json
    }

    func execution(_ id: String) async throws -> Value {
        let path = "/api/v1/main/executions/\(id)"
        let answer = try await call("GET", path)
        guard answer.status == 200 else { throw Refused(request: "GET \(path)", answer: answer) }
        return answer.json
    }

    /// The messages in the log of an execution, oldest first.
    func messages(of id: String) async throws -> [String] {
        let answer = try await call("GET", "/api/v1/main/logs/\(id)")
        return (answer.json.listValue ?? []).compactMap { $0["message"]?.stringValue }
    }

    /// Reads an execution until its state is one of these, or the time is over; the last reading either way.
    func wait(for states: Set<String>, of id: String, within limit: Duration = .seconds(20)) async throws
        -> Value
    {
        let end = ContinuousClock.now + limit
        while true {
            let execution = try await execution(id)
            if states.contains(execution.state) || ContinuousClock.now > end { return execution }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}

extension Value {
    /// `state.current` of an execution, task run or attempt.
    var state: String { self["state"]?["current"]?.stringValue ?? "" }

    var id: String { self["id"]?.stringValue ?? "" }

    var taskRuns: [Value] { self["taskRunList"]?.listValue ?? [] }
}
