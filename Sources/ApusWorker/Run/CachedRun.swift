import ApusExpressions
import ApusModel

/// Runs a task, or gives what an earlier run with the same rendered properties gave.
///
/// A cache that cannot be used costs a run, never the task: its faults are warnings in the log.
struct CachedRun {
    let job: Job
    let reuse: OutputReuse
    let cache: any OutputCache
    let log: @Sendable (String, LogLevel) -> Void

    /// - Parameter run: Does the work.
    func result(
        of properties: OrderedMap<Value>, _ run: () async throws -> JobRun.Given
    ) async throws -> JobRun.Given {
        let key = try key(of: properties)
        do {
            if let outputs = try await cache.outputs(for: key, ttl: reuse.ttl, of: job) {
                log("The outputs of an earlier run are reused: `taskCache`", .info)
                return JobRun.Given(values: outputs, state: nil)
            }
        } catch {
            log("`taskCache`: earlier outputs could not be read, so the task runs: \(error)", .warn)
        }
        let result = try await run()
        guard result.state == nil || result.state == .success || result.state == .warning else {
            return result
        }
        do {
            try await cache.keep(result.values, for: key, ttl: reuse.ttl, of: job)
        } catch {
            log("`taskCache`: the outputs could not be kept for later runs: \(error)", .warn)
        }
        return result
    }

    /// The same for the same task of the same flow with the same properties. The properties may hold secrets: only
    /// their hash leaves this function.
    private func key(of properties: OrderedMap<Value>) throws -> String {
        let parts: Value = [
            "namespace": .string(job.flow.namespace), "flow": .string(job.flow.id),
            "task": .string(job.taskID), "type": .string(job.type),
            "properties": .map(properties),
        ]
        return try Fingerprint.text(of: parts)
    }
}
