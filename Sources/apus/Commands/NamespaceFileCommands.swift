import ApusCommandLine
import ApusModel
import Foundation

/// `apus namespace files …`: the files of a server's namespaces.
enum NamespaceFileCommands {
    static let all: [Command] = [
        Command(
            "namespace files update", "Uploads a folder as files of a namespace.",
            arguments: "NAMESPACE FROM [TO]", count: 2...3,
            options: [.init("--delete", "Removes files below TO that are not in the folder")]
                + Client.options, run: update),
        Command(
            "namespace files list", "Lists the files of a namespace.", arguments: "NAMESPACE", count: 1...1,
            options: Client.options, run: list),
        Command(
            "namespace files get", "Prints a file of a namespace.", arguments: "NAMESPACE PATH", count: 2...2,
            options: Client.options, run: get),
        Command(
            "namespace files delete", "Removes a file or directory of a namespace.",
            arguments: "NAMESPACE PATH", count: 2...2, options: Client.options, run: delete),
    ]

    private static func endpoint(_ arguments: Arguments, _ rest: String...) -> [String] {
        ["namespaces", arguments.positional.first ?? "", "files"] + rest
    }

    private static func argument(_ arguments: Arguments, _ place: Int) -> String? {
        arguments.positional.dropFirst(place).first
    }

    private static func update(_ arguments: Arguments) async throws -> Int32 {
        let client = try Client(arguments)
        let root = argument(arguments, 1) ?? "."
        let target = (argument(arguments, 2) ?? "/").split(separator: "/").map { "/\($0)" }.joined()
        let names = try files(in: root)
        for name in names {
            try await client.send(
                "POST", endpoint(arguments), query: [("path", "\(target)/\(name)")],
                body: .form([.file(name: "fileContent", path: "\(root)/\(name)")]), file: name)
            Output.standard.line("\(target)/\(LogText.printable(name, keepsLines: false))")
        }
        guard arguments.has("--delete") else { return ExitStatus.success }
        let kept = Set(names.map { "\(target)/\($0)" })
        for path in try await paths(client, arguments)
        where path.hasPrefix("\(target)/") && !kept.contains(path) {
            try await client.send("DELETE", endpoint(arguments), query: [("path", path)])
            Output.standard.line("removed \(LogText.printable(path, keepsLines: false))")
        }
        return ExitStatus.success
    }

    /// The regular files of a folder, hidden ones and links left out.
    private static func files(in root: String) throws(UsageError) -> [String] {
        guard let walk = FileManager.default.enumerator(atPath: root) else {
            throw UsageError("cannot read the folder \(root)")
        }
        var names: [String] = []
        for case let name as String in walk {
            if name.split(separator: "/").last?.hasPrefix(".") == true {
                walk.skipDescendants()
            } else if walk.fileAttributes?[.type] as? FileAttributeType == .typeRegular {
                names.append(name)
            }
        }
        guard FileManager.default.fileExists(atPath: root) else {
            throw UsageError("there is no folder \(root)")
        }
        return names.sorted()
    }

    private static func paths(_ client: Client, _ arguments: Arguments) async throws -> [String] {
        let found = try await client.json("GET", endpoint(arguments, "search"), query: [("q", "")])
        return (found.listValue ?? []).compactMap(\.stringValue)
    }

    private static func list(_ arguments: Arguments) async throws -> Int32 {
        for path in try await paths(try Client(arguments), arguments) {
            Output.standard.line(LogText.printable(path, keepsLines: false))
        }
        return ExitStatus.success
    }

    private static func get(_ arguments: Arguments) async throws -> Int32 {
        let answer = try await Client(arguments).send(
            "GET", endpoint(arguments), query: [("path", argument(arguments, 1) ?? "")],
            accept: "application/octet-stream")
        Output.standard.write(answer.body)
        return ExitStatus.success
    }

    private static func delete(_ arguments: Arguments) async throws -> Int32 {
        try await Client(arguments).send(
            "DELETE", endpoint(arguments), query: [("path", argument(arguments, 1) ?? "")])
        return ExitStatus.success
    }
}
