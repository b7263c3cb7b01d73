import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.trigger.Toggle`.
struct Toggle: RunnableTask {
    static let type = "io.kestra.plugin.core.trigger.Toggle"
    static let aliases = ["io.kestra.core.tasks.trigger.Toggle"]
    static let summary = "Switches a trigger on or off."
    static let isDeprecated = true
    static let outputs: [PropertySchema]? = []

    @Property("The namespace of the flow with the trigger; by default that of the flow that runs.")
    var namespace: String?
    @Property("The flow with the trigger; by default the flow that runs.")
    var flowId: String?
    @Property("The id of the trigger.")
    var trigger: String
    @Property("On when true.")
    var enabled = false

    func run(_ context: TaskContext) async throws -> NoOutput {
        try await context.services.triggers.setEnabled(
            enabled, trigger: trigger, flowID: flowId ?? context.flow.id,
            namespace: namespace ?? context.flow.namespace)
        return NoOutput()
    }
}
