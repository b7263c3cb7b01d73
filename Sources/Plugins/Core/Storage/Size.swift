import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.storage.Size`.
struct Size: RunnableTask {
    static let type = "io.kestra.plugin.core.storage.Size"
    static let aliases = ["io.kestra.core.tasks.storages.Size"]
    static let summary = "Tells the size of a file in internal storage."
    static let outputs: [PropertySchema]? = [.output("size", "Bytes.", .integer)]

    @Property("The file.")
    var uri: String

    func run(_ context: TaskContext) async throws -> ValuesOutput {
        let uri = try TaskContext.internalURI(uri)
        guard let size = try await context.files.size(uri) else {
            throw TaskFailure("There is no file `\(uri)`")
        }
        return ValuesOutput(["size": .int(Int64(size))])
    }
}
