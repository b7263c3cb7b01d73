import ApusAPI
import ApusCommandLine
import ApusEngine
import ApusExecutor
import ApusModel
import ApusServer

/// `apus run FLOW.yaml`: runs a flow here and now, without a server.
enum RunCommand {
    static let command = Command(
        "run", "Runs a flow from a file, without a server.", arguments: "FLOW.yaml", count: 1...1,
        options: [
            .init("--input", "NAME=VALUE", short: "-i", "The value of an input; may be repeated"),
            .init("--file", "NAME=PATH", "The file of an input; may be repeated"),
            .init("--label", "KEY:VALUE", "A label of the execution; may be repeated"),
            .init("--follow", "Prints the log as it is written"),
            .init("--json", "Prints the execution as JSON when it has ended"),
            .init("--data-dir", "DIR", "Keeps everything there; otherwise nothing is kept"),
        ] + ServerSettings.options,
        run: run)

    private static func run(_ arguments: Arguments) async throws -> Int32 {
        try arguments.refuse("--follow", with: "--json")
        let start = try Start(arguments)
        let cleanUp = CleanUp()
        let signals = StopSignals { cleanUp() }
        return try await LocalInstance.with(arguments, lastly: cleanUp) { instance in
            let saved = try await start.save(in: instance)
            let id = instance.executor.newID()
            let inputs = try await instance.inputs(
                for: saved.flow, given: start.inputs, files: start.files.map { ($0.0, path: $0.1) },
                execution: id)
            let new = NewExecution(flow: saved.flow, inputs: inputs, labels: start.labels, id: id)
            let following = LocalFollowing(instance: instance, id: id, signals: signals)
            let end = try await following.run(new, ExecutionDisplay(style(arguments)))
            if arguments.has("--json") { Output.standard.line(end.json(at: .now)) }
            return ExitStatus.of(end.execution.state.current)
        }
    }

    private static func style(_ arguments: Arguments) -> ExecutionDisplay.Style {
        if arguments.has("--json") { return .silent }
        return arguments.has("--follow") ? .logs : ExecutionDisplay.fitting
    }
}

/// What is to be run, read before anything is set up.
private struct Start {
    var file: String
    var source: String
    var inputs: [(String, String)]
    var files: [(String, String)]
    var labels: [Label]

    init(_ arguments: Arguments) throws(UsageError) {
        file = arguments.positional.first ?? "-"
        inputs = try arguments.pairs("--input")
        files = try arguments.pairs("--file")
        for (_, path) in files { try TextFile.requireReadable(path) }
        labels = try arguments.pairs("--label", separator: ":").map { Label($0, $1) }
        source = try TextFile.read(file)
    }

    /// - Throws: `FileFaults` for a flow that is not valid.
    func save(in instance: Instance) async throws -> SavedFlow {
        let label = TextFile.label(file)
        do {
            let saved = try await instance.flows.save(source, mode: .upsert)
            for warning in saved.warnings { Output.errors.line(FaultText(warning).line(file: label)) }
            return saved
        } catch FlowRefused.faults(let faults) {
            throw FileFaults(file: label, faults: faults)
        }
    }
}
