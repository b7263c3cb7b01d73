import ApusModel
import ApusPlugin
import ApusSchema

/// Source: types, `core.kv.Put`.
struct KeyValuePut: RunnableTask {
    static let type = "io.kestra.plugin.core.kv.Put"
    static let summary = "Writes an entry of the key-value store of a namespace, or replaces it."
    static let outputs: [PropertySchema]? = []

    @Property("The key: letters, digits, `.`, `_` and `-`.")
    var key: String
    @Property("The value; one that is a single expression keeps its type.", keepsType: true)
    var value: Value
    @Property("Whose store; that of the flow's namespace when left out.")
    var namespace: String?
    @Property("Whether the task fails when there is no such entry yet.")
    var errorOnMissing: Bool = false

    func run(_ context: TaskContext) async throws -> NoOutput {
        let namespace = namespace ?? context.flow.namespace
        let store = context.services.keyValues
        if errorOnMissing, try await !store.keys(in: namespace, beginningWith: key).contains(key) {
            throw TaskFailure("No value found for key '\(key)' in namespace '\(namespace)'.")
        }
        _ = try await store.set(KeyValueEntry(key, value), in: namespace, replacing: true)
        return NoOutput()
    }
}
