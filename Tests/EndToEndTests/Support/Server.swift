import Foundation

/// A server started by a test, with data of its own; starts again on the same data after it was killed.
final class Server {
    struct NotReady: Error, CustomStringConvertible {
        var output: String
        var description: String { "the server did not become ready:\n\(output)" }
    }

    let scratch: ScratchDirectory
    let client: APIClient
    private let port: Int
    private let options: [String]
    private var process: Process?

    /// - Parameter options: Further words for `apus server local`.
    init(options: [String] = []) throws {
        scratch = try ScratchDirectory()
        port = try FreePort.find()
        client = APIClient(port: port)
        self.options = options
    }

    /// What it wrote so far.
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
    func launch() throws -> Process {
        let process = Process()
        process.executableURL = Checkout.binary
        process.arguments =
            ["server", "local", "--port", "\(port)", "--data-dir", scratch.path("data")] + options
        process.standardInput = FileHandle.nullDevice
        let output = try Program.file(scratch.path("server.log"))
        process.standardOutput = output
        process.standardError = output
        // No second server of a test may want the port of another one's health endpoint.
        process.environment = ProcessInfo.processInfo.environment.merging(["ENDPOINTS_ALL_PORT": "0"]) { $1 }
        try process.run()
        self.process = process
        return process
    }

    /// Ends it as a crash does.
    func kill() {
        guard let process else { return }
        _ = Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        self.process = nil
    }

    /// Asks it to end, as `kill PID` and service managers do.
    ///
    /// - Returns: Its exit status; `nil` when it was not running.
    @discardableResult
    func stop() -> Int32? {
        guard let process else { return nil }
        process.terminate()
        process.waitUntilExit()
        self.process = nil
        return process.terminationReason == .exit ? process.terminationStatus : -1
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
