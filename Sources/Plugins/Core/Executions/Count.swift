import ApusExpressions
import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.execution.Count`.
struct Count: RunnableTask {
    static let type = "io.kestra.plugin.core.execution.Count"
    static let aliases = ["io.kestra.core.tasks.executions.Counts"]
    static let summary = "Counts the executions of flows or namespaces."
    static let isDeprecated = true
    static let outputs: [PropertySchema]? = [
        .output(
            "results", "The counts for which the expression holds.",
            .list(
                .object([
                    .output("namespace", "The namespace.", .string),
                    .output("flowId", "The flow, when flows were asked for.", .string, isRequired: false),
                    .output("count", "How many executions.", .integer),
                ]))),
        .output("total", "The sum of those counts.", .integer),
    ]

    struct Flow: PropertyGroup {
        @Property("The namespace of the flow.")
        var namespace: String
        @Property("The id of the flow.")
        var flowId: String
    }

    @Property("The flows to count for.")
    var flows: [Flow]?
    @Property("The namespaces to count for, without those below them.")
    var namespaces: [String]?
    @Property("Only executions in these states.")
    var states: [State]?
    @Property("Only executions that began at this time or later.")
    var startDate: Timestamp
    @Property("Only executions that began before this time.")
    var endDate: Timestamp?
    @Property("Which counts are wanted, with `count` as a variable: `{{ count >= 5 }}`.", isDynamic: false)
    var expression: String

    func run(_ context: TaskContext) async throws -> ValuesOutput {
        let queries =
            (flows ?? []).map { ExecutionQuery(namespace: $0.namespace, flowID: $0.flowId) }
            + (namespaces ?? []).map { ExecutionQuery(namespace: $0) }
        guard !queries.isEmpty else { throw TaskFailure("`flows` or `namespaces` must be given") }
        let wanted = try context.itemRenderer(expression)
        var results: [Value] = []
        var total = 0
        for (number, query) in queries.enumerated() {
            var query = query
            query.states = states ?? []
            query.from = startDate
            query.to = endDate
            let count = try await context.services.executions.count(query)
            let text = try await wanted(["count": .int(Int64(count))], number)
            guard text.map(isTruthy(rendered:)) == true else { continue }
            var row: OrderedMap<Value> = ["namespace": .string(query.namespace ?? "")]
            if let id = query.flowID { row["flowId"] = .string(id) }
            row["count"] = .int(Int64(count))
            results.append(.map(row))
            total += count
        }
        return ValuesOutput(["results": .list(results), "total": .int(Int64(total))])
    }
}
