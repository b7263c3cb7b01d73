import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.state.Get`.
struct StateGet: RunnableTask {
    static let type = "io.kestra.plugin.core.state.Get"
    static let aliases = ["io.kestra.core.tasks.states.Get"]
    static let summary = "Reads a state; `core.kv.Get` replaces it."
    static let isDeprecated = true
    static let outputs: [PropertySchema]? = [
        .output("count", "Values in the state.", .integer),
        .output("data", "The values by name.", .map(.any)),
    ]

    @Included var state: StateProperties
    @Property("Whether a missing state fails the task.")
    var errorOnMissing: Bool = false

    struct Output: TaskOutput {
        var data: OrderedMap<Value>
        var values: OrderedMap<Value> { ["count": .int(Int64(data.count)), "data": .map(data)] }
    }

    func run(_ context: TaskContext) async throws -> Output {
        let data = try await state.read(context)
        guard data != nil || !errorOnMissing else {
            throw TaskFailure("State `\(state.name)` does not exist")
        }
        return Output(data: data ?? [:])
    }
}
