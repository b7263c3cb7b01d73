import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.log.Log`.
struct Log: InlineTask {
    static let type = "io.kestra.plugin.core.log.Log"
    static let aliases = ["io.kestra.core.tasks.log.Log", "io.kestra.core.tasks.debugs.Log"]
    static let summary = "Writes one or several messages to the log of the execution."
    static let outputs: [PropertySchema]? = []

    @Property("The text to write, or a list of texts: one line each.")
    var message: OneOrMany<String>
    @Property("Severity of the lines.")
    var level: LogLevel = .info

    func run(inline context: InlineContext) throws(TaskFailure) -> InlineResult {
        InlineResult(logs: message.items.map { InlineResult.Log(level, $0) })
    }
}
