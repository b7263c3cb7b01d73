import ApusCommandLine
import ApusModel

/// `apus logs ID`: the log of an execution on a server.
enum LogsCommand {
    static let command = Command(
        "logs", "Prints the log of an execution.", arguments: "ID", count: 1...1,
        options: [
            .init("--follow", short: "-f", "Goes on until the execution has ended"),
            .init("--level", "LEVEL", "TRACE, DEBUG, INFO, WARN or ERROR, and above"),
            .init("--task", "ID", "Of one task"),
        ] + Client.options + [.init("--json", "Prints each line as JSON")],
        run: run)

    private static func run(_ arguments: Arguments) async throws -> Int32 {
        let client = try Client(arguments)
        var query: [(String, String)] = []
        if let level = arguments["--level"] { query.append(("minLevel", level.uppercased())) }
        if let task = arguments["--task"] { query.append(("taskId", task)) }
        let printer = Printer(isJSON: arguments.has("--json"), task: arguments["--task"])
        let path = ["logs"] + arguments.positional
        if arguments.has("--follow") {
            try await client.events(path + ["follow"], query: query) { event in
                guard let event else { return !Output.standard.isClosed }
                if event.id == "start" { return true }
                if event.id == "end" { return false }
                // A line that is no JSON is a keep-alive of some server; nothing is lost with it.
                if let line = try? JSONParser.parse(event.data) { printer.print(line) }
                return !Output.standard.isClosed
            }
        } else {
            for line in try await client.json("GET", path, query: query).listValue ?? [] {
                printer.print(line)
            }
        }
        return ExitStatus.success
    }

    private struct Printer: Sendable {
        var isJSON: Bool
        var task: String?

        func print(_ line: Value) {
            if let task, line["taskId"]?.stringValue != task { return }
            if isJSON {
                Output.standard.line(line.json)
            } else if let text = LogText(json: line) {
                Output.standard.line(text.line(Output.standard.palette))
            }
        }
    }
}
