import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.kv.Delete`.
struct KeyValueDelete: RunnableTask {
    static let type = "io.kestra.plugin.core.kv.Delete"
    static let summary = "Removes an entry from the key-value store of a namespace."
    static let outputs: [PropertySchema]? = [
        .output("deleted", "Whether the entry was there.", .boolean)
    ]

    @Property("The key.")
    var key: String
    @Property("Whose store; that of the flow's namespace when left out.")
    var namespace: String?
    @Property("Whether a missing entry fails the task.")
    var errorOnMissing: Bool = false

    struct Output: TaskOutput {
        var deleted: Bool
        var values: OrderedMap<Value> { ["deleted": .bool(deleted)] }
    }

    func run(_ context: TaskContext) async throws -> Output {
        let place = namespace ?? context.flow.namespace
        let isDeleted = try await context.services.keyValues.delete(key, in: place)
        guard isDeleted || !errorOnMissing else {
            throw TaskFailure("No value found for key '\(key)' in namespace '\(place)'.")
        }
        return Output(deleted: isDeleted)
    }
}
