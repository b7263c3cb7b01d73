import ApusDatabase
import ApusDatabaseSQLite
import ApusEngine
import ApusExecutor
import ApusExpressions
import ApusModel
import ApusSchema
import ApusYAML
import Foundation
import Synchronization

/// The executor over a real database, with a clock that stands still and a worker that keeps its jobs until the
/// test reports them.
final class Bench: Sendable {
    let database: SQLiteDatabase
    let flows: FlowStore
    let executor: Executor
    private let directory: String
    private let state = Mutex(State())

    private struct State {
        var now = Timestamp(microseconds: 1_800_000_000_000_000)
        var random: UInt64 = 0
        var jobs: [JobDescription] = []
        var lines: [LogLine] = []
    }

    init(concurrentTurns: Int = 200) throws {
        (database, directory) = try SQLiteDatabase.temporary()
        let box = Box()
        flows = FlowStore(
            database: database, compiler: FlowCompiler(catalogue: Self.catalogue), now: { box.now }
        ) { text throws(Fault) in
            let document = try YAML.parse(text)
            return (document.root, document.positions)
        }
        executor = Executor(
            database: database, flows: flows,
            surroundings: Surroundings(
                now: { box.now }, random: { box.random() },
                runInline: { _, _, _ in InlineOutcome(state: .success) },
                fact: { _, _, _, _ in .success(nil) }, load: { _, _, _ in .success(nil) },
                start: { box.start($0) }, cancel: { _ in }, release: { _ in },
                log: { lines, _ in box.log(lines.map(\.line)) }, worker: "test"),
            concurrentTurns: concurrentTurns)
        box.bench = self
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }  // the system clears what is left

    /// Reaches the bench from closures that are made before it.
    private final class Box: Sendable {
        private struct Content {
            weak var bench: Bench?
        }

        private let content = Mutex(Content())

        var bench: Bench? {
            get { content.withLock { $0.bench } }
            set { content.withLock { $0.bench = newValue } }
        }

        var now: Timestamp { bench?.now ?? Timestamp(microseconds: 0) }

        func random() -> UInt64 {
            bench?.state.withLock { state in
                state.random += 1
                return state.random
            } ?? 0
        }

        func start(_ job: JobDescription) { bench?.state.withLock { $0.jobs.append(job) } }

        func log(_ lines: [LogLine]) { bench?.state.withLock { $0.lines += lines } }
    }

    private static let catalogue: Catalogue = {
        var catalogue = Catalogue()
        for (type, kind) in [("run", TypeSchema.Kind.runnable), ("inline", .inline)] {
            catalogue.add(TypeSchema(type: type, summary: "For tests.", kind: kind, properties: []))
        }
        return catalogue
    }()

    var now: Timestamp { state.withLock { $0.now } }
    var lines: [LogLine] { state.withLock { $0.lines } }

    func pass(seconds: Int64) { state.withLock { $0.now = $0.now.advanced(by: .seconds(seconds)) } }

    /// Stores a revision of a flow; answers it compiled.
    @discardableResult
    func save(_ source: String) async throws -> CompiledFlow {
        try await flows.save(source, mode: .upsert).flow
    }

    func start(_ flow: CompiledFlow, at date: Timestamp? = nil) async throws -> Execution.ID {
        try await executor.create(NewExecution(flow: flow, scheduleDate: date)).execution.id
    }

    /// Carries out what is due until nothing more is.
    func settle() async throws {
        while let next = try await executor.turnOfTimers(), next <= now {}
    }

    /// Fires the triggers that are due, and carries out what follows, until nothing more is.
    func fire() async throws {
        while let next = try await executor.turnOfTriggers(), next <= now {}
        try await settle()
    }

    /// The executions of a flow of the namespace `a.b`, in the order in which they began.
    func executions(of flow: String) async throws -> [Execution] {
        var filter = ExecutionFilter()
        filter.flowID = .equals(flow)
        let wanted = filter
        return try await database.read {
            try Executions.search(wanted, sort: [], page: Page(size: 1000), $0).executions
        }.sorted { $0.id < $1.id }
    }

    /// The task of an execution ends; then everything that follows.
    func end(_ id: Execution.ID, _ state: ApusModel.State = .success) async throws {
        let job = self.state.withLock { content -> JobDescription? in
            guard let place = content.jobs.firstIndex(where: { $0.executionID == id }) else { return nil }
            return content.jobs.remove(at: place)
        }
        guard let job else { throw NoJob(id: id) }
        try await executor.report(
            AttemptReport(
                executionID: id, taskRunID: job.taskRunID, attempt: job.attempt,
                result: TaskResult(state: state)))
        try await settle()
    }

    struct NoJob: Error { var id: Execution.ID }

    /// The states an execution went through, as `CREATED>RUNNING`.
    func path(_ id: Execution.ID) async throws -> String {
        let histories = try await executor.snapshot(id)?.execution.state.histories ?? []
        return histories.map(\.state.rawValue).joined(separator: ">")
    }

    /// How many executions of the flow hold a slot and how many wait, as `2+1`.
    func slots(_ flow: CompiledFlow) async throws -> String {
        let stand = try await database.read {
            try Slots.stand(namespace: flow.reference.namespace, flowID: flow.reference.id, $0)
        }
        return "\(stand?.running ?? 0)+\(stand?.queued ?? 0)"
    }
}
