import Foundation

/// A server started by a test, with data of its own; starts again on the same data after it was killed.
final class Server {
    struct NotReady: Error, CustomStringConvertible {
        var output: String
        var description: String { "the server did not become ready:\n\(output)" }
    }

    let scratch: ScratchDirectory
    let client: APIClient
    private let options: [String]
    private var process: ChildProcess?

    /// - Parameter options: Further words for `apus server local`.
    init(options: [String] = []) throws {
        scratch = try ScratchDirectory()
        client = APIClient(port: try FreePort.find())
        self.options = options
    }

    /// What it wrote since its last start.
    var output: String { (try? String(contentsOfFile: scratch.path("server.log"), encoding: .utf8)) ?? "" }

    /// Starts it and waits until it is ready.
    ///
    /// - Returns: The time from the start of the process to the first answer that says so.
    @discardableResult
    func start(within limit: Duration = .seconds(15)) async throws -> Duration {
        let begin = ContinuousClock.now
        let process = try launch()
        while ContinuousClock.now - begin < limit, process.isRunning {
            if await client.isReady() { return ContinuousClock.now - begin }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw NotReady(output: output)
    }

    /// Starts the process and waits for nothing.
    @discardableResult
    func launch() throws -> ChildProcess {
        let words = ["server", "local", "--port", "\(client.port)", "--data-dir", scratch.path("data")]
        let process = try ChildProcess(
            Checkout.binary, words + options, in: scratch.url, output: scratch.path("server.log"))
        self.process = process
        return process
    }

    /// Ends it as a crash does.
    func kill() {
        process?.send(SIGKILL)
        // A process that SIGKILL does not end is beyond what a test can do.
        _ = try? process?.wait()
        process = nil
    }

    /// Asks it to end, as `kill PID` and service managers do.
    ///
    /// - Returns: Its exit status; `nil` when it was not running.
    @discardableResult
    func stop() throws -> Int32? {
        defer { process = nil }
        process?.send(SIGTERM)
        return try process?.wait()
    }

    /// Starts a server for the time of a test, and removes what it left.
    static func run(options: [String] = [], _ test: (Server) async throws -> Void) async throws {
        let server = try Server(options: options)
        defer {
            server.kill()
            server.scratch.remove()
        }
        try await server.start()
        try await test(server)
    }
}
