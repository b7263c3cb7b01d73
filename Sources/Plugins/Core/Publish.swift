import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.metric.Publish`.
struct Publish: InlineTask {
    static let type = "io.kestra.plugin.core.metric.Publish"
    static let summary = "Publishes metrics of the user's own."
    static let outputs: [PropertySchema]? = []

    /// One metric as a flow writes it.
    struct Point: PropertyGroup {
        @Property(
            "What the number is: `counter` (it adds up), `timer` (a duration) or `gauge` (it replaces).")
        var type: String
        @Property("Name of the metric.")
        var name: String
        @Property("What it measures.")
        var description: String?
        @Property("The number; for a timer a duration such as `PT1.5S`.")
        var value: Value
        @Property("Words to tell series of the metric apart.")
        var tags: OrderedMap<String> = [:]
    }

    @Property("The metrics to publish.")
    var metrics: [Point] = []

    func run(inline context: InlineContext) throws(TaskFailure) -> InlineResult {
        var result = InlineResult()
        for point in metrics { result.metrics.append(try Self.metric(point)) }
        return result
    }

    private static func metric(_ point: Point) throws(TaskFailure) -> Metric {
        guard let kind = Metric.Kind(rawValue: point.type.lowercased()) else {
            throw TaskFailure(
                "metric `\(point.name)`: `\(point.type)` is not a type; use counter, timer or gauge")
        }
        guard let number = number(point.value, kind) else {
            let expected = kind == .timer ? "a duration" : "a number"
            throw TaskFailure(
                "metric `\(point.name)`: the value must be \(expected), found `\(text(of: point.value))`")
        }
        return Metric(point.name, kind, number, tags: point.tags)
    }

    /// Timers count milliseconds.
    private static func number(_ value: Value, _ kind: Metric.Kind) -> Double? {
        if kind == .timer {
            if case .extended(.duration(let duration)) = value { return duration.seconds * 1000 }
            return ISODuration(iso: text(of: value)).map { $0.seconds * 1000 }
        }
        guard let number = Double(text(of: value)), number.isFinite else { return nil }
        return number
    }

    private static func text(of value: Value) -> String { value.stringValue ?? value.json }
}
