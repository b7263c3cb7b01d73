import ApusModel
import ApusSchema

extension TriggerType {
    static let flow = TriggerType(
        "Flow", "Starts an execution when others reach a state.", subject: .firing,
        properties: [
            property(
                "states",
                "States of the execution that are looked at; by default those it ends in, and PAUSED.",
                states),
            property(
                "preconditions", "Executions that have to be seen within a time window.",
                .object(preconditions)),
            property(
                "dependsOn", "Executions that have to be seen.",
                .list(
                    .object([
                        property("namespace", "The namespace of the flow; any by default.", .string),
                        property("flowId", "The id of the flow; any by default.", .string),
                        property("states", "States of the execution.", states),
                        property("labels", "Labels the execution has.", labels),
                        property("when", "Must be truthy; sees the execution.", .string),
                    ]))),
            property(
                "mode", "Whether all, any, or some of `dependsOn` have to be seen.",
                .enumeration(FlowMode.allCases.map(\.rawValue)), default: "ALL"),
            property("minSatisfied", "How many, with `mode: AT_LEAST`.", .integer),
            property("window", "The time within which they have to be seen.", .object(window)),
            property(
                "onMiss", "What happens when a window closes in which it did not fire.",
                .object([
                    property("behavior", "An execution that has failed.", .enumeration(["FAIL"])),
                    property("labels", "Labels of that execution.", labels),
                ])),
        ],
        outputs: [
            property("executionId", "The execution.", .string),
            property("executionLabels", "Its labels.", .map(.any)),
            property("state", "Its state.", .string),
            property("namespace", "The namespace of its flow.", .string),
            property("flowId", "The id of its flow.", .string),
            property("flowRevision", "The revision of its flow.", .integer),
            property("outputs", "Its outputs.", .map(.any)),
        ]
    ) { FlowTriggerReader.compile(&$0).map(CompiledTrigger.Kind.flow) }

    private static let states = ValueType.list(.enumeration(State.allCases.map(\.rawValue)))
    private static let labels = ValueType.either([.map(.any), .list(.any)])

    private static let preconditions: [PropertySchema] = [
        property("id", "Unique in the flow.", .string, isRequired: true),
        property(
            "flows", "Executions of these flows.",
            .list(
                .object([
                    property("namespace", "The namespace of the flow.", .string, isRequired: true),
                    property("flowId", "The id of the flow; any by default.", .string),
                    property("states", "States of the execution.", states),
                    property("labels", "Labels the execution has.", labels),
                ]))),
        property(
            "where", "Executions that pass these filters.",
            .list(
                .object([
                    property("id", "Unique in the preconditions.", .string, isRequired: true),
                    property(
                        "operand", "Whether all filters or one of them has to hold.",
                        .enumeration(["AND", "OR"]), default: "AND"),
                    property("filters", "At least one.", .list(.object(filter)), isRequired: true),
                ]))),
        property("timeWindow", "A day by default.", .object(timeWindow)),
        property(
            "resetOnSuccess", "What was seen counts no more once it has fired.", .boolean, default: true),
    ]

    private static let filter: [PropertySchema] = [
        property(
            "field", "What is compared.", .enumeration(FlowFilter.Field.allCases.map(\.rawValue)),
            isRequired: true),
        property(
            "type", "How.", .enumeration(FlowFilter.Comparison.allCases.map(\.rawValue)), isRequired: true),
        property("value", "With what, or the expression.", .string),
        property("values", "With which, for IN and NOT_IN.", .list(.string)),
    ]

    static let timeWindow: [PropertySchema] = [
        property(
            "type", "What it is.", .enumeration(FlowTimeWindow.allCases.map(\.rawValue)),
            default: "DURATION_WINDOW"),
        property("deadline", "A time of day, for DAILY_TIME_DEADLINE.", .string),
        property("startTime", "A time of day, for DAILY_TIME_WINDOW.", .string),
        property("endTime", "A time of day, for DAILY_TIME_WINDOW.", .string),
        property("window", "How long, for DURATION_WINDOW and SLIDING_WINDOW.", .duration),
        property("windowAdvance", "How much later than midnight, for DURATION_WINDOW.", .duration),
    ]

    private static let window: [PropertySchema] = [
        property("deadline", "From midnight to this time of day.", .string),
        property("from", "From this time of day; needs `to`.", .string),
        property("to", "To this time of day.", .string),
        property("every", "Windows of this length, one after the other.", .duration),
        property("offset", "How much later than midnight they begin; needs `every`.", .duration),
        property("lookback", "The time before each execution.", .duration),
        property("timezone", "Whose times of day, an IANA name.", .string),
    ]
}

/// How much of `dependsOn` has to be seen.
enum FlowMode: String, CaseIterable {
    case all = "ALL"
    case any = "ANY"
    case atLeast = "AT_LEAST"
}

extension ConditionSubject {
    /// The execution that may fire a flow trigger.
    static let firing = ConditionSubject(
        state: "trigger.state", namespace: "trigger.namespace", flow: "trigger.flowId", labels: "labels",
        date: "(trigger.date ?? now())", outputs: "trigger.outputs")
}
