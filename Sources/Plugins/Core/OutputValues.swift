import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.output.OutputValues`.
struct OutputValues: InlineTask {
    static let type = "io.kestra.plugin.core.output.OutputValues"
    static let summary = "Gives values, each with its type, to the tasks that follow."
    static let outputs: [PropertySchema]? = [.output("values", "The values by name.", .map(.any))]

    @Property("The values by name.")
    var values: OrderedMap<Value> = [:]

    func run(inline context: InlineContext) throws(TaskFailure) -> InlineResult {
        InlineResult(outputs: ["values": .map(values)])
    }
}
