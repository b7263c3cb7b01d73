import ApusDatabase
import ApusModel
import ApusPlugin
import Foundation
import Synchronization

/// One attempt of one job, from rendering to result.
struct JobRun: Sendable {
    let job: Job
    let settings: WorkerSettings
    let registry: PluginRegistry
    let services: Services
    let facts: any FactProvider
    let outlets: WorkerOutlets
    let cache: any OutputCache
    let log: LogIntake
    let stop: StopSignal
    let now: @Sendable () -> Timestamp

    /// Of this run only.
    let mask = SecretMask()

    /// Metrics of one job, at most; later ones are dropped.
    private static let maxMetrics = 10_000

    /// - Returns: `nil` when the worker ended before the job did.
    func result() async -> JobResult? {
        let startedAt = now()
        for secret in job.secrets { mask.add(secret) }
        let directory = WorkingDirectory(path: directoryPath)
        let metrics = Metrics()
        let end = await race(timeout: job.timeout, stop: stop) {
            try await run(in: directory, metrics, startedAt)
        }
        let outcome = outcome(of: end)
        if let error = outcome?.error { write(error, .error) }
        if job.sharedDirectory == nil { remove(directory) }
        await log.flush()
        let points = metrics.points.withLock { $0 }
        if !points.isEmpty { await outlets.metrics(job, points) }
        return outcome.map { outcome in
            JobResult(
                executionID: job.executionID, taskRunID: job.taskRunID, attempt: job.attempt,
                state: outcome.state,
                outputs: outcome.outputs.flatMap { $0.isEmpty ? nil : $0 }, startedAt: startedAt,
                endedAt: max(startedAt, now()), error: outcome.error)
        }
    }

    private func run(
        in directory: WorkingDirectory, _ metrics: Metrics, _ startedAt: Timestamp
    ) async throws -> PluginRegistry.Result {
        var variables = job.variables
        variables["workingDir"] = .string(directory.path)
        variables["outputDir"] = .string("\(directory.path)/\(WorkingDirectory.outputName)")
        let rendering = JobRendering(
            job, variables: variables, facts: facts, timeZone: settings.timeZone, now: startedAt, mask: mask)
        let properties = try await rendering.properties()
        let run = { [variables] in
            if let inline = registry.inline(named: job.type) {
                return try runInline(inline, properties, metrics, startedAt)
            }
            guard let runnable = registry.runnable(named: job.type) else { throw unknownType }
            return try await runnable(properties, context(directory, variables, metrics, rendering))
        }
        guard let reuse = job.reuse else { return try await run() }
        return try await CachedRun(job: job, reuse: reuse, cache: cache, log: write).result(
            of: properties, run)
    }

    private func runInline(
        _ inline: PluginRegistry.Inline, _ properties: OrderedMap<Value>, _ metrics: Metrics,
        _ startedAt: Timestamp
    ) throws -> PluginRegistry.Result {
        let result = try inline(properties, InlineContext(now: startedAt))
        for line in result.logs { write(line.message, line.level) }
        result.metrics.forEach(metrics.add)
        return (result.outputs ?? [:], result.state)
    }

    private func context(
        _ directory: WorkingDirectory, _ variables: OrderedMap<Value>, _ metrics: Metrics,
        _ rendering: JobRendering
    ) -> TaskContext {
        TaskContext(
            executionID: job.executionID, flow: job.flow, taskID: job.taskID, taskRunID: job.taskRunID,
            attempt: job.attempt, variables: variables, workingDirectory: directory,
            services: services, loopValue: job.loopValue,
            outlets: TaskContext.Outlets(
                log: { level, message in write(message, level) },
                logRoom: { await log.room() },
                metric: { metrics.add($0) },
                render: { try await rendering.text($0) },
                store: { try await outlets.store(job, $0, $1) },
                fetch: { try await outlets.fetch(job, $0, $1) }))
    }

    private typealias Outcome = (state: State, outputs: OrderedMap<Value>?, error: String?)

    private func outcome(of end: RaceEnd<PluginRegistry.Result>) -> Outcome? {
        switch end {
        case .finished(.success(let result)): (result.state ?? .success, result.values, nil)
        case .finished(.failure(let failure as TaskFailure)):
            (.failed, failure.outputs, mask.masked(failure.message))
        case .finished(.failure(let error)): (.failed, nil, mask.masked(Self.words(for: error)))
        case .timedOut: (.failed, nil, "Timeout after \(job.timeout?.iso ?? "PT0S")")
        case .stopped(.killed): (.killed, nil, nil)
        case .stopped(.workerEnds): nil
        }
    }

    private static func words(for error: any Error) -> String {
        guard let error = error as? CocoaError else { return "\(error)" }
        let path = (error.userInfo[NSFilePathErrorKey] as? String).map { " (\($0))" } ?? ""
        return error.localizedDescription + path
    }

    private var unknownType: TaskFailure {
        let near = registry.catalogue.nearest(to: job.type).map { "; did you mean `\($0)`?" } ?? ""
        return TaskFailure("There is no task type `\(job.type)` at this worker\(near)")
    }

    private var directoryPath: String {
        // Identifiers are letters and digits; anything else cannot be let near a path.
        let name = (job.sharedDirectory ?? "\(job.taskRunID)-\(job.attempt)")
        return "\(settings.workDirectory)/\(Self.fileName(name))"
    }

    static func fileName(_ name: String) -> String {
        String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") ? $0 : "_" })
    }

    @Sendable private func write(_ message: String, _ level: LogLevel) {
        guard level >= job.logLevel else { return }
        log.add(
            LogLine(
                executionID: job.executionID, flow: job.flow, taskID: job.taskID, taskRunID: job.taskRunID,
                attempt: job.attempt, level: level, date: now(), message: mask.masked(message)))
    }

    private func remove(_ directory: WorkingDirectory) {
        do {
            try directory.remove()
        } catch {
            write("The working directory could not be removed: \(error.localizedDescription)", .warn)
        }
    }

    /// What the job measured, bounded.
    private final class Metrics: Sendable {
        let points = Mutex<[Metric]>([])

        func add(_ metric: Metric) {
            points.withLock { points in
                if points.count < JobRun.maxMetrics { points.append(metric) }
            }
        }
    }
}
