import ApusCommandLine
import ApusModel

/// `apus execution …`: the executions of a server.
enum ExecutionCommands {
    static let json = Command.Option("--json", "Prints the answer as JSON")
    static let inputs: [Command.Option] = [
        .init("--input", "NAME=VALUE", short: "-i", "The value of an input; may be repeated"),
        .init("--file", "NAME=PATH", "The file of an input; may be repeated"),
    ]

    static let all =
        [
            Command(
                "execution create", "Starts an execution of a flow.", arguments: "NAMESPACE ID", count: 2...2,
                options: inputs + [
                    .init("--label", "KEY:VALUE", "A label of the execution; may be repeated"),
                    .init(
                        "--wait", short: "-w",
                        "Shows it until it has ended; its state decides the exit status"),
                ] + Client.options + [json], run: create),
            Command(
                "execution get", "Shows an execution.", arguments: "ID", count: 1...1,
                options: Client.options + [json],
                run: get),
            Command(
                "execution list", "Lists executions, the newest first.",
                options: [
                    .init("--namespace", "NAMESPACE", "Of a namespace and those below it"),
                    .init("--flow", "ID", "Of one flow"),
                    .init("--state", "STATE", "In a state; may be repeated"),
                    .init("--limit", "NUMBER", "At most so many (25)"),
                ] + Client.options + [json], run: list),
            Command(
                "execution follow",
                "Shows an execution until it has ended; its state decides the exit status.",
                arguments: "ID", count: 1...1, options: Client.options + [json]
            ) { try await follow($0.positional.first ?? "", $0) },
        ] + ExecutionChangeCommands.all

    private static func create(_ arguments: Arguments) async throws -> Int32 {
        let client = try Client(arguments)
        let labels = try arguments.pairs("--label", separator: ":").map { ("labels", "\($0):\($1)") }
        let execution = try await client.json(
            "POST", ["executions"] + arguments.positional, query: labels, body: try form(arguments))
        guard let id = execution["id"]?.stringValue else {
            throw ConnectionFailure(message: "the server did not answer with an execution")
        }
        if arguments.has("--wait") { return try await follow(id, arguments) }
        Output.standard.line(arguments.has("--json") ? execution.json : id)
        return ExitStatus.success
    }

    static func form(_ arguments: Arguments) throws -> Request.Body {
        let texts = try arguments.pairs("--input").map { Request.Field.text(name: $0, value: $1) }
        let files = try arguments.pairs("--file").map { name, path in
            try TextFile.requireReadable(path)
            return Request.Field.file(name: name, path: path)
        }
        return texts.isEmpty && files.isEmpty ? .none : .form(texts + files)
    }

    static func follow(_ id: String, _ arguments: Arguments) async throws -> Int32 {
        let style = arguments.has("--json") ? .silent : ExecutionDisplay.fitting
        let end = try await RemoteFollowing(client: Client(arguments), id: id).run(style)
        if arguments.has("--json") { Output.standard.line(end.json.json) }
        return ExitStatus.of(end.view.state)
    }

    private static func get(_ arguments: Arguments) async throws -> Int32 {
        let json = try await Client(arguments).json("GET", ["executions"] + arguments.positional)
        if !arguments.has("--json"), let view = ExecutionView(json: json) {
            var display = ExecutionDisplay(.live)
            display.finish(view)
        } else {
            Output.standard.line(json.json)
        }
        return ExitStatus.success
    }

    private static func list(_ arguments: Arguments) async throws -> Int32 {
        let limit = try arguments.integer("--limit", in: 1...10_000) ?? 25
        var query = [("size", "\(limit)"), ("sort", "state.startDate:desc")]
        if let namespace = arguments["--namespace"] { query.append(("namespace", namespace)) }
        if let flow = arguments["--flow"] { query.append(("flowId", flow)) }
        query += arguments.all("--state").map { ("state", $0.uppercased()) }
        let page = try await Client(arguments).json("GET", ["executions", "search"], query: query)
        if arguments.has("--json") {
            Output.standard.line(page.json)
            return ExitStatus.success
        }
        var table = Table(["ID", "NAMESPACE", "FLOW", "STATE", "STARTED", "DURATION"])
        for view in (page["results"]?.listValue ?? []).compactMap(ExecutionView.init(json:)) {
            table.rows.append([
                view.id, view.namespace, view.flowID, view.state.rawValue,
                "\(view.startDate.iso.prefix(19))Z",
                view.duration(at: .now).short,
            ])
        }
        Output.standard.write(table.text)
        page.tellRest(shown: table.rows.count)
        return ExitStatus.success
    }
}
