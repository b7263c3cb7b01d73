import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.execution.Resume`.
struct Resume: RunnableTask {
    static let type = "io.kestra.plugin.core.execution.Resume"
    static let summary = "Ends the pause of an execution."
    static let isDeprecated = true
    static let outputs: [PropertySchema]? = []

    @Property("The namespace the execution belongs to; by default that of the flow.")
    var namespace: String?
    @Property("The flow the execution belongs to; by default the flow that runs. Needs `namespace`.")
    var flowId: String?
    @Property("The execution; by default the one that runs.")
    var executionId: String?
    @Property("Values for the `onResume` of the pause.")
    var inputs: OrderedMap<Value> = [:]

    func run(_ context: TaskContext) async throws -> NoOutput {
        guard flowId == nil || namespace != nil else { throw TaskFailure("`flowId` needs `namespace`") }
        try await context.services.executions.resume(
            executionId ?? context.executionID, namespace: namespace, flowID: flowId, inputs: inputs)
        return NoOutput()
    }
}
