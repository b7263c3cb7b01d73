import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.namespace.DownloadFiles`.
struct DownloadFiles: RunnableTask {
    static let type = "io.kestra.plugin.core.namespace.DownloadFiles"
    static let summary = "Copies files of a namespace into the internal storage, among the files of the task."
    static let outputs: [PropertySchema]? = [
        .output("files", "The URI of each copy by the path of its file in the namespace.", .map(.string))
    ]

    @Property("Whose files.")
    var namespace: String
    @Property("Patterns of the files: one, or a list.")
    var files: Patterns
    @Property("A directory among the files of the task that the copies get into.")
    var destination: String = ""

    struct Output: TaskOutput {
        var files: OrderedMap<Value> = [:]
        var values: OrderedMap<Value> { ["files": .map(files)] }
    }

    func run(_ context: TaskContext) async throws -> Output {
        let selection = PathSelection(files.patterns)
        let folder = destination.split(separator: "/").map { "\($0)/" }.joined()
        var output = Output()
        for file in try await context.services.namespaceFiles.list(namespace) where selection.contains(file) {
            let copy = try context.workingDirectory.path(of: ".apus/download")
            try context.workingDirectory.makeParents(of: copy)
            try await context.services.namespaceFiles.fetch(file, in: namespace, to: copy)
            output.files["/\(file)"] = .string(try await context.store(file: copy, named: folder + file))
        }
        return output
    }
}
