import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.storage.Concat`.
struct Concat: RunnableTask {
    static let type = "io.kestra.plugin.core.storage.Concat"
    static let aliases = ["io.kestra.core.tasks.storages.Concat"]
    static let summary = "Joins files of internal storage into one."
    static let outputs: [PropertySchema]? = [.uriOutput("The joined file.")]

    @Property("The URIs: a list, or the JSON text of one; entries that are null are passed over.")
    var files: Value
    @Property("Written after each file, the last one included.")
    var separator: String?
    @Property("What the name of the file ends with.")
    var `extension`: String = ".tmp"

    func run(_ context: TaskContext) async throws -> ValuesOutput {
        let target = try NewLocalFile(try context.newPath("concat"))
        for uri in try uris() {
            let source = try LocalFile(try await context.localCopy(of: uri))
            while true {
                let piece = try await source.next()
                if piece.isEmpty { break }
                try target.write(piece)
            }
            if let separator { try target.write(Array(separator.utf8)) }
        }
        try target.finish()
        let name = "concat" + (try FileSuffix.checked(`extension`))
        return ValuesOutput(["uri": .string(try await context.store(file: target.path, named: name))])
    }

    private func uris() throws(TaskFailure) -> [String] {
        let items: [Value]?
        switch files {
        case .list(let list): items = list
        case .string(let text): items = (try? JSONParser.parse(text))?.listValue
        default: items = nil
        }
        guard let items else {
            throw TaskFailure("`files` must be a list of URIs or the JSON text of one, found \(files.kind)")
        }
        var uris: [String] = []
        for item in items where !item.isNull {
            guard let uri = item.stringValue else {
                throw TaskFailure("`files` must hold URIs, found \(item.kind)")
            }
            uris.append(uri)
        }
        return uris
    }
}
