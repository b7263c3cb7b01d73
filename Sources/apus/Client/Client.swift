import ApusCommandLine
import ApusModel
import Dispatch
import Foundation

/// Talks to the API of a server.
struct Client: Sendable {
    /// The server refused a request.
    struct Refusal: Error {
        var answer: Answer
        /// What was sent, for places in it.
        var file: String?
    }

    let address: ServerAddress
    private let server: String
    private let credentials: String?

    static let options: [Command.Option] = [
        .init("--server", "URL", "The server (http://localhost:8080, or APUS_SERVER)"),
        .init("--user", "USER:PASSWORD", short: "-u", "Who asks (or APUS_USER)"),
        .init("--tenant", "ID", "The tenant (main)"),
    ]

    init(_ arguments: Arguments) throws {
        let environment = ProcessInfo.processInfo.environment
        server = arguments["--server"] ?? environment["APUS_SERVER"] ?? "http://localhost:8080"
        address = try ServerAddress(server, tenant: arguments["--tenant"] ?? "main")
        credentials = arguments["--user"] ?? environment["APUS_USER"]
        if let credentials, !credentials.contains(":") { throw UsageError("--user takes USER:PASSWORD") }
    }

    /// - Parameter file: The file the body came from, for messages.
    /// - Throws: `Refusal` for every status but 2xx, `ConnectionFailure`.
    @discardableResult
    func send(
        _ method: String, _ path: [String], query: [(String, String)] = [], body: Request.Body = .none,
        accept: String = "application/json", headers: [(name: String, value: String)] = [],
        file: String? = nil
    ) async throws -> Answer {
        var request = request(method, path, query, body, accept)
        request.headers = headers
        let sent = request
        let answer = try await onThread { () throws(ConnectionFailure) in try Transfer(sent).perform() }
        guard answer.isSuccess else { throw Refusal(answer: answer, file: file) }
        return answer
    }

    /// The answer as JSON.
    func json(
        _ method: String, _ path: [String], query: [(String, String)] = [], body: Request.Body = .none,
        file: String? = nil
    ) async throws -> Value {
        try Self.json(try await send(method, path, query: query, body: body, file: file).body)
    }

    static func json(_ bytes: [UInt8]) throws(ConnectionFailure) -> Value {
        do {
            return try JSONParser.parse(bytes)
        } catch {
            throw ConnectionFailure(message: "the answer of the server is not JSON: \(error)")
        }
    }

    /// Reads a stream of events until `take` answers that it wants no more, or the server ends it.
    ///
    /// - Parameter take: Called on one thread, with `nil` about once in a second when nothing comes.
    func events(
        _ path: [String], query: [(String, String)] = [],
        _ take: @escaping @Sendable (EventReader.Event?) -> Bool
    ) async throws {
        let request = request("GET", path, query, .none, "text/event-stream")
        let answer = try await onThread { () throws(ConnectionFailure) in
            var reader = EventReader()
            let transfer = Transfer(
                request, receive: { reader.read($0).allSatisfy(take) }, watch: { take(nil) })
            return try transfer.perform()
        }
        guard answer.isSuccess else { throw Refusal(answer: answer, file: nil) }
    }

    private func request(
        _ method: String, _ path: [String], _ query: [(String, String)], _ body: Request.Body,
        _ accept: String
    ) -> Request {
        Request(
            method: method, url: address.url(path, query: query), credentials: credentials, accept: accept,
            body: body)
    }

    /// libcurl blocks its thread; Swift's own threads must not be blocked.
    private func onThread<Result: Sendable>(
        _ body: @escaping @Sendable () throws(ConnectionFailure) -> Result
    ) async throws -> Result {
        do {
            return try await withCheckedThrowingContinuation { continuation in
                DispatchQueue.global().async { continuation.resume(with: .init(catching: body)) }
            }
        } catch let failure as ConnectionFailure {
            throw ConnectionFailure(
                message:
                    "no answer from \(server): \(failure.message); --server names another, `apus server local` starts one"
            )
        }
    }
}
