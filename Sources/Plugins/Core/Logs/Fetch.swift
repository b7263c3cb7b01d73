import ApusExpressions
import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.log.Fetch`.
struct Fetch: RunnableTask {
    static let type = "io.kestra.plugin.core.log.Fetch"
    static let aliases = ["io.kestra.core.tasks.log.Fetch"]
    static let summary = "Stores the log lines of an execution as a file."
    static let isDeprecated = true
    static let outputs: [PropertySchema]? = [
        .output("size", "How many lines.", .integer), .uriOutput("The lines, as Ion, one a line."),
    ]

    @Property("The namespace the execution belongs to.")
    var namespace: String?
    @Property("The flow the execution belongs to.")
    var flowId: String?
    @Property("The execution; by default the one that runs.")
    var executionId: String?
    @Property("Only lines of these tasks.")
    var tasksId: [String]?
    @Property("Only lines of this severity and above.")
    var level: LogLevel = .info

    func run(_ context: TaskContext) async throws -> ValuesOutput {
        guard flowId == nil || namespace != nil else { throw TaskFailure("`flowId` needs `namespace`") }
        var query = LogQuery()
        query.executionID = executionId ?? context.executionID
        query.namespace = namespace
        query.flowID = flowId
        query.taskIDs = tasksId ?? []
        query.minLevel = level
        let target = try NewLocalFile(try context.newPath("logs"))
        var size = 0
        try await context.services.logs.forEachPage(query) { lines in
            for line in lines {
                try target.write(Array(Ion.text(of: Self.item(line)).utf8))
                try target.write([0x0A])
            }
            size += lines.count
        }
        try target.finish()
        return ValuesOutput([
            "size": .int(Int64(size)),
            "uri": .string(try await context.store(file: target.path, named: "logs.ion")),
        ])
    }

    private static func item(_ line: LogLine) -> Value {
        var item: OrderedMap<Value> = [
            "namespace": .string(line.flow.namespace), "flowId": .string(line.flow.id),
        ]
        if let id = line.taskID { item["taskId"] = .string(id) }
        item["executionId"] = .string(line.executionID)
        if let id = line.taskRunID { item["taskRunId"] = .string(id) }
        if let attempt = line.attempt { item["attemptNumber"] = .int(Int64(attempt)) }
        item["timestamp"] = .extended(.instant(line.date))
        item["level"] = .string(line.level.rawValue)
        item["message"] = .string(line.message)
        return .map(item)
    }
}
