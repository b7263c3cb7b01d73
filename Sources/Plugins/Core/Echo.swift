import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.debug.Echo`.
struct Echo: InlineTask {
    static let type = "io.kestra.plugin.core.debug.Echo"
    static let aliases = ["io.kestra.core.tasks.debugs.Echo"]
    static let summary = "Writes a rendered text to the log; `Log` does the same and more."
    static let outputs: [PropertySchema]? = []
    static let isDeprecated = true

    @Property("The text to render.")
    var format: String?
    @Property("Severity of the line.")
    var level: LogLevel = .info

    func run(inline context: InlineContext) throws(TaskFailure) -> InlineResult {
        InlineResult(logs: format.map { [InlineResult.Log(level, $0)] } ?? [])
    }
}
