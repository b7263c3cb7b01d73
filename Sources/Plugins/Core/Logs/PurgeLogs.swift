import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.log.PurgeLogs`.
struct PurgeLogs: RunnableTask {
    static let type = "io.kestra.plugin.core.log.PurgeLogs"
    static let summary = "Deletes log lines."
    static let outputs: [PropertySchema]? = [
        .output("count", "Lines that were deleted.", .integer),
        .output("executionLogsCount", "Those of executions.", .integer),
        .output("nonExecutionLogsCount", "Those that belong to no execution.", .integer),
    ]

    @Property("Of this namespace and, unless a flow is given, of those below it; of all when left out.")
    var namespace: String?
    @Property("Of this flow; needs `namespace`.")
    var flowId: String?
    @Property("Of this execution.")
    var executionId: String?
    @Property("Only lines of these severities.")
    var logLevels: [LogLevel]?
    @Property("Lines written at this time or later.")
    var startDate: Timestamp?
    @Property("Lines written before this time.")
    var endDate: Timestamp
    @Property("Lines deleted at once; by default as many as are good for the store.")
    var batchSize: Int?
    @Property("Whether lines of executions are deleted.")
    var purgeExecutionLogs: Bool = true
    @Property("Whether lines that belong to no execution are deleted.")
    var purgeNonExecutionLogs: Bool = true

    func run(_ context: TaskContext) async throws -> ValuesOutput {
        guard flowId == nil || namespace != nil else { throw TaskFailure("`flowId` needs `namespace`") }
        if let batchSize, batchSize < 1 { throw TaskFailure("`batchSize` must be at least 1") }
        var query = LogQuery()
        query.namespace = namespace
        query.flowID = flowId
        query.executionID = executionId
        query.levels = logLevels ?? []
        query.from = startDate
        query.to = endDate
        // Every line belongs to an execution.
        let count =
            purgeExecutionLogs ? try await context.services.logs.delete(query, batchSize: batchSize) : 0
        return ValuesOutput([
            "count": .int(Int64(count)), "executionLogsCount": .int(Int64(count)),
            "nonExecutionLogsCount": 0,
        ])
    }
}
