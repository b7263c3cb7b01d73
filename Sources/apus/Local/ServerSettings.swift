import ApusCommandLine
import ApusServer
import Foundation

/// The configuration of a server in this process.
enum ServerSettings {
    static let options: [Command.Option] = [
        .init("--config", "FILE", short: "-c", "Configuration in YAML")
    ]

    /// Variables that look like settings and belong to the command line.
    private static let own = ["APUS_SERVER", "APUS_USER"]

    /// The file and the environment; notes go to standard error.
    ///
    /// - Throws: `ConfigurationFaults`, `FileFaults`, `UsageError`.
    static func load(_ arguments: Arguments) throws -> Configuration {
        let file = arguments["--config"]
        let text = try file.map(TextFile.read)
        let environment = ProcessInfo.processInfo.environment.filter { !own.contains($0.key) }
        let configuration: Configuration
        do {
            configuration = try Configuration.load(file: text, environment: environment)
        } catch {
            throw file.map { FileFaults(file: $0, faults: error.faults) } ?? error
        }
        for note in configuration.notes {
            Output.errors.line(FaultText(note).line(file: file ?? "configuration"))
        }
        return configuration
    }
}
