import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.execution.UnsetVariables`.
struct UnsetVariables: InlineTask {
    static let type = "io.kestra.plugin.core.execution.UnsetVariables"
    static let summary = "Removes variables from the execution."
    static let outputs: [PropertySchema]? = []

    @Property("Names of variables; `a.b` is `b` in the map `a`.")
    var variables: [String]
    @Property("Whether a variable that is not there is passed over; otherwise the task fails.")
    var ignoreMissing: Bool = false

    func run(inline context: InlineContext) throws(TaskFailure) -> InlineResult {
        InlineResult(effects: [.unsetVariables(variables, ignoreMissing: ignoreMissing)])
    }
}
