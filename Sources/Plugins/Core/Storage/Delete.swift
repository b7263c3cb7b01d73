import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.storage.Delete`.
struct Delete: RunnableTask {
    static let type = "io.kestra.plugin.core.storage.Delete"
    static let aliases = ["io.kestra.core.tasks.storages.Delete"]
    static let summary = "Deletes a file of internal storage."
    static let outputs: [PropertySchema]? = [
        .uriOutput("The file that was meant."), .output("deleted", "Whether there was one.", .boolean),
    ]

    @Property("The file.")
    var uri: String
    @Property("The task fails when there is no such file.")
    var errorOnMissing: Bool = false

    func run(_ context: TaskContext) async throws -> ValuesOutput {
        let uri = try TaskContext.internalURI(uri)
        let isDeleted = try await context.files.delete(uri)
        guard isDeleted || !errorOnMissing else {
            throw TaskFailure("Unable to find file '\(uri)'")
        }
        return ValuesOutput(["uri": .string(uri), "deleted": .bool(isDeleted)])
    }
}
