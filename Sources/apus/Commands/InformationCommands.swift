import ApusCommandLine
import ApusServer

/// What the program tells of itself.
enum InformationCommands {
    static let all: [Command] = [
        Command("version", "Prints the version.") { _ in
            Output.standard.line("apus \(Version.text)")
            return ExitStatus.success
        },
        Command(
            "completion", "Prints a script that completes commands in a shell.", arguments: "bash|zsh|fish",
            count: 1...1
        ) { arguments in
            let shell = arguments.positional.first ?? ""
            guard let script = Completion.script(for: shell, Program.tree) else {
                throw UsageError(
                    "there is completion for \(Completion.shells.joined(separator: ", ")), not `\(shell)`")
            }
            Output.standard.write(script)
            return ExitStatus.success
        },
    ]
}
