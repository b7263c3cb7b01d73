import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.state.Set`.
struct StateSet: RunnableTask {
    static let type = "io.kestra.plugin.core.state.Set"
    static let aliases = ["io.kestra.core.tasks.states.Set"]
    static let summary = "Adds values to a state; `core.kv.Set` replaces it."
    static let isDeprecated = true
    static let outputs: [PropertySchema]? = [
        .output("count", "Values in the state now.", .integer),
        .output("key", "The key of its entry in the key-value store.", .string),
    ]

    @Included var state: StateProperties
    @Property("The values by name; those of the same name are replaced, the others stay.")
    var data: OrderedMap<Value> = [:]

    struct Output: TaskOutput {
        var count: Int
        var key: String
        var values: OrderedMap<Value> { ["count": .int(Int64(count)), "key": .string(key)] }
    }

    func run(_ context: TaskContext) async throws -> Output {
        var values = try await state.read(context) ?? [:]
        for (name, value) in data { values[name] = value }
        let key = try state.key(context)
        _ = try await context.services.keyValues.set(
            KeyValueEntry(key, .map(values)), in: context.flow.namespace, replacing: true)
        return Output(count: values.count, key: key)
    }
}
