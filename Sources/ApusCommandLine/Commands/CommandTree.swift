import ApusModel

/// All commands, and how a row of words finds one.
package struct CommandTree: Sendable {
    package var commands: [Command]

    package init(_ commands: [Command]) { self.commands = commands }

    package enum Match {
        case command(Command, rest: [String])
        /// A text to print.
        case help(String)
    }

    package func find(_ words: [String]) throws(UsageError) -> Match {
        guard let first = words.first else { return .help(overview(of: commands)) }
        switch first {
        case "--help", "-h": return .help(overview(of: commands))
        case "help": return .help(try help(for: Array(words.dropFirst())))
        case "--version": return try find(["version"])
        default: break
        }
        guard let command = command(at: words) else {
            let group = commands.filter { $0.path.first == first }
            let second = words.dropFirst().first
            if !group.isEmpty, second == nil || second == "--help" || second == "-h" {
                return .help(overview(of: group))
            }
            throw unknown(words)
        }
        let rest = Array(words.dropFirst(command.path.count))
        let isHelp = rest.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
        return isHelp ? .help(command.help) : .command(command, rest: rest)
    }

    /// The command with the longest path the words begin with.
    private func command(at words: [String]) -> Command? {
        commands.filter { words.starts(with: $0.path) }.max { $0.path.count < $1.path.count }
    }

    private func help(for words: [String]) throws(UsageError) -> String {
        if let command = command(at: words) { return command.help }
        let shown = commands.filter { $0.path.starts(with: words) }
        guard !shown.isEmpty else { throw unknown(words) }
        return overview(of: shown)
    }

    private func unknown(_ words: [String]) -> UsageError {
        let group = commands.filter { $0.path.first == words.first }
        if let first = words.first, words.count > 1, !group.isEmpty {
            let nearest = NearestName.of(words[1], among: group.compactMap { $0.path.dropFirst().first })
            return UsageError(
                "unknown command `\(first) \(words[1])`" + Self.hint(nearest.map { "\(first) \($0)" }))
        }
        let nearest = NearestName.of(words.first ?? "", among: commands.compactMap(\.path.first))
        return UsageError("unknown command `\(words.first ?? "")`" + Self.hint(nearest))
    }

    private static func hint(_ name: String?) -> String {
        name.map { "; did you mean `\($0)`?" } ?? "; `apus help` lists them"
    }

    private func overview(of shown: [Command]) -> String {
        let width = shown.map(\.name.count).max() ?? 0
        var text =
            "Apus runs flows written in YAML: on a schedule, on events, or by hand.\n\nUsage: apus COMMAND\n\nCommands:\n"
        for command in shown { text += "  \(command.name.padded(to: width))  \(command.summary)\n" }
        return text + "\n`apus COMMAND --help` tells the options of a command.\n"
    }
}
