public import ApusExpressions
public import ApusModel

/// What a `LoopUntil` does besides running its tasks.
public struct RoundProperties: Sendable {
    /// Ends the loop when it holds after a round.
    public var condition: Template?
    /// How long to wait between rounds.
    public var interval: SpanProperty
    /// `nil` for no bound.
    public var maxIterations: IntegerProperty?
    /// Measured from the first round; `nil` for no bound.
    public var maxDuration: SpanProperty?
    /// Whether a bound that is reached is a failure.
    public var failsOnMaxReached: Template?
}

/// A span of time that may be written as a template.
public enum SpanProperty: Sendable {
    case literal(ISODuration)
    case template(Template)
}

extension FlowTaskType {
    static let loopUntil = FlowTaskType(
        "io.kestra.plugin.core.flow.LoopUntil",
        "Runs its tasks in rounds, with a wait between them, until a condition holds.",
        aliases: ["io.kestra.plugin.core.flow.WaitFor", "io.kestra.core.tasks.flows.WaitFor"],
        properties: [
            property(
                "condition", "Looked at after each round; the loop ends when it holds.", .any,
                isRequired: true),
            list("tasks", "The tasks of a round.", isRequired: true),
            property(
                "checkFrequency", "How often, and for how long at most.",
                .object([
                    property("interval", "The wait between two rounds.", .duration, default: "PT1M"),
                    property("maxIterations", "Rounds at most.", .integer),
                    property("maxDuration", "Time at most, from the first round on.", .duration),
                ])),
            property(
                "failOnMaxReached", "Whether a bound that is reached is a failure.", .boolean, default: false),
        ],
        outputs: [.output("iterationCount", "The number of the round, from 1.", .integer)]
    ) { compiling in
        let condition = compiling.reader.template("condition")
        let fails = compiling.reader.template("failOnMaxReached")
        // The older name has the defaults of its time.
        let isOld = !compiling.written.hasSuffix(".LoopUntil")
        let bounds = compiling.reader.inside("checkFrequency") { reader in
            (
                interval: reader.durationTemplate("interval"),
                maxIterations: reader.given("maxIterations").map { _ in
                    reader.integerProperty("maxIterations", default: 0)
                },
                maxDuration: reader.durationTemplate("maxDuration")
            )
        }
        compiling.lists.tasks = compiling.children("tasks")
        return .flow(
            .loopUntil(
                RoundProperties(
                    condition: condition,
                    interval: bounds?.interval.map { .template($0) } ?? .literal(.seconds(isOld ? 1 : 60)),
                    maxIterations: bounds?.maxIterations ?? (isOld ? .literal(100) : nil),
                    maxDuration: bounds?.maxDuration.map { .template($0) }
                        ?? (isOld ? .literal(.seconds(3600)) : nil),
                    failsOnMaxReached: fails)))
    }
}
