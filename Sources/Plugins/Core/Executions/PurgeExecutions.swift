import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.execution.PurgeExecutions`.
struct PurgeExecutions: RunnableTask {
    static let type = "io.kestra.plugin.core.execution.PurgeExecutions"
    static let aliases = ["io.kestra.core.tasks.storages.Purge", "io.kestra.plugin.core.storage.Purge"]
    static let summary = "Deletes executions that have ended, with their logs, metrics and files."
    static let outputs: [PropertySchema]? = [
        .output("executionsCount", "Executions that were deleted.", .integer),
        .output("logsCount", "Log lines that were deleted.", .integer),
        .output("storagesCount", "Files that were deleted.", .integer),
        .output("metricsCount", "Metrics that were deleted.", .integer),
        .output("executionOutputsCount", "0: outputs are kept with their execution.", .integer),
        .output("taskOutputsCount", "0: outputs are kept with their execution.", .integer),
    ]

    @Property("Of this namespace and, unless a flow is given, of those below it; of all when left out.")
    var namespace: String?
    @Property("Of this flow; needs `namespace`.")
    var flowId: String?
    @Property("Executions that began at this time or later.")
    var startDate: Timestamp?
    @Property("Executions that began before this time.")
    var endDate: Timestamp
    @Property("Only executions in these states; those that have not ended are kept in any case.")
    var states: [State]?
    @Property("Whether the executions themselves are deleted.")
    var purgeExecution: Bool = true
    @Property("Whether their log lines are deleted.")
    var purgeLog: Bool = true
    @Property("Whether their metrics are deleted.")
    var purgeMetric: Bool = true
    @Property("Whether their files are deleted.")
    var purgeStorage: Bool = true
    @Property("Executions deleted at once.")
    var batchSize: Int = 100

    func run(_ context: TaskContext) async throws -> ValuesOutput {
        guard flowId == nil || namespace != nil else { throw TaskFailure("`flowId` needs `namespace`") }
        guard batchSize >= 1 else { throw TaskFailure("`batchSize` must be at least 1") }
        var query = ExecutionQuery(namespace: namespace, flowID: flowId)
        query.includesBelow = flowId == nil
        query.states = states ?? []
        query.from = startDate
        query.to = endDate
        let parts = PurgedParts(
            executions: purgeExecution, logs: purgeLog, metrics: purgeMetric, files: purgeStorage)
        let counts = try await context.services.executions.purge(query, parts, batchSize: batchSize)
        if counts.running > 0 {
            context.log("\(counts.running) executions have not ended and were kept", at: .warn)
        }
        return ValuesOutput([
            "executionsCount": .int(Int64(counts.executions)), "logsCount": .int(Int64(counts.logs)),
            "storagesCount": .int(Int64(counts.files)), "metricsCount": .int(Int64(counts.metrics)),
            "executionOutputsCount": 0, "taskOutputsCount": 0,
        ])
    }
}
