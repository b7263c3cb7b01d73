import ApusCommandLine
import ApusModel

/// `apus execution …`: changing the course of executions.
enum ExecutionChangeCommands {
    private static let wait = Command.Option(
        "--wait", short: "-w", "Shows it until it has ended; its state decides the exit status")
    private static let revision = Command.Option("--revision", "NUMBER", "A revision of the flow")
    private static let several = "ID..."
    private static let many = 1...1000

    static let all = [
        Command(
            "execution kill", "Ends executions.", arguments: several, count: many, options: Client.options
        ) { try await each($0, "DELETE", "kill") },
        Command(
            "execution pause", "Lets nothing new begin until the execution is resumed.", arguments: several,
            count: many, options: Client.options
        ) { try await each($0, "POST", "pause") },
        Command(
            "execution resume", "Ends the pause of an execution.", arguments: "ID",
            count: 1...1, options: ExecutionCommands.inputs + Client.options
        ) { try await each($0, "POST", "resume", body: try ExecutionCommands.form($0)) },
        Command(
            "execution force-run", "Lets an execution go on that waits, without asking for inputs.",
            arguments: several, count: many, options: Client.options
        ) { try await each($0, "POST", "force-run") },
        Command(
            "execution restart", "Goes on from what failed; with a revision in a new execution.",
            arguments: "ID", count: 1...1,
            options: [revision, wait] + Client.options + [ExecutionCommands.json], run: restart),
        Command(
            "execution replay", "Goes over an execution again, in a new one, and prints its id.",
            arguments: "ID", count: 1...1,
            options: [
                .init("--task-run", "ID", "The task run to begin with (the start)"), revision,
                .init("--breakpoint", "TASK", "A task to stop before, TASK.ITEM in a loop; may be repeated"),
            ] + ExecutionCommands.inputs + [wait] + Client.options + [ExecutionCommands.json], run: replay),
        Command(
            "execution state", "Gives an ended execution, or one of its task runs, another final state.",
            arguments: "ID STATE", count: 2...2,
            options: [
                .init("--task-run", "ID", "The task run, from which the execution goes on then"), wait,
            ] + Client.options + [ExecutionCommands.json], run: state),
        Command(
            "execution labels", "Sets labels of an ended execution, beside those it has.",
            arguments: "ID KEY:VALUE...", count: 2...100,
            options: Client.options + [ExecutionCommands.json], run: labels),
        Command(
            "execution delete", "Deletes ended executions, their logs and files.", arguments: several,
            count: many,
            options: [
                .init("--keep-logs", "Keeps log lines and metrics"), .init("--keep-files", "Keeps files"),
            ] + Client.options, run: delete),
    ]

    /// The same request for each of some executions; the first that is refused ends it.
    private static func each(
        _ arguments: Arguments, _ method: String, _ verb: String, body: Request.Body = .none
    ) async throws -> Int32 {
        let client = try Client(arguments)
        for id in arguments.positional {
            try await client.send(method, ["executions", id, verb], body: body)
        }
        return ExitStatus.success
    }

    private static func restart(_ arguments: Arguments) async throws -> Int32 {
        try await change(arguments, "restart", query: try revision(arguments))
    }

    private static func replay(_ arguments: Arguments) async throws -> Int32 {
        var query = try revision(arguments)
        if let taskRun = arguments["--task-run"] { query.append(("taskRunId", taskRun)) }
        let breakpoints = arguments.all("--breakpoint")
        if !breakpoints.isEmpty { query.append(("breakpoints", breakpoints.joined(separator: ","))) }
        let body = try ExecutionCommands.form(arguments)
        let verb = if case .none = body { "replay" } else { "replay-with-inputs" }
        return try await change(arguments, verb, query: query, body: body)
    }

    private static func state(_ arguments: Arguments) async throws -> Int32 {
        let state = arguments.positional[1].uppercased()
        guard let taskRun = arguments["--task-run"] else {
            return try await change(arguments, "change-status", query: [("status", state)])
        }
        let body: Value = ["taskRunId": .string(taskRun), "state": .string(state)]
        return try await change(arguments, "state", body: json(body))
    }

    private static func labels(_ arguments: Arguments) async throws -> Int32 {
        let labels = try arguments.positional.dropFirst().map { text -> Value in
            guard let place = text.firstIndex(of: ":"), place > text.startIndex else {
                throw UsageError("a label is written KEY:VALUE, not `\(text)`")
            }
            return [
                "key": .string(String(text[..<place])),
                "value": .string(String(text[text.index(after: place)...])),
            ]
        }
        return try await change(arguments, "labels", body: json(.list(labels)), isQuiet: true)
    }

    private static func delete(_ arguments: Arguments) async throws -> Int32 {
        let client = try Client(arguments)
        let query = [
            ("deleteLogs", arguments.has("--keep-logs") ? "false" : "true"),
            ("deleteStorage", arguments.has("--keep-files") ? "false" : "true"),
        ]
        for id in arguments.positional {
            try await client.send("DELETE", ["executions", id], query: query)
        }
        return ExitStatus.success
    }

    /// Prints the id of the execution that answers, or shows it to its end.
    ///
    /// - Parameter isQuiet: Says nothing but the JSON that was asked for.
    private static func change(
        _ arguments: Arguments, _ verb: String, query: [(String, String)] = [],
        body: Request.Body = .none, isQuiet: Bool = false
    ) async throws -> Int32 {
        let execution = try await Client(arguments).json(
            "POST", ["executions", arguments.positional[0], "actions", verb], query: query, body: body)
        guard let id = execution["id"]?.stringValue else {
            throw ConnectionFailure(message: "the server did not answer with an execution")
        }
        if !isQuiet, arguments.has("--wait") { return try await ExecutionCommands.follow(id, arguments) }
        if arguments.has("--json") {
            Output.standard.line(execution.json)
        } else if !isQuiet {
            Output.standard.line(id)
        }
        return ExitStatus.success
    }

    private static func revision(_ arguments: Arguments) throws -> [(String, String)] {
        try arguments.integer("--revision", in: 1...Int(Int32.max)).map { [("revision", "\($0)")] } ?? []
    }

    private static func json(_ value: Value) -> Request.Body {
        .bytes(Array(value.json.utf8), contentType: "application/json")
    }
}
