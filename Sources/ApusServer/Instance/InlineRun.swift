import ApusDatabase
import ApusExecutor
import ApusModel
import ApusPlugin

/// Runs an inline task for the executor.
enum InlineRun {
    static func outcome(
        of task: PluginRegistry.Inline?, _ properties: OrderedMap<Value>, at date: Timestamp
    ) -> InlineOutcome {
        guard let task else {
            return InlineOutcome(
                state: .failed, logs: [(.error, "this server does not have the type of this task")])
        }
        do {
            let result = try task(properties, InlineContext(now: date))
            return InlineOutcome(
                state: result.state ?? .success, outputs: result.outputs,
                logs: result.logs.map { ($0.level, $0.message) }, metrics: result.metrics.map(metric))
        } catch {
            return InlineOutcome(state: .failed, outputs: error.outputs, logs: [(.error, error.message)])
        }
    }

    private static func metric(_ metric: Metric) -> InlineMetric {
        InlineMetric(
            name: metric.name, kind: MetricPoint.Kind(rawValue: metric.kind.rawValue) ?? .gauge,
            value: metric.value, tags: metric.tags.map { Label($0, $1) })
    }
}
