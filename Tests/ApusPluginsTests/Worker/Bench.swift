import ApusExpressions
import ApusModel
import ApusPlugin
import ApusPluginsCore
import ApusPluginsScript
import ApusWorker
import Foundation
import Synchronization

/// A worker whose outlets write down what came, in order.
final class Bench: Sendable {
    let root = "\(FileManager.default.temporaryDirectory.path)/apus-bench-\(UUID().uuidString)"
    let worker: Worker
    private let notes: Notes

    init(
        concurrentJobs: Int = 8, waitingJobs: Int = 200, facts: [String: String] = [:],
        logDelay: Duration = .zero, cache: any OutputCache = NoOutputCache()
    ) {
        let notes = Notes()
        self.notes = notes
        var registry = PluginRegistry()
        CorePlugins.add(to: &registry)
        ScriptPlugins.add(to: &registry)
        registry.add(runnable: Counting.self)
        worker = Worker(
            settings: WorkerSettings(
                workDirectory: root, concurrentJobs: concurrentJobs, waitingJobs: waitingJobs,
                heartbeatInterval: .milliseconds(20)),
            registry: registry, facts: Secrets(known: facts),
            outlets: WorkerOutlets(
                report: { notes.add($0) },
                log: { lines in
                    if logDelay > .zero { try? await Task.sleep(for: logDelay) }
                    notes.add(lines.map { "log \($0.message)" })
                },
                metrics: { _, metrics in notes.add(metrics.map { "metrics \($0.name)" }) },
                heartbeat: { _ in notes.beat() },
                giveBack: { jobs in notes.add(jobs.map { "back \($0.taskRunID)" }) }),
            cache: cache)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    var events: [String] { notes.events }

    func job(
        _ id: String, _ type: String, _ properties: OrderedMap<Value>, variables: OrderedMap<Value> = [:]
    ) -> Job {
        Job(
            executionID: "e1", flow: FlowReference(namespace: "company.team", id: "flow", revision: 1),
            taskID: "task",
            type: type, taskRunID: id,
            properties: TemplateTree.compile(.map(properties), edition: .one, at: ValuePath()).tree,
            variables: variables)
    }

    /// Hands in jobs and works until as many results have come, by default one for each job.
    func run(
        _ jobs: [Job], expecting count: Int? = nil, meanwhile: @Sendable (Worker) async -> Void = { _ in }
    ) async -> [TaskRun.ID: JobResult] {
        for job in jobs { _ = worker.submit(job) }
        let expected = count ?? jobs.count
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.worker.run() }
            await meanwhile(worker)
            await notes.wait { $0.results.count >= expected }
            worker.stop(after: .seconds(5))
        }
        return notes.results
    }

    func reported(_ id: TaskRun.ID) async { await notes.wait { $0.results[id] != nil } }
    func heartbeat() async { await notes.wait { $0.beats > 0 } }
}

private struct Secrets: FactProvider {
    let known: [String: String]

    func facts(
        for requests: [FactRequest], of job: Job
    ) async -> [FactRequest: Result<Value?, FactFailure>] {
        var answers: [FactRequest: Result<Value?, FactFailure>] = [:]
        for case .secret(let key, let namespace, let subkey) in requests {
            answers[.secret(key: key, namespace: namespace, subkey: subkey)] = .success(
                known[key].map { .string($0) })
        }
        return answers
    }
}

private final class Notes: Sendable {
    struct Written: Sendable {
        var events: [String] = []
        var results: [TaskRun.ID: JobResult] = [:]
        var beats = 0
    }

    private let written = Mutex(Written())

    var events: [String] { written.withLock { $0.events } }
    var results: [TaskRun.ID: JobResult] { written.withLock { $0.results } }

    func add(_ result: JobResult) {
        written.withLock { written in
            written.results[result.taskRunID] = result
            written.events.append("report \(result.taskRunID) \(result.state.rawValue)")
        }
    }
    func add(_ events: [String]) { written.withLock { $0.events += events } }
    func beat() { written.withLock { $0.beats += 1 } }

    func wait(_ condition: @Sendable (Written) -> Bool) async {
        while !written.withLock({ condition($0) }) { try? await Task.sleep(for: .milliseconds(2)) }
    }
}
