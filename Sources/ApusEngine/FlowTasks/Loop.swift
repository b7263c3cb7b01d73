public import ApusExpressions
import ApusModel
import ApusSchema

/// What a `Loop` does: its iterations stand beside each other like executions of their own.
public struct LoopProperties: Sendable {
    public enum FetchType: String, Sendable, CaseIterable {
        /// Iterations over the rows of a file keep their outputs in files, others in the outputs of the loop.
        case auto = "AUTO"
        case fetch = "FETCH"
        case store = "STORE"
    }

    /// A list, a map, the JSON text of one, or the URI of a file with a row for each iteration.
    public var values: TemplateTree
    /// How many iterations may run at once; 0 for all.
    public var concurrencyLimit: IntegerProperty
    /// Whether an iteration that fails, fails the loop.
    public var transmitsFailure: Bool
    /// Ends the loop when it holds after an iteration.
    public var breakWhen: Template?
    public var fetchType: FetchType
    /// What each iteration gives.
    public var outputs: [OutputDefinition]
}

extension FlowTaskType {
    static let loop = FlowTaskType(
        "io.kestra.plugin.core.flow.Loop",
        "Runs its tasks for each value; every iteration has a scope of its own.",
        aliases: [],
        properties: [
            property(
                "values",
                "A list, a map, the JSON text of one, or the URI of a file with one row an iteration.",
                .either([.list(.any), .map(.any), .string]), isRequired: true),
            property(
                "concurrencyLimit", "How many iterations may run at once; 0 for all.", .integer, default: 1),
            list("tasks", "The tasks of an iteration.", isRequired: true),
            property("outputs", "What an iteration gives, written like the outputs of a flow.", .list(.any)),
            property(
                "fetchType", "Where the outputs of iterations are kept.",
                .enumeration(LoopProperties.FetchType.allCases.map(\.rawValue)), default: "AUTO"),
            property(
                "transmitFailed", "Whether an iteration that fails, stops and fails the loop.", .boolean,
                default: true),
            property("breakWhen", "Looked at after each iteration; no other one begins when it holds.", .any),
        ],
        outputs: [
            .output("iterationCount", "How many iterations there are.", .integer),
            .output("runningIterations", "How many are running.", .integer),
            .output("terminatedIterations", "How many ended in each state.", .map(.integer)),
            .output(
                "outputs", "What the iterations gave, in the order of the values.", .list(.any),
                isRequired: false),
        ]
    ) { compiling in
        let reader = compiling.reader
        var parser = InputParser(positions: reader.positions, edition: reader.edition)
        let outputs = parser.outputs(reader.given("outputs") ?? .null, at: reader.path.key("outputs"))
        compiling.tasks.add(parser.allFaults)
        let properties = LoopProperties(
            values: compiling.reader.tree("values") ?? .literal(.list([])),
            concurrencyLimit: compiling.reader.integerProperty("concurrencyLimit", default: 1),
            transmitsFailure: compiling.reader.flag("transmitFailed", default: true),
            breakWhen: compiling.reader.template("breakWhen"),
            fetchType: compiling.reader.choice("fetchType", LoopProperties.FetchType.self) ?? .auto,
            outputs: outputs)
        let iteration = compiling.tasks.addIteration(of: compiling.index, parser.templates.templates)
        compiling.owner = iteration
        let tasks = compiling.children("tasks")
        compiling.tasks.set(
            iteration, .flow(.iteration),
            TaskLists(
                tasks: tasks, errors: compiling.children("errors"), finally: compiling.children("finally")))
        compiling.owner = nil
        compiling.lists.tasks = [iteration]
        compiling.hasOwnLists = true
        return .flow(.loop(properties))
    }
}
