import ApusCommandLine
import Foundation

/// The commands of `apus`, and the way from words to an exit status.
enum Program {
    static let tree = CommandTree(groups.flatMap { $0 })

    private static let groups: [[Command]] = [
        [
            ServerLocalCommand.command, RunCommand.command, ValidateCommand.command, MigrateCommand.command,
            RenderingCommand.command,
        ],
        FlowCommands.all, NamespaceFileCommands.all, KeyValueCommands.all, ExecutionCommands.all,
        [LogsCommand.command], InformationCommands.all,
    ]

    static func run(_ words: [String]) async -> Int32 {
        // A reader that went away must not end a running flow.
        signal(SIGPIPE, SIG_IGN)
        do {
            switch try tree.find(words) {
            case .help(let text):
                Output.standard.write(text)
                return ExitStatus.success
            case .command(let command, let rest):
                return try await command.run(try Arguments(reading: rest, for: command))
            }
        } catch {
            let report = ErrorReport(error)
            for line in report.lines { Output.errors.line(line) }
            return report.status
        }
    }
}
