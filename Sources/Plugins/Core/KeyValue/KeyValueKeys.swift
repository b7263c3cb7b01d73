import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.kv.GetKeys`.
struct KeyValueKeys: RunnableTask {
    static let type = "io.kestra.plugin.core.kv.GetKeys"
    static let summary = "Lists the keys in the key-value store of a namespace."
    static let outputs: [PropertySchema]? = [.output("keys", "The keys, in order.", .list(.string))]

    @Property("What the keys begin with; all keys when left out.")
    var prefix: String?
    @Property("Whose store; that of the flow's namespace when left out.")
    var namespace: String?

    struct Output: TaskOutput {
        var keys: [String]
        var values: OrderedMap<Value> { ["keys": .list(keys.map { .string($0) })] }
    }

    func run(_ context: TaskContext) async throws -> Output {
        Output(
            keys: try await context.services.keyValues.keys(
                in: namespace ?? context.flow.namespace, beginningWith: prefix ?? ""))
    }
}
