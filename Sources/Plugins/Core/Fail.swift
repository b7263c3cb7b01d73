import ApusExpressions
import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.execution.Fail`.
struct Fail: InlineTask {
    static let type = "io.kestra.plugin.core.execution.Fail"
    static let aliases = ["io.kestra.core.tasks.executions.Fail"]
    static let summary = "Fails the execution, always or when a condition holds."
    static let outputs: [PropertySchema]? = []

    @Property(
        "When given, the task fails only if this renders to something other than `false`, `0` or nothing.")
    var condition: String?
    @Property("What the log says about the failure.")
    var errorMessage: String = "Task failure"

    func run(inline context: InlineContext) throws(TaskFailure) -> InlineResult {
        if let condition, !isTruthy(rendered: condition) { return InlineResult() }
        throw TaskFailure(errorMessage)
    }
}
