import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.flow.Sleep`.
struct Sleep: RunnableTask {
    static let type = "io.kestra.plugin.core.flow.Sleep"
    static let summary = "Waits for some time, holding a place at a worker."
    static let outputs: [PropertySchema]? = []

    @Property("How long, such as `PT10S`.")
    var duration: ISODuration

    func run(_ context: TaskContext) async throws -> NoOutput {
        context.log("Waiting for \(duration.iso)")
        guard duration > .zero else { return NoOutput() }
        try await Task.sleep(for: .microseconds(duration.microseconds))
        return NoOutput()
    }
}
