import ApusCommandLine
import ApusModel

/// `apus kv …`: the key-value stores of a server's namespaces.
enum KeyValueCommands {
    private static let json = Command.Option("--json", "Prints the answer as JSON")
    private static let writing: [Command.Option] = [
        .init("--expiration", "DURATION", short: "-e", "How long the entry lives, such as P1D"),
        .init("--type", "TYPE", short: "-t", "STRING, NUMBER, BOOLEAN, DATETIME, DATE, DURATION or JSON"),
        .init("--file", "FILE", short: "-f", "Reads the value from a file"),
        .init("--description", "TEXT", "What the entry is for"),
    ]

    static let all: [Command] = [
        Command(
            "kv get", "Prints the value of an entry.", arguments: "NAMESPACE KEY", count: 2...2,
            options: Client.options + [json], run: get),
        Command(
            "kv set", "Writes an entry.", arguments: "NAMESPACE KEY [VALUE]", count: 2...3,
            options: writing + Client.options, run: set),
        Command(
            "kv list", "Lists the entries of a namespace.", arguments: "NAMESPACE", count: 1...1,
            options: Client.options + [json], run: list),
        Command(
            "kv delete", "Removes an entry.", arguments: "NAMESPACE KEY", count: 2...2,
            options: Client.options, run: delete),
        Command(
            "namespace kv update", "Writes an entry; the same as `kv set`.",
            arguments: "NAMESPACE KEY [VALUE]", count: 2...3, options: writing + Client.options, run: set),
    ]

    private static func path(_ arguments: Arguments) -> [String] {
        var path = ["namespaces", arguments.positional.first ?? "", "kv"]
        path += arguments.positional.dropFirst().prefix(1)
        return path
    }

    private static func get(_ arguments: Arguments) async throws -> Int32 {
        let entry = try await Client(arguments).json("GET", path(arguments))
        let value = entry["value"] ?? .null
        Output.standard.line(arguments.has("--json") ? entry.json : value.stringValue ?? value.json)
        return ExitStatus.success
    }

    private static func set(_ arguments: Arguments) async throws -> Int32 {
        let given = arguments.positional.dropFirst(2).first
        let text: String
        switch (given, arguments["--file"]) {
        case (let value?, nil): text = value
        case (nil, let file?): text = try TextFile.read(file)
        case (.some, .some): throw UsageError("give the value or --file, not both")
        case (nil, nil): throw UsageError("give the value, or --file")
        }
        var headers: [(name: String, value: String)] = []
        if let expiration = arguments["--expiration"] { headers.append(("ttl", expiration)) }
        if let description = arguments["--description"] { headers.append(("description", description)) }
        try await Client(arguments).send(
            "PUT", path(arguments),
            body: .bytes(
                Array(try body(text, type: arguments["--type"]).utf8), contentType: "text/plain"),
            headers: headers)
        return ExitStatus.success
    }

    /// What the server reads as a value of the type: text as a JSON string, all else as it is.
    private static func body(_ text: String, type: String?) throws(UsageError) -> String {
        switch type?.uppercased() {
        case nil: return text
        case "STRING", "DURATION": return Value.string(text).json
        case "NUMBER", "BOOLEAN", "DATETIME", "DATE", "JSON": return text
        case .some(let type):
            throw UsageError(
                "--type takes STRING, NUMBER, BOOLEAN, DATETIME, DATE, DURATION or JSON, not `\(type)`")
        }
    }

    private static func list(_ arguments: Arguments) async throws -> Int32 {
        let entries = try await Client(arguments).json("GET", path(arguments))
        if arguments.has("--json") {
            Output.standard.line(entries.json)
            return ExitStatus.success
        }
        var table = Table(["KEY", "REVISION", "UPDATED", "EXPIRES", "DESCRIPTION"])
        for entry in entries.listValue ?? [] {
            table.rows.append([
                entry["key"]?.stringValue ?? "", "\(entry["revision"]?.intValue ?? 1)",
                entry["updateDate"]?.stringValue ?? "", entry["expirationDate"]?.stringValue ?? "",
                entry["description"]?.stringValue ?? "",
            ])
        }
        Output.standard.write(table.text)
        return ExitStatus.success
    }

    private static func delete(_ arguments: Arguments) async throws -> Int32 {
        let wasThere = try await Client(arguments).json("DELETE", path(arguments)).boolValue
        guard wasThere == true else {
            Output.errors.line("there was no such entry")
            return ExitStatus.failed
        }
        return ExitStatus.success
    }
}
