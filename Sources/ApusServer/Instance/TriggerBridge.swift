import ApusDatabase
import ApusExecutor
import ApusExpressions
import ApusModel
import ApusPlugin
import ApusStorage
import ApusWorker
import Foundation
import Synchronization

/// Carries triggers from the executor to the worker of this process, and what comes of them back.
///
/// The two know nothing of each other; they are connected once both exist.
final class TriggerBridge: Sendable {
    private struct Ends {
        var worker: TriggerWorker?
        var executor: Executor?
    }

    private let ends = Mutex(Ends())
    private let logs: any LogStore
    private let files: ExecutionFiles

    init(logs: any LogStore, files: ExecutionFiles) {
        self.logs = logs
        self.files = files
    }

    func connect(to worker: TriggerWorker) { ends.withLock { $0.worker = worker } }
    func connect(to executor: Executor) { ends.withLock { $0.executor = executor } }

    /// Called after the commit that marks it as being evaluated.
    func evaluate(_ trigger: TriggerDescription) {
        ends.withLock { $0.worker }?.evaluate(Self.job(trigger))
    }

    func subscribe(_ triggers: [TriggerDescription]) {
        ends.withLock { $0.worker }?.subscribe(triggers.map(Self.job))
    }

    private static func job(_ trigger: TriggerDescription) -> TriggerJob {
        TriggerJob(
            key: trigger.key, flow: trigger.flow, type: trigger.type, properties: trigger.properties,
            variables: trigger.variables, state: trigger.state, executionID: trigger.executionID,
            startedAt: trigger.startedAt, edition: trigger.edition, logLevel: trigger.logLevel ?? .trace)
    }

    var outlets: TriggerOutlets {
        TriggerOutlets(
            report: { [self] in await report($0, $1) },
            emit: { [self] in try await emit($0, $1) },
            log: { [self] in await keep($0) },
            store: { [files] job, path, name in try await files.storage.keep(path, named: name, of: job) },
            fetch: { [files] job, uri, path in try await files.fetch(uri, to: path, of: job) })
    }

    /// Reports until the database has taken it. Files of an execution that does not come about are removed.
    private func report(_ trigger: TriggerJob, _ result: Result<Evaluation, TaskFailure>) async
        -> Bool
    {
        let outcome: EvaluationReport.Outcome =
            switch result {
            case .success(let found): .found(outputs: found.outputs, state: found.state)
            case .failure(let failure): .failed(failure.message)
            }
        let report = EvaluationReport(
            key: trigger.key, executionID: trigger.executionID, startedAt: trigger.startedAt, outcome: outcome
        )
        let end: EvaluationEnd
        do {
            end = try await withPatience { try await $0.evaluated(report) }
        } catch {
            // It stays marked; the next start evaluates it again.
            Diagnostics.write("the evaluation of trigger \(trigger.key.triggerID) was not taken: \(error)")
            return false
        }
        if end != .started { await removeFiles(of: trigger) }
        return end != .dropped
    }

    private func removeFiles(of trigger: TriggerJob) async {
        do {
            try await files.storage.delete(
                try StorageURI.execution(
                    namespace: trigger.flow.namespace, flowID: trigger.flow.id,
                    executionID: trigger.executionID))
        } catch {
            Diagnostics.write("files of trigger \(trigger.key.triggerID) were left behind: \(error)")
        }
    }

    private func emit(_ trigger: TriggerJob, _ event: OrderedMap<Value>) async throws {
        guard let id = ends.withLock({ $0.executor })?.newID() else { throw CancellationError() }
        try await withPatience { try await $0.emit(event, of: trigger.key, id: id) }
    }

    /// Tries again while the database is only busy.
    private func withPatience<Answer: Sendable>(
        _ body: @Sendable (Executor) async throws -> Answer
    ) async throws -> Answer {
        guard let executor = ends.withLock({ $0.executor }) else { throw CancellationError() }
        var delay = Duration.milliseconds(50)
        while true {
            do {
                return try await body(executor)
            } catch let error as DatabaseError where error.isTransient {
                Diagnostics.write("a trigger waits for the database: \(error)")
                try await Task.sleep(for: delay)
                delay = min(delay * 2, .seconds(5))
            }
        }
    }

    private func keep(_ lines: [LogLine]) async {
        let batch = UUID().uuidString
        let entries = lines.enumerated().map { LogEntry(key: "trigger/\(batch)/\($0)", line: $1) }
        do {
            try await logs.append(entries)
        } catch {
            Diagnostics.write("\(lines.count) log lines of triggers were not kept: \(error)")
        }
    }
}
