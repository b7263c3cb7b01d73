import ApusModel

/// All commands, and how a row of words finds one.
struct CommandTree: Sendable {
    var commands: [Command]

    enum Match {
        case command(Command, rest: [String])
        case help(String)
    }

    func find(_ words: [String]) throws -> Match {
        if words.isEmpty || ["help", "--help", "-h"].contains(words[0]) {
            return .help(overview(below: Array(words.dropFirst())))
        }
        if words[0] == "--version" { return try find(["version"]) }
        let fitting = commands.filter { words.starts(with: $0.path) }
        if let command = fitting.max(by: { $0.path.count < $1.path.count }) {
            let rest = Array(words.dropFirst(command.path.count))
            if rest.contains("--help") || rest.contains("-h") { return .help(command.help) }
            return .command(command, rest: rest)
        }
        let group = commands.filter { $0.path.first == words[0] }
        guard group.isEmpty else {
            if words.count == 1 || words.contains("--help") { return .help(overview(below: [words[0]])) }
            let nearest = NearestName.of(words[1], among: group.compactMap { $0.path.dropFirst().first })
            throw UsageError(
                "unknown command `\(words[0]) \(words[1])`" + (nearest.map { "; did you mean `\($0)`?" } ?? ""))
        }
        let nearest = NearestName.of(words[0], among: commands.map { $0.path[0] })
        throw UsageError("unknown command `\(words[0])`" + (nearest.map { "; did you mean `\($0)`?" } ?? ""))
    }

    private func overview(below path: [String]) -> String {
        let shown = commands.filter { $0.path.starts(with: path) }
        if shown.count == 1 { return shown[0].help }
        let listed = shown.isEmpty ? commands : shown
        let width = listed.map { $0.path.joined(separator: " ").count }.max() ?? 0
        var text = "Apus runs flows written in YAML: on a schedule, on events, or by hand.\n\nUsage: apus COMMAND\n\nCommands:\n"
        for command in listed {
            let name = command.path.joined(separator: " ")
            text += "  \(name)\(String(repeating: " ", count: width - name.count))  \(command.summary)\n"
        }
        return text + "\n`apus COMMAND --help` tells the options of a command.\n"
    }
}
