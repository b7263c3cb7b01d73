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
    /// Takes the lines in place of the log, for a job that wants that.
    let logFile: AttemptLogFile?

    /// Of this run only.
    let mask = SecretMask()

    init(
        job: Job, settings: WorkerSettings, registry: PluginRegistry, services: Services,
        facts: any FactProvider, outlets: WorkerOutlets, cache: any OutputCache, log: LogIntake,
        stop: StopSignal,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.job = job
        self.settings = settings
        self.registry = registry
        self.services = services
        self.facts = facts
        self.outlets = outlets
        self.cache = cache
        self.log = log
        self.stop = stop
        self.now = now
        let name = Self.fileName("\(job.taskRunID)-\(job.attempt)")
        logFile = job.logsToFile ? AttemptLogFile("\(settings.workDirectory)/\(name).log") : nil
    }

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
        let logURI = await storeLogFile()
        await log.flush()
        let points = metrics.points.withLock { $0 }
        if !points.isEmpty { await outlets.metrics(job, points) }
        return outcome.map { outcome in
            JobResult(
                executionID: job.executionID, taskRunID: job.taskRunID, attempt: job.attempt,
                state: outcome.state,
                outputs: outcome.outputs.flatMap { $0.isEmpty ? nil : $0 }, startedAt: startedAt,
                endedAt: max(startedAt, now()), error: outcome.error, effects: outcome.effects,
                logFile: logURI)
        }
    }

    private func run(
        in directory: WorkingDirectory, _ metrics: Metrics, _ startedAt: Timestamp
    ) async throws -> Given {
        var variables = job.variables
        variables["workingDir"] = .string(directory.path)
        variables["outputDir"] = .string("\(directory.path)/\(WorkingDirectory.outputName)")
        let rendering = JobRendering(
            job, variables: variables, facts: facts, timeZone: settings.timeZone, now: startedAt, mask: mask)
        let properties = try await rendering.properties()
        let context = context(directory, variables, metrics, rendering)
        guard let reuse = job.reuse else {
            return try await run(job.type, properties, context, metrics, startedAt)
        }
        return try await CachedRun(job: job, reuse: reuse, cache: cache, log: write).result(of: properties) {
            try await run(job.type, properties, context, metrics, startedAt)
        }
    }

    /// Runs a task with rendered properties.
    func run(
        _ type: String, _ properties: OrderedMap<Value>, _ context: TaskContext, _ metrics: Metrics,
        _ startedAt: Timestamp
    ) async throws -> Given {
        if let inline = registry.inline(named: type) {
            let result = try inline(properties, InlineContext(now: now(), startedAt: startedAt))
            for line in result.logs { write(line.message, line.level) }
            result.metrics.forEach(metrics.add)
            return Given(values: result.outputs ?? [:], state: result.state, effects: result.effects)
        }
        guard let runnable = registry.runnable(named: type) else { throw unknownType(type) }
        let result = try await runnable(properties, context)
        return Given(values: result.values, state: result.state)
    }

    private func context(
        _ directory: WorkingDirectory, _ variables: OrderedMap<Value>, _ metrics: Metrics,
        _ rendering: JobRendering
    ) -> TaskContext {
        var outlets = outlets(metrics, rendering)
        let plain = outlets
        // A task that another one runs can run none itself.
        outlets.inner = { type, properties in
            try await runInner(
                type, properties, context(directory, variables, plain), metrics, rendering)
        }
        return context(directory, variables, outlets)
    }

    private func context(
        _ directory: WorkingDirectory, _ variables: OrderedMap<Value>, _ outlets: TaskContext.Outlets
    ) -> TaskContext {
        TaskContext(
            executionID: job.executionID, flow: job.flow, taskID: job.taskID, taskRunID: job.taskRunID,
            attempt: job.attempt, variables: variables, workingDirectory: directory,
            services: services, loopValue: job.loopValue, outlets: outlets)
    }

    private func outlets(_ metrics: Metrics, _ rendering: JobRendering) -> TaskContext.Outlets {
        TaskContext.Outlets(
            log: { level, message in write(message, level) },
            logRoom: { await log.room() },
            metric: { metrics.add($0) },
            render: { try await rendering.text($0) },
            store: { try await outlets.store(job, $0, $1) },
            fetch: { try await outlets.fetch(job, $0, $1) },
            files: outlets.files(job),
            itemRenderer: { try rendering.itemRenderer($0) })
    }

    /// What a task gave that came to its end.
    struct Given: Sendable {
        var values: OrderedMap<Value>
        var state: State?
        var effects: [ExecutionEffect] = []
    }

    private struct Outcome {
        var state: State
        var outputs: OrderedMap<Value>?
        var error: String?
        var effects: [ExecutionEffect] = []
    }

    private func outcome(of end: RaceEnd<Given>) -> Outcome? {
        switch end {
        case .finished(.success(let given)):
            Outcome(state: given.state ?? .success, outputs: given.values, effects: given.effects)
        case .finished(.failure(let failure as TaskFailure)):
            Outcome(state: .failed, outputs: failure.outputs, error: mask.masked(failure.message))
        case .finished(.failure(let error)):
            Outcome(state: .failed, error: mask.masked(Self.words(for: error)))
        case .timedOut: Outcome(state: .failed, error: "Timeout after \(job.timeout?.iso ?? "PT0S")")
        case .stopped(.killed): Outcome(state: .killed)
        case .stopped(.workerEnds): nil
        }
    }

    static func words(for error: any Error) -> String {
        guard let error = error as? CocoaError else { return "\(error)" }
        let path = (error.userInfo[NSFilePathErrorKey] as? String).map { " (\($0))" } ?? ""
        return error.localizedDescription + path
    }

    func unknownType(_ type: String) -> TaskFailure {
        let near = registry.catalogue.nearest(to: type).map { "; did you mean `\($0)`?" } ?? ""
        return TaskFailure("There is no task type `\(type)` at this worker\(near)")
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
        let line = line(message, level)
        if let logFile { logFile.add(line) } else { add(line) }
    }

    func add(_ line: LogLine) { log.add(line) }

    func line(_ message: String, _ level: LogLevel) -> LogLine {
        LogLine(
            executionID: job.executionID, flow: job.flow, taskID: job.taskID, taskRunID: job.taskRunID,
            attempt: job.attempt, level: level, date: now(), message: mask.masked(message))
    }

    private func remove(_ directory: WorkingDirectory) {
        do {
            try directory.remove()
        } catch {
            write("The working directory could not be removed: \(error.localizedDescription)", .warn)
        }
    }

    /// What the job measured, bounded.
    final class Metrics: Sendable {
        let points = Mutex<[Metric]>([])

        func add(_ metric: Metric) {
            points.withLock { points in
                if points.count < JobRun.maxMetrics { points.append(metric) }
            }
        }
    }
}
