internal import ApusModel

extension TypeSchema {
    /// The properties that every type of this kind has besides its own.
    public var commonProperties: [PropertySchema] { kind.commonProperties }
}

extension TypeSchema.Kind {
    /// The properties that every type of this kind has.
    ///
    /// Source: the product's documentation of flows, tasks and triggers.
    public var commonProperties: [PropertySchema] {
        switch self {
        case .runnable, .inline: CommonProperties.task
        case .flow: CommonProperties.flowTask
        case .trigger: CommonProperties.trigger
        case .condition, .taskRunner, .other: CommonProperties.plugin
        }
    }
}

private enum CommonProperties {
    static let plugin = [
        fixed("id", "Name of this part, unique in its surroundings.", .string),
        fixed("type", "The plugin type.", .string),
        fixed("version", "Version of the plugin to use.", .string),
    ]

    static let task: [PropertySchema] =
        plugin + [
            fixed("description", "What it is for; Markdown.", .string),
            fixed("disabled", "Skipped entirely.", .boolean, default: false),
            fixed("retry", "When a failed run is tried again.", .object(retry)),
            PropertySchema(name: "timeout", description: "Longest run of one attempt.", valueType: .duration),
            PropertySchema(
                name: "runIf", aliases: ["when"],
                description: "Skipped when this renders to something falsy.",
                valueType: .string, defaultValue: "true"),
            fixed("allowFailure", "A failure becomes a warning.", .boolean, default: false),
            fixed("allowWarning", "A warning becomes a success.", .boolean, default: false),
            fixed(
                "logLevel", "Lowest severity that is kept.", .enumeration(LogLevel.allCases.map(\.rawValue))),
            fixed("logToFile", "Keep the log in a file of the internal storage.", .boolean, default: false),
            fixed(
                "taskCache", "Reuse the outputs of an earlier run with the same properties.",
                .object([
                    fixed("enabled", "Switches it on.", .boolean, isRequired: true),
                    fixed("ttl", "How long outputs may be reused.", .duration),
                ])),
            workerGroup, workerSelector,
            fixed("assets", "Assets it reads and writes.", .any),
            fixed("pluginDefaultsRef", "Defaults that are used only when named here.", .string),
        ]

    static let flowTask: [PropertySchema] =
        task + [
            fixed("errors", "Tasks to run when one of its tasks fails.", .tasks),
            fixed("finally", "Tasks to run at its end in any case.", .tasks),
        ]

    static let trigger: [PropertySchema] =
        plugin + [
            fixed("description", "What it is for; Markdown.", .string),
            fixed("disabled", "Does not fire.", .boolean, default: false),
            fixed("conditions", "All must hold for it to fire.", .list(.plugin(base: "condition"))),
            PropertySchema(name: "when", description: "Must be truthy for it to fire.", valueType: .string),
            PropertySchema(
                name: "labels", description: "Labels of the executions it starts.",
                valueType: .either([.map(.any), .list(.any)])),
            PropertySchema(
                name: "inputs", description: "Inputs of the executions it starts.", valueType: .map(.any)),
            fixed(
                "stopAfter", "End states of an execution that disable the trigger.",
                .list(.enumeration(State.allCases.map(\.rawValue)))),
            fixed(
                "logLevel", aliases: ["minLogLevel"], "Lowest severity that is kept.",
                .enumeration(LogLevel.allCases.map(\.rawValue))),
            fixed("logToFile", "Keep the log in a file of the internal storage.", .boolean, default: false),
            fixed(
                "failOnTriggerError", "Start a failed execution when it cannot be evaluated.", .boolean,
                default: false),
            fixed(
                "allowConcurrent", "Fire while the execution before is still running.", .boolean,
                default: false),
            workerGroup, workerSelector,
            fixed("assets", "Assets it reads and writes.", .any),
            fixed("pluginDefaultsRef", "Defaults that are used only when named here.", .string),
        ]

    static let retry = [
        fixed(
            "type", "How delays grow.", .enumeration(["constant", "exponential", "random"]), isRequired: true),
        fixed("interval", "Delay before the second attempt.", .duration),
        fixed("minInterval", "Shortest delay of a random retry.", .duration),
        fixed("maxInterval", "Longest delay.", .duration),
        fixed("delayFactor", "Multiplier from one delay to the next.", .number),
        fixed("maxAttempts", aliases: ["maxAttempt"], "Attempts in all, the first one included.", .integer),
        fixed("maxDuration", "No attempt begins later than this after the first.", .duration),
        fixed("warningOnRetry", "A success after a retry is a warning.", .boolean, default: false),
        fixed(
            "behavior", "Try the task again, or start a new execution.",
            .enumeration(["RETRY_FAILED_TASK", "CREATE_NEW_EXECUTION"])),
    ]

    static let workerGroup = fixed(
        "workerGroup", "Workers that may run it.",
        .object([
            PropertySchema(name: "key", description: "Name of the group.", valueType: .string),
            PropertySchema(
                name: "fallback", description: "When no worker of the group is there.",
                valueType: .enumeration(["FAIL", "WAIT", "CANCEL", "IGNORE"])),
        ]))

    static let workerSelector = fixed(
        "workerSelector", "Workers that may run it, by their tags.",
        .object([
            PropertySchema(name: "tags", description: "Tags of the workers.", valueType: .list(.string)),
            PropertySchema(
                name: "match", description: "All tags, or any of them.",
                valueType: .enumeration(["ALL", "ANY"])),
            PropertySchema(
                name: "fallback", description: "When no such worker is there.",
                valueType: .enumeration(["FAIL", "WAIT", "CANCEL", "IGNORE"])),
        ]))

    /// A property that is read as it stands, without rendering.
    private static func fixed(
        _ name: String, aliases: [String] = [], _ description: String, _ type: ValueType,
        isRequired: Bool = false,
        default defaultValue: Value? = nil
    ) -> PropertySchema {
        PropertySchema(
            name: name, aliases: aliases, description: description, valueType: type, isRequired: isRequired,
            defaultValue: defaultValue, isDynamic: false)
    }
}
