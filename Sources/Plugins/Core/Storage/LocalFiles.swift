import ApusModel
import ApusPlugin
import ApusSchema
import Foundation

/// Source: core-plugins, `core.storage.LocalFiles`.
struct LocalFiles: RunnableTask {
    static let type = "io.kestra.plugin.core.storage.LocalFiles"
    static let aliases = ["io.kestra.core.tasks.storages.LocalFiles"]
    static let summary =
        "Puts files into the working directory and takes files out of it; `inputFiles` and "
        + "`outputFiles` of the tasks themselves do the same."
    static let isDeprecated = true
    static let outputs: [PropertySchema]? = [
        .output("uris", "The files that were taken, by path.", .map(.string))
    ]

    @Property("Contents or `kestra://` URIs by path: a map, or the JSON text of one.")
    var inputs: Value?
    @Property("Patterns of files to store, such as `out/**.csv`.")
    var outputs: [String]?

    func run(_ context: TaskContext) async throws -> ValuesOutput {
        for (name, content) in try files() where !content.isNull {
            try await place(content, as: name, context)
        }
        var uris: OrderedMap<Value> = [:]
        for (name, path) in try matches(context) {
            uris[name] = .string(try await context.store(file: path, named: name))
        }
        return ValuesOutput(["uris": .map(uris)])
    }

    private func files() throws(TaskFailure) -> OrderedMap<Value> {
        switch inputs {
        case .none, .null: return [:]
        case .map(let files): return files
        case .string(let text):
            if let files = (try? JSONParser.parse(text))?.mapValue { return files }
        default: break
        }
        throw TaskFailure(
            "`inputs` must be a map of files by path or the JSON text of one, found \(inputs?.kind ?? "nothing")"
        )
    }

    private func place(_ content: Value, as name: String, _ context: TaskContext) async throws {
        let text = content.stringValue ?? content.json
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        if trimmed.hasPrefix("kestra://") {
            let path = try context.workingDirectory.path(of: name)
            try context.workingDirectory.makeParents(of: path)
            return try await context.fetch(trimmed, to: path)
        }
        for scheme in ["file://", "nsfile://"] where trimmed.hasPrefix(scheme) && !trimmed.contains("\n") {
            throw TaskFailure(
                "`inputs.\(name)`: `\(scheme)` cannot be used here; read it with `{{ read(…) }}`")
        }
        try context.workingDirectory.write(Data(text.utf8), to: name)
    }

    private func matches(_ context: TaskContext) throws -> [(String, String)] {
        guard let outputs, !outputs.isEmpty else { return [] }
        let directory = try context.workingDirectory.made()
        let globs = outputs.map { Glob($0.hasPrefix("./") ? String($0.dropFirst(2)) : $0) }
        let found = try WorkingFiles(directory).matching(globs.map(\.pattern)).map {
            ($0, "\(directory)/\($0)")
        }
        for glob in globs where glob.isLiteral && !found.contains(where: { $0.0 == glob.pattern }) {
            context.log("`outputs`: there is no file `\(glob.pattern)` in the working directory", at: .warn)
        }
        return found
    }
}
