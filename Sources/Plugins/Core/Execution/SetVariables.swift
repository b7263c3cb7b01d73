import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.execution.SetVariables`.
struct SetVariables: InlineTask {
    static let type = "io.kestra.plugin.core.execution.SetVariables"
    static let summary = "Adds variables to the execution, or changes them."
    static let outputs: [PropertySchema]? = []

    @Property("The variables by name. A map is merged with the one that is there.")
    var variables: OrderedMap<Value>
    @Property("Whether a variable that is there may be changed; otherwise the task fails.")
    var overwrite: Bool = true

    func run(inline context: InlineContext) throws(TaskFailure) -> InlineResult {
        InlineResult(effects: [.setVariables(variables, overwrite: overwrite)])
    }
}
