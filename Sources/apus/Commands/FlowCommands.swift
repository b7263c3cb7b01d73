import ApusCommandLine
import ApusModel
import ApusYAML

/// `apus flow …`: the flows of a server.
enum FlowCommands {
    private static let json = Command.Option("--json", "Prints the answer as JSON")

    static let all = [
        Command(
            "flow create", "Creates flows on a server.", arguments: "FILE...", count: 1...100_000,
            options: Client.options + [json], run: create),
        Command(
            "flow update", "Replaces flows on a server by new revisions.", arguments: "FILE...",
            count: 1...100_000,
            options: Client.options + [json], run: update),
        Command(
            "flow get", "Prints the source of a flow.", arguments: "NAMESPACE ID", count: 2...2,
            options: [.init("--revision", "NUMBER", "The latest when left out")] + Client.options + [json],
            run: get),
        Command(
            "flow list", "Lists flows.", arguments: "[NAMESPACE]", count: 0...1,
            options: [
                .init("--query", "TEXT", short: "-q", "Part of the id or namespace"),
                .init("--limit", "NUMBER", "At most so many (100)"),
            ] + Client.options + [json], run: list),
        Command(
            "flow delete", "Deletes a flow; its executions stay.", arguments: "NAMESPACE ID", count: 2...2,
            options: Client.options, run: delete),
        Command(
            "flow validate", "Lets the server check flow files.", arguments: "FILE...", count: 1...100_000,
            options: [.init("--verbose", short: "-v", "Also tells what is valid")] + Client.options + [json]
        ) { try await RemoteValidation($0).run($0) },
    ]

    private static func create(_ arguments: Arguments) async throws -> Int32 {
        try await store(arguments) { client, file, text in
            try await client.json("POST", ["flows"], body: yaml(text), file: file)
        }
    }

    private static func update(_ arguments: Arguments) async throws -> Int32 {
        try await store(arguments) { client, file, text in
            let root: Value
            do throws(Fault) {
                root = try YAML.parse(text).root
            } catch {
                throw FileFaults(file: file, faults: [error])
            }
            guard let namespace = root["namespace"]?.stringValue, let id = root["id"]?.stringValue else {
                throw FileFaults(file: file, faults: [Fault("a flow needs the texts `id` and `namespace`")])
            }
            return try await client.json("PUT", ["flows", namespace, id], body: yaml(text), file: file)
        }
    }

    private static func yaml(_ text: String) -> Request.Body {
        .bytes(Array(text.utf8), contentType: "application/x-yaml")
    }

    /// Every file, also after one that was refused; the worst status wins.
    private static func store(
        _ arguments: Arguments, _ send: (Client, _ file: String, _ text: String) async throws -> Value
    ) async throws -> Int32 {
        let client = try Client(arguments)
        var status = ExitStatus.success
        for name in arguments.positional {
            do {
                let flow = try await send(client, TextFile.label(name), try TextFile.read(name))
                Output.standard.line(arguments.has("--json") ? flow.json : summary(flow))
            } catch {
                let report = ErrorReport(error)
                for line in report.lines { Output.errors.line(line) }
                status = max(status, report.status)
            }
        }
        return status
    }

    private static func summary(_ flow: Value) -> String {
        let name = "\(flow["namespace"]?.stringValue ?? "").\(flow["id"]?.stringValue ?? "")"
        return "\(LogText.printable(name, keepsLines: false)) revision \(flow["revision"]?.intValue ?? 1)"
    }

    private static func get(_ arguments: Arguments) async throws -> Int32 {
        let revision = try arguments.integer("--revision", in: 1...Int(Int32.max))
        let query = [("source", "true")] + (revision.map { [("revision", "\($0)")] } ?? [])
        let flow = try await Client(arguments).json("GET", ["flows"] + arguments.positional, query: query)
        guard !arguments.has("--json"), let source = flow["source"]?.stringValue else {
            Output.standard.line(flow.json)
            return ExitStatus.success
        }
        Output.standard.write(source.hasSuffix("\n") ? source : source + "\n")
        return ExitStatus.success
    }

    private static func list(_ arguments: Arguments) async throws -> Int32 {
        var query = [
            ("size", "\(try arguments.integer("--limit", in: 1...10_000) ?? 100)"), ("sort", "id:asc"),
        ]
        if let namespace = arguments.positional.first { query.append(("namespace", namespace)) }
        if let text = arguments["--query"] { query.append(("q", text)) }
        let page = try await Client(arguments).json("GET", ["flows", "search"], query: query)
        if arguments.has("--json") {
            Output.standard.line(page.json)
            return ExitStatus.success
        }
        var table = Table(["NAMESPACE", "ID", "REVISION", "STATE", "DESCRIPTION"])
        for flow in page["results"]?.listValue ?? [] {
            let description = flow["description"]?.stringValue?.split(separator: "\n").first.map(String.init)
            table.rows.append([
                flow["namespace"]?.stringValue ?? "", flow["id"]?.stringValue ?? "",
                "\(flow["revision"]?.intValue ?? 1)",
                flow["disabled"]?.boolValue == true ? "disabled" : "enabled",
                description ?? "",
            ])
        }
        Output.standard.write(table.text)
        page.tellRest(shown: table.rows.count)
        return ExitStatus.success
    }

    private static func delete(_ arguments: Arguments) async throws -> Int32 {
        try await Client(arguments).send("DELETE", ["flows"] + arguments.positional)
        return ExitStatus.success
    }
}

extension Value {
    /// Tells on standard error that a page of a list was not all of it.
    func tellRest(shown: Int) {
        guard let total = self["total"]?.intValue, total > Int64(shown) else { return }
        Output.errors.line("\(shown) of \(total); --limit shows more")
    }
}
