import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.namespace.DeleteFiles`.
struct DeleteFiles: RunnableTask {
    static let type = "io.kestra.plugin.core.namespace.DeleteFiles"
    static let summary = "Removes files of a namespace."
    static let outputs: [PropertySchema]? = [
        .output("files", "The URI that each removed file had, by its path.", .map(.string))
    ]

    @Property("Whose files.")
    var namespace: String
    @Property("Patterns of the files: one, or a list.")
    var files: Patterns
    @Property("Whether directories that become empty are removed too.")
    var deleteParentFolder: Bool = false

    struct Output: TaskOutput {
        var files: OrderedMap<Value> = [:]
        var values: OrderedMap<Value> { ["files": .map(files)] }
    }

    func run(_ context: TaskContext) async throws -> Output {
        let selection = PathSelection(files.patterns)
        let store = context.services.namespaceFiles
        var output = Output()
        for file in try await store.list(namespace) where selection.contains(file) {
            guard try await store.delete(file, in: namespace) else { continue }
            output.files["/\(file)"] = .string(try store.uri(of: file, in: namespace))
            if deleteParentFolder { try await store.deleteEmptyDirectories(above: file, in: namespace) }
        }
        context.metric(Metric("deleted", .counter, Double(output.files.count)))
        return output
    }
}
