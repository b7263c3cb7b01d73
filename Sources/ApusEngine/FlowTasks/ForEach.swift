import ApusExpressions
import ApusModel
import ApusSchema

extension FlowTaskType {
    private static let values: ValueType = .either([.list(.any), .string, .map(.any)])

    static let forEach = FlowTaskType(
        "io.kestra.plugin.core.flow.ForEach", "Runs its tasks, in order, for each item of a list.",
        aliases: [],
        properties: [
            property(
                "values", "A list, or an expression or JSON text that gives one.", values, isRequired: true),
            property("concurrencyLimit", "How many items may run at once; 0 for all.", .integer, default: 1),
            list("tasks", "The tasks to run for each item.", isRequired: true),
        ]
    ) { compiling in
        loop(&compiling, values: "values", limit: "concurrencyLimit", fallback: 1)
    }

    static let eachSequential = FlowTaskType(
        "io.kestra.plugin.core.flow.EachSequential",
        "Runs its tasks for each item of a list, one item at a time.",
        isDeprecated: true,
        properties: [
            property(
                "value", "A list, or an expression or JSON text that gives one.", values, isRequired: true),
            list("tasks", "The tasks to run for each item.", isRequired: true),
        ]
    ) { compiling in
        loop(&compiling, values: "value", limit: nil, fallback: 1)
    }

    static let eachParallel = FlowTaskType(
        "io.kestra.plugin.core.flow.EachParallel",
        "Runs its tasks for each item of a list, items side by side.",
        isDeprecated: true,
        properties: [
            property(
                "value", "A list, or an expression or JSON text that gives one.", values, isRequired: true),
            property(
                "concurrent", "How many items may run at once; 0 for all.", .either([.integer, .string]),
                default: 0),
            list("tasks", "The tasks to run for each item.", isRequired: true),
        ]
    ) { compiling in
        loop(&compiling, values: "value", limit: "concurrent", fallback: 0)
    }

    private static func loop(_ compiling: inout Compiling, values: String, limit: String?, fallback: Int)
        -> CompiledTask.Kind
    {
        let tree = compiling.reader.tree(values) ?? .literal(.list([]))
        let bound =
            limit.map { compiling.reader.integerProperty($0, default: fallback) } ?? .literal(fallback)
        compiling.lists.tasks = compiling.children("tasks")
        return .flow(.forEach(values: tree, concurrencyLimit: bound))
    }
}
