import ApusDatabase
import ApusDatabaseSQLite
import ApusEngine
import ApusExecutor
import ApusExpressions
import ApusModel
import Synchronization

/// Everything around the executor: the store, which survives a crash, and the worker and the clock, as the
/// simulation wants them.
final class World: Sendable {
    private struct State {
        var now = Timestamp(microseconds: 1_800_000_000_000_000)
        var random: Randomness
        /// Which life of the process this is; jobs of an earlier one are lost.
        var life = 0
        var jobs: [JobDescription] = []
        var late: [AttemptReport] = []
        var cancelled: Set<TaskRun.ID> = []
        var starts: [TaskRun.ID: Start] = [:]
    }

    /// The last start of a task run's job.
    struct Start {
        var life: Int
        var attempt: Int
        var directory: TaskRun.ID?
    }

    let database: SteppedDatabase
    let sight: Sight
    private let state: Mutex<State>
    private let turnBudget: Int

    /// - Parameter turnBudget: Transitions in one turn; small ones cut turns where big ones never do.
    init(seed: UInt64, turnBudget: Int = 2000) throws {
        database = try Self.idle.withLock { $0.popLast() } ?? SteppedDatabase()
        sight = Sight(database)
        state = Mutex(State(random: Randomness(seed: seed)))
        self.turnBudget = turnBudget
    }

    deinit {
        do {
            try database.clear()
            Self.idle.withLock { [database] in $0.append(database) }
        } catch {
            // It is not used again.
        }
    }

    /// Databases without rows, for the worlds to come: making the tables takes longer than most simulations.
    private static let idle = Mutex<[SteppedDatabase]>([])

    /// Starts the process (again): memory is empty, the worker's jobs are gone.
    func boot() -> Executor {
        database.crash(at: nil)
        let life = state.withLock { state in
            state.life += 1
            state.jobs = []
            state.cancelled = []
            return state.life
        }
        return Executor(
            database: database, flows: flowStore(), surroundings: surroundings(life: life),
            concurrentTurns: 1, turnBudget: turnBudget, keptIterations: 2)
    }

    private func flowStore() -> FlowStore {
        FlowStore(
            database: database, compiler: SimulatedTypes.compiler,
            now: { [self] in now }
        ) { text throws(Fault) in
            do throws(JSONError) {
                return (try JSONParser.parse(text), PositionMap())
            } catch {
                throw Fault("\(error)")
            }
        }
    }

    private func surroundings(life: Int) -> Surroundings {
        Surroundings(
            now: { [self] in now },
            random: { [self] in state.withLock { $0.random.next() } },
            runInline: { type, properties, _ in SimulatedTypes.outcome(of: type, properties) },
            fact: { _, _, _, _ in .success(nil) },
            load: { _, _, _ in .success(nil) },
            start: { [self] job in
                state.withLock { state in
                    // A cancellation is of the attempt at work, not of one that a restart begins.
                    state.cancelled.remove(job.taskRunID)
                    guard state.life == life else { return }
                    state.jobs.append(job)
                    state.starts[job.taskRunID] = Start(
                        life: life, attempt: job.attempt, directory: job.sharedDirectory)
                }
            },
            cancel: { [self] id in state.withLock { _ = $0.cancelled.insert(id) } },
            release: { _ in },
            log: { _, _ in },
            worker: "life-\(life)")
    }

    /// No two looks at the clock tell the same.
    var now: Timestamp {
        state.withLock { state in
            state.now = Timestamp(microseconds: state.now.microseconds + 1)
            return state.now
        }
    }

    func jump(seconds: Int64) {
        state.withLock { $0.now = $0.now.advanced(by: .seconds(seconds)) }
    }

    /// Lets time pass until the next timer is due.
    func passTime() async throws {
        guard let next = try await database.read({ try Inbox.next($0) }) else { return }
        state.withLock { $0.now = max($0.now, next) }
    }

    func hasTimers() async throws -> Bool { try await database.read { try Inbox.next($0) } != nil }

    var hasJobs: Bool { state.withLock { !$0.jobs.isEmpty } }

    func takeJob(_ random: inout Randomness, isFirst: Bool) -> JobDescription {
        let count = state.withLock { $0.jobs.count }
        let place = isFirst ? 0 : random.below(count)
        return state.withLock { $0.jobs.remove(at: place) }
    }

    func start(of id: TaskRun.ID) -> Start? { state.withLock { $0.starts[id] } }

    func isCancelled(_ id: TaskRun.ID) -> Bool { state.withLock { $0.cancelled.contains(id) } }

    /// A report that arrives long after it was sent, perhaps in a later life of the process.
    func keepLate(_ report: AttemptReport) { state.withLock { $0.late.append(report) } }

    func takeLate(_ random: inout Randomness, percent: Int) -> AttemptReport? {
        let count = state.withLock { $0.late.count }
        guard count > 0, random.chance(percent) else { return nil }
        let place = random.below(count)
        return state.withLock { $0.late.remove(at: place) }
    }

    /// Stores a flow, as JSON, through the product's own door.
    func save(_ flow: Value) async throws {
        _ = try await flowStore().save(flow.json, mode: .upsert)
    }
}

extension World {
    func stored(_ id: Execution.ID) async throws -> (Execution, [TaskRun])? { try await sight.stored(id) }

    /// How many jobs and inbox rows will carry an execution on.
    func owners(of id: Execution.ID) async throws -> Int {
        try await jobs(of: id).count + sight.waiting(of: id).count
            + sight.children().count { $0.parentID == id && $0.waits }
    }

    /// The task runs whose directories are in use.
    func directories(of id: Execution.ID) async throws -> [TaskRun.ID] {
        try await sight.jobs(of: id).filter { $0.attempt == 0 }.map(\.taskRunID)
    }

    /// The task runs whose attempts a worker has to run or is running.
    func jobs(of id: Execution.ID) async throws -> [TaskRun.ID] {
        // 0 stands for a directory in use, which carries nothing on.
        try await sight.jobs(of: id).filter { $0.attempt > 0 }.map(\.taskRunID)
    }
}

extension World {
    /// A row of the table of slots, in the order of waiting.
    struct Slot {
        var execution: Execution.ID
        var standing: Slots.Standing
    }

    func slots() async throws -> [Slot] {
        try await database.read { connection in
            try connection.rows("SELECT execution_id, state FROM slots ORDER BY seq") {
                Slot(execution: $0.text(0), standing: Slots.Standing(rawValue: $0.int(1)) ?? .waits)
            }
        }
    }
}
