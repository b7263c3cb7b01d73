import ApusCommandLine
import ApusServer

/// `apus server local`: everything in one process.
enum ServerLocalCommand {
    static let command = Command(
        "server local", "Runs the server: API, executor, scheduler and worker in one process.",
        options: [
            .init("--host", "HOST", "Where to listen (this machine only, unless a password is configured)"),
            .init("--port", "PORT", short: "-p", "Where to listen (8080); 0 takes any free port"),
            .init("--data-dir", "DIR", "Where everything is kept (./data)"),
        ] + ServerSettings.options + [
            .init("--flow-path", "DIR", short: "-f", "Loads every flow file below it at start")
        ],
        run: run)

    private static func run(_ arguments: Arguments) async throws -> Int32 {
        let givenPort = try arguments.integer("--port", in: 0...65_535)
        let configuration = try ServerSettings.load(arguments)
        let signals = StopSignals()
        let instance = try await Instance.open(
            Instance.Settings(
                configuration: configuration,
                dataDirectory: arguments["--data-dir"] ?? configuration.dataDirectory, isEphemeral: false))
        do {
            if let directory = arguments["--flow-path"] {
                try await FlowFolder(directory).load(into: instance.flows)
            }
            let host = arguments["--host"] ?? configuration.listen.host
            let port = try await instance.serve(host: host, port: givenPort ?? configuration.listen.port)
            Output.standard.line("Apus is ready at http://\(shown(host)):\(port)")
        } catch {
            await instance.close()
            throw error
        }
        for await _ in signals.requests { break }
        Output.errors.line("Stopping: running tasks may end; a second signal stops at once")
        await instance.close()
        return ExitStatus.success
    }

    /// The host as it stands in an address of the web.
    private static func shown(_ host: String) -> String {
        switch host {
        case "0.0.0.0", "::": "localhost"
        case let host where host.contains(":"): "[\(host)]"
        default: host
        }
    }
}
