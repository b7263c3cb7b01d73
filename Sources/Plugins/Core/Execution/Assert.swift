import ApusExpressions
import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.execution.Assert`.
struct Assert: InlineTask {
    static let type = "io.kestra.plugin.core.execution.Assert"
    static let summary = "Fails unless all conditions hold, and tells which do not."
    static let outputs: [PropertySchema]? = []

    @Property("Each holds when it renders to something other than `false`, `0` or nothing.")
    var conditions: [Attempted]
    @Property("Added to what the log says about the failure.")
    var errorMessage: Attempted?

    func run(inline context: InlineContext) throws(TaskFailure) -> InlineResult {
        var result = InlineResult()
        for condition in conditions {
            if let fault = condition.fault {
                result.logs.append(
                    .init(.error, "Assertion `\(condition.source)` cannot be rendered: \(fault)"))
            } else if !isTruthy(rendered: condition.text ?? "") {
                result.logs.append(.init(.error, "Assertion `\(condition.source)` failed"))
            }
        }
        let failed = result.logs.count
        result.metrics = [
            Metric("success", .counter, Double(conditions.count - failed)),
            Metric("failed", .counter, Double(failed)),
        ]
        guard failed > 0 else { return result }
        let message = "\(failed) assertion\(failed == 1 ? "" : "s") failed!"
        result.logs.append(.init(.error, message + (errorMessage.map { "\n\($0.text ?? $0.source)" } ?? "")))
        result.state = .failed
        return result
    }
}
