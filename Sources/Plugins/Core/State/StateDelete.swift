import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.state.Delete`.
struct StateDelete: RunnableTask {
    static let type = "io.kestra.plugin.core.state.Delete"
    static let aliases = ["io.kestra.core.tasks.states.Delete"]
    static let summary = "Removes a state; `core.kv.Delete` replaces it."
    static let isDeprecated = true
    static let outputs: [PropertySchema]? = [.output("deleted", "Whether there was one.", .boolean)]

    @Included var state: StateProperties
    @Property("Whether a missing state fails the task.")
    var errorOnMissing: Bool = false

    struct Output: TaskOutput {
        var deleted: Bool
        var values: OrderedMap<Value> { ["deleted": .bool(deleted)] }
    }

    func run(_ context: TaskContext) async throws -> Output {
        let isDeleted = try await context.services.keyValues.delete(
            try state.key(context), in: context.flow.namespace)
        guard isDeleted || !errorOnMissing else {
            throw TaskFailure("State `\(state.name)` does not exist")
        }
        return Output(deleted: isDeleted)
    }
}
