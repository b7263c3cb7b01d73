public import ApusExpressions
import ApusModel
import ApusSchema

/// A task that starts executions of another flow: one, or one for each batch of a file.
public struct SubflowCall: Sendable {
    public enum RestartBehavior: String, Sendable, CaseIterable {
        /// The child that failed goes on.
        case retryFailed = "RETRY_FAILED"
        case newExecution = "NEW_EXECUTION"
    }

    /// What is rendered for each child: `namespace`, `flowId`, `revision`, `inputs`, `labels`, `inheritLabels`,
    /// `scheduleDate`.
    public var properties: TemplateTree
    /// Rendered with the variables of the child when it has ended; takes the place of the child's outputs.
    public var outputs: TemplateTree?
    /// Whether the task ends with its children, or as soon as they are created.
    public var waits: Bool
    /// Whether a child that failed fails the task.
    public var transmitsFailure: Bool
    public var restartBehavior: RestartBehavior
    /// The task whose outputs tell the batches; `nil` for a single child.
    public var batches: String?

    /// The functions its expressions call.
    var calls: [String] { properties.calls + (outputs?.calls ?? []) }
}

extension FlowTaskType {
    static let subflow = FlowTaskType(
        "io.kestra.plugin.core.flow.Subflow", "Starts an execution of another flow.",
        aliases: ["io.kestra.core.tasks.flows.Subflow", "io.kestra.core.tasks.flows.Flow"],
        properties: target + [
            property(
                "outputs", "Older way to take values from the child; better written as outputs of its flow.",
                .map(.any))
        ],
        outputs: [
            .output("executionId", "The id of the child.", .string),
            .output("state", "The state it ended in.", .string),
            .output("outputs", "The outputs of its flow.", .map(.any)),
        ]
    ) { compiling in
        let outputs = compiling.reader.tree("outputs", isPlaced: false)
        return .subflow(call(&compiling, outputs: outputs))
    }

    /// The properties that say what is started, and how.
    static let target: [PropertySchema] = [
        property("namespace", "The namespace of the flow to start.", .string, isRequired: true),
        property("flowId", "The id of the flow to start.", .string, isRequired: true),
        property("revision", "Its revision; the latest when absent.", .either([.integer, .string])),
        property("inputs", "Values for its inputs.", .map(.any)),
        property("labels", "Labels for the child.", .either([.map(.any), .list(.any), .string])),
        property(
            "inheritLabels", "Whether the child gets the labels of this execution too.", .boolean,
            default: false),
        property(
            "wait", "Whether the task ends with the child, or as soon as it is created.", .boolean,
            default: true),
        property("transmitFailed", "Whether a child that fails, fails the task.", .boolean, default: true),
        property("scheduleDate", "The child does not begin before.", .either([.instant, .string])),
        property(
            "restartBehavior", "What a restart of this execution does with a child that failed.",
            .enumeration(SubflowCall.RestartBehavior.allCases.map(\.rawValue)), default: "RETRY_FAILED"),
    ]

    private static let rendered = [
        "namespace", "flowId", "revision", "inputs", "labels", "inheritLabels", "scheduleDate",
    ]

    static func call(_ compiling: inout Compiling, outputs: TemplateTree? = nil, batches: String? = nil)
        -> SubflowCall
    {
        let (own, reference) = (compiling.reader.map, compiling.tasks.reference)
        if own["namespace"] == .string(reference.namespace), own["flowId"] == .string(reference.id) {
            compiling.reader.fault(
                "Invalid Flow: Recursive call to flow [\(reference.namespace).\(reference.id)]", at: "flowId",
                remedy: "call another flow, or loop inside this one")
        }
        var properties: OrderedMap<Value> = [:]
        for key in rendered { properties[key] = compiling.reader.given(key) }
        let behavior = compiling.reader.choice("restartBehavior", SubflowCall.RestartBehavior.self)
        return SubflowCall(
            properties: compiling.reader.tree(of: properties), outputs: outputs,
            waits: compiling.reader.flag("wait", default: true),
            transmitsFailure: compiling.reader.flag("transmitFailed", default: true),
            restartBehavior: behavior ?? .retryFailed, batches: batches)
    }
}
