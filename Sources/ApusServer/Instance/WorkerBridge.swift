import ApusDatabase
import ApusEngine
import ApusExecutor
import ApusExpressions
import ApusModel
import ApusPlugin
import ApusStorage
import ApusWorker
import Synchronization

/// Carries jobs from the executor to the worker of this process, and what comes of them back.
///
/// The two know nothing of each other; they are connected once both exist.
final class WorkerBridge: Sendable {
    private struct Ends {
        var worker: Worker?
        var executor: Executor?
    }

    private let ends = Mutex(Ends())
    private let numbers = Mutex<[String: Int]>([:])
    private let logs: any LogStore
    private let files: ExecutionFiles

    init(logs: any LogStore, files: ExecutionFiles) {
        self.logs = logs
        self.files = files
    }

    func connect(to worker: Worker) { ends.withLock { $0.worker = worker } }
    func connect(to executor: Executor) { ends.withLock { $0.executor = executor } }

    /// Called after the commit that made the job durable.
    func start(_ description: JobDescription) {
        guard let worker = ends.withLock({ $0.worker }) else { return }
        var job = Job(
            executionID: description.executionID, flow: description.flow, taskID: description.taskID,
            type: description.type, taskRunID: description.taskRunID, attempt: description.attempt - 1,
            properties: description.properties, variables: description.variables,
            logLevel: description.logLevel ?? .trace, edition: description.edition,
            sharedDirectory: description.sharedDirectory, logsToFile: description.logsToFile,
            reuse: description.cache.map { OutputReuse(ttl: $0.ttl) }, loopValue: description.loopValue,
            secrets: description.secrets)
        do {
            job.timeout = try Self.timeout(of: description)
        } catch {
            return refuse(job, because: "the timeout cannot be used: \(error)")
        }
        switch worker.submit(job) {
        case .accepted, .known: break
        case .full: refuse(job, because: "too many tasks wait for the worker of this server")
        case .stopping:
            // The job stays leased to this process; the next start takes it up.
            break
        }
    }

    /// The timeout as a span; one with an expression is rendered with what the task itself sees.
    private static func timeout(of job: JobDescription) throws -> ISODuration? {
        guard let template = job.timeout else { return nil }
        let context = RenderContext(
            variables: Variables(job.variables), now: Instance.now(), edition: job.edition)
        let text = try template.render(context)
        guard let span = ISODuration(iso: text), span > .zero else {
            throw TaskFailure("`\(text)` is not a duration such as PT30S")
        }
        return span
    }

    /// Fails an attempt that cannot be begun. Owned by nobody: it ends with the report, which is durable or taken
    /// up by the next start.
    private func refuse(_ job: Job, because message: String) {
        let now = Instance.now()
        let line = LogLine(
            executionID: job.executionID, flow: job.flow, taskID: job.taskID, taskRunID: job.taskRunID,
            attempt: job.attempt, level: .error, date: now, message: message)
        Task {
            await keep([line])
            await report(
                JobResult(
                    executionID: job.executionID, taskRunID: job.taskRunID, attempt: job.attempt,
                    state: .failed,
                    startedAt: now, endedAt: now))
        }
    }

    func cancel(_ id: TaskRun.ID) { _ = ends.withLock { $0.worker }?.cancel(id) }

    func release(_ directory: TaskRun.ID) { ends.withLock { $0.worker }?.release(sharedDirectory: directory) }

    var outlets: WorkerOutlets {
        WorkerOutlets(
            report: { [self] in await report($0) },
            log: { [self] in await keep($0) },
            metrics: { [self] job, metrics in await keep(metrics, of: job) },
            heartbeat: { [self] jobs in await renew(jobs) },
            store: { [files] job, path, name in try await files.storage.keep(path, named: name, of: job) },
            fetch: { [files] job, uri, path in try await files.fetch(uri, to: path, of: job) },
            files: { [files] job in files.operations(of: job) })
    }

    /// Reports a result until the database has taken it; a passing fault must not lose what a task has done.
    private func report(_ result: JobResult) async {
        // The lines of the attempt have all been kept before its report.
        numbers.withLock { $0["\(result.taskRunID)/\(result.attempt)"] = nil }
        guard let executor = ends.withLock({ $0.executor }) else { return }
        let report = AttemptReport(
            executionID: result.executionID, taskRunID: result.taskRunID, attempt: result.attempt + 1,
            result: TaskResult(
                state: result.state, outputs: .map(result.outputs ?? [:]), startedAt: result.startedAt,
                effects: result.effects, logFile: result.logFile))
        var delay = Duration.milliseconds(50)
        while true {
            do {
                return try await executor.report(report)
            } catch let error as DatabaseError where error.isTransient {
                Diagnostics.write("a result waits for the database: \(error)")
                do { try await Task.sleep(for: delay) } catch { return }
                delay = min(delay * 2, .seconds(5))
            } catch {
                // The job stays in the table; the next start begins the attempt again.
                return Diagnostics.write("the result of task run \(result.taskRunID) was not taken: \(error)")
            }
        }
    }

    private func renew(_ jobs: [Job]) async {
        guard !jobs.isEmpty, let executor = ends.withLock({ $0.executor }) else { return }
        do {
            try await executor.renewLeases()
        } catch {
            Diagnostics.write("the leases of \(jobs.count) jobs were not renewed: \(error)")
        }
    }

    private func keep(_ lines: [LogLine]) async {
        let entries = lines.map { line in
            let attempt = "\(line.taskRunID ?? line.executionID)/\(line.attempt ?? 0)"
            let number = numbers.withLock { numbers in
                numbers[attempt, default: 0] += 1
                return numbers[attempt, default: 0]
            }
            return LogEntry(key: "\(attempt)/w\(number)", line: line)
        }
        do {
            try await logs.append(entries)
        } catch {
            Diagnostics.write("\(lines.count) log lines were not kept: \(error)")
        }
    }

    private func keep(_ metrics: [Metric], of job: Job) async {
        guard !metrics.isEmpty else { return }
        let now = Instance.now()
        let points = metrics.enumerated().map { number, metric in
            MetricPoint(
                key: "\(job.taskRunID)/\(job.attempt)/\(number)", executionID: job.executionID,
                namespace: job.flow.namespace, flowID: job.flow.id, taskID: job.taskID,
                taskRunID: job.taskRunID,
                name: metric.name, kind: MetricPoint.Kind(rawValue: metric.kind.rawValue) ?? .gauge,
                value: metric.value, tags: metric.tags.map { Label($0, $1) }, date: now)
        }
        do {
            try await logs.append(points)
        } catch {
            Diagnostics.write("\(points.count) metrics were not kept: \(error)")
        }
    }
}
