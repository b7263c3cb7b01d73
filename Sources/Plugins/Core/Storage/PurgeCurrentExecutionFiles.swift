import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.storage.PurgeCurrentExecutionFiles`.
struct PurgeCurrentExecutionFiles: RunnableTask {
    static let type = "io.kestra.plugin.core.storage.PurgeCurrentExecutionFiles"
    static let aliases = [
        "io.kestra.core.tasks.storages.PurgeExecution", "io.kestra.plugin.core.storage.PurgeExecution",
    ]
    static let summary = "Deletes all files of the execution: inputs, outputs of tasks and of the trigger."
    static let outputs: [PropertySchema]? = [.output("uris", "The deleted files.", .list(.string))]

    func run(_ context: TaskContext) async throws -> ValuesOutput {
        ValuesOutput(["uris": .list(try await context.files.deleteAll().map { .string($0) })])
    }
}
