import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.debug.Return`.
struct Return: InlineTask {
    static let type = "io.kestra.plugin.core.debug.Return"
    static let aliases = ["io.kestra.core.tasks.debugs.Return"]
    static let summary = "Returns a rendered text, to try out expressions or to hand a value on."
    static let outputs: [PropertySchema]? = [
        .output("value", "The rendered text.", .string, isRequired: false)
    ]

    @Property("The text to render.")
    var format: String?

    func run(inline context: InlineContext) throws(TaskFailure) -> InlineResult {
        guard let format else { return InlineResult(outputs: [:]) }
        return InlineResult(
            outputs: ["value": .string(format)],
            logs: [InlineResult.Log(.debug, format)],
            metrics: [
                Metric("length", .counter, Double(format.utf16.count)),
                Metric(
                    "duration", .timer,
                    Double(context.now.microseconds - context.startedAt.microseconds) / 1000),
            ])
    }
}
