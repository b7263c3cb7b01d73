import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.flow.PurgeFlows`.
struct PurgeFlows: RunnableTask {
    static let type = "io.kestra.plugin.core.flow.PurgeFlows"
    static let summary =
        "Deletes old revisions of flows. The latest, and those whose executions have not ended, stay."
    static let outputs: [PropertySchema]? = [.output("size", "Revisions that were deleted.", .integer)]

    struct Version: PropertyGroup {
        @Property("Revisions saved before this time.")
        var before: Timestamp?
        @Property("Revisions but so many of the latest of each flow.")
        var keepAmount: Int?
    }

    @Property("Of this namespace and, unless a flow is given, of those below it; of all when left out.")
    var namespace: String?
    @Property("Of this flow; needs `namespace`.")
    var flowId: String?
    @Property("Which revisions are deleted: either `before` or `keepAmount` is given.")
    var behavior: Version?

    func run(_ context: TaskContext) async throws -> ValuesOutput {
        guard flowId == nil || namespace != nil else { throw TaskFailure("`flowId` needs `namespace`") }
        let keepAmount = behavior == nil ? 1 : behavior?.keepAmount
        guard (behavior?.before == nil) != (keepAmount == nil) else {
            throw TaskFailure("`behavior` must have either `before` or `keepAmount`")
        }
        if let keepAmount, keepAmount < 1 { throw TaskFailure("`behavior.keepAmount` must be at least 1") }
        let size = try await context.services.executions.purgeRevisions(
            RevisionPurge(
                namespace: namespace, flowID: flowId, before: behavior?.before, keepAmount: keepAmount))
        return ValuesOutput(["size": .int(Int64(size))])
    }
}
