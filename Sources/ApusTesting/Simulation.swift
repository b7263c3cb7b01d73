import ApusDatabaseSQLite
import ApusEngine
import ApusExecutor
import ApusModel

/// The real executor over a real database, one step at a time in an order drawn from one seed, with faults at every
/// boundary: crashes before and after a commit, lost hand-overs, late and doubled results, clock jumps, kills,
/// pauses and restarts by users.
public struct Simulation {
    public struct Report: Sendable {
        public var state: String
        public var steps: Int
        public var crashes: Int
    }

    private let seed: UInt64
    private let flow: CompiledFlow
    private let hasFaults: Bool
    private let world: World
    private var random: Randomness
    private var auditor: Auditor
    private var executor: Executor
    private var crashes = 0
    /// Whether a user's request made the outcome another than that of an untouched run.
    private var isUntouched = true
    /// The execution has its final state, and something of it still runs.
    private var isClosing = false
    private let id: Execution.ID

    /// More steps than any generated flow needs, by far.
    private static let maxSteps = 4000

    /// Runs the flow of a seed with faults and compares it with a run without any.
    ///
    /// - Throws: `Violation`.
    public static func run(seed: UInt64) async throws -> Report {
        var calm = try Simulation(seed: seed, hasFaults: false)
        let expected = try await calm.play()
        var stormy = try Simulation(seed: seed, hasFaults: true)
        let found = try await stormy.play()
        if stormy.isUntouched, expected.story != found.story {
            throw Violation(
                invariant: "I1", message: "expected\n\(expected.story)\nfound\n\(found.story)")
        }
        return found.report
    }

    private init(seed: UInt64, hasFaults: Bool) throws {
        self.seed = seed
        self.hasFaults = hasFaults
        random = Randomness(seed: seed ^ 0xA5A5)
        var generator = FlowGenerator(seed: seed)
        let compilation = FlowCompiler(catalogue: SimulatedTypes.catalogue).compile(generator.flow())
        guard let flow = compilation.flow else {
            throw Violation(
                invariant: "generator", message: compilation.errors.map(\.line).joined(separator: "\n"))
        }
        self.flow = flow
        auditor = Auditor(
            mainTasks: Set(flow.main.map { flow.tasks[$0].id }), lateTasks: Self.lateTasks(of: flow))
        world = try World(flow: flow, seed: seed)
        executor = world.boot()
        id = Identifier.text(high: seed, low: 1)
    }

    /// The ids of the tasks in `afterExecution` and of listeners, at any depth.
    private static func lateTasks(of flow: CompiledFlow) -> Set<String> {
        var ids: Set<String> = []
        func collect(_ value: Value) {
            if let id = value["id"]?.stringValue { ids.insert(id) }
            for part in value.listValue ?? value.mapValue?.values ?? [] { collect(part) }
        }
        collect(flow.definition["afterExecution"] ?? .null)
        collect(flow.definition["listeners"] ?? .null)
        return ids
    }

    private mutating func play() async throws -> (report: Report, story: String) {
        try await begin()
        var steps = 0
        while try await goesOn() {
            steps += 1
            guard steps < Self.maxSteps else {
                throw Violation(invariant: "I12", message: "no end after \(steps) steps")
            }
            if hasFaults, steps < 300 { disturb() }
            do {
                try await step()
            } catch is SteppedDatabase.Crash {
                try await reboot()
            }
            try await audit()
        }
        let end = try await world.stored(id)
        let story = end.map { Self.story($0.0, $0.1) } ?? "nothing"
        let report = Report(state: end?.0.state.current.rawValue ?? "none", steps: steps, crashes: crashes)
        return (report, story)
    }

    private mutating func begin() async throws {
        try await world.save(flow)
        while true {
            if hasFaults { world.database.crash(at: crash(percent: 30)) }
            do {
                _ = try await executor.create(NewExecution(flow: flow, id: id))
                return
            } catch is SteppedDatabase.Crash {
                try await reboot()
                // The client got no answer and looks: a commit that happened must not be repeated.
                if try await world.stored(id) != nil { return }
            }
        }
    }

    private mutating func crash(percent: Int) -> SteppedDatabase.CrashPoint? {
        guard random.chance(percent) else { return nil }
        return random.chance(50) ? .beforeCommit : .afterCommit
    }

    private mutating func reboot() async throws {
        while true {
            crashes += 1
            executor = world.boot()
            world.database.crash(at: hasFaults ? crash(percent: 15) : nil)
            do {
                _ = try await executor.recover()
                world.database.crash(at: nil)
                return
            } catch is SteppedDatabase.Crash {}
        }
    }

    private mutating func disturb() {
        world.database.crash(at: crash(percent: 6))
        if random.chance(3) { world.jump(seconds: Int64(random.below(7200)) - 3600) }
    }

    private mutating func step() async throws {
        if hasFaults, random.chance(2) { throw SteppedDatabase.Crash() }
        if hasFaults, random.chance(4) { return try await userRequest() }
        if hasFaults, isClosing, random.chance(20) {
            do { return try await restart() } catch is RequestRefused { return }
        }
        if let late = world.takeLate(&random, percent: hasFaults ? 10 : 0) {
            return try await executor.report(late)
        }
        if world.hasJobs, random.chance(75) || !hasFaults { return try await work() }
        if try await world.hasTimers() {
            try await world.passTime()
            _ = try await executor.turnOfTimers()
            return
        }
        if world.hasJobs { return try await work() }
        try await resumeIfPaused()
    }

    /// The worker runs one of its jobs and reports.
    private mutating func work() async throws {
        let job = world.takeJob(&random, isFirst: !hasFaults)
        auditor.ledger[job.taskRunID, default: 0] += 1
        var result = TaskResult(
            state: SimulatedTypes.outcome(of: job.taskID), outputs: ["id": .string(job.taskID)])
        // A task may have been done before it heard that it should stop.
        if world.isCancelled(job.taskRunID), random.chance(60) { result = TaskResult(state: .killed) }
        let report = AttemptReport(
            executionID: job.executionID, taskRunID: job.taskRunID, attempt: job.attempt, result: result)
        if hasFaults, random.chance(8) { world.keepLate(report) }
        try await executor.report(report)
        if hasFaults, random.chance(10) { try await executor.report(report) }
    }

    private mutating func userRequest() async throws {
        do {
            switch random.below(5) {
            case 0, 1:
                isUntouched = false
                _ = try await executor.kill(id)
            case 2:
                try await restart()
            case 3:
                _ = try await executor.pause(id)
            default:
                isUntouched = false
                _ = try await executor.resume(id)
            }
        } catch is RequestRefused {
            // A refusal is an answer.
        }
    }

    private mutating func restart() async throws {
        isUntouched = false
        auditor.allowedReopenings += 1
        _ = try await executor.restart(id)
    }

    /// Whether there is more to come; of the executions that have ended, some are restarted by their user.
    private mutating func goesOn() async throws -> Bool {
        guard try await isEnded() else { return true }
        guard hasFaults, random.chance(40) else { return false }
        world.database.crash(at: nil)
        do {
            try await restart()
            return true
        } catch is RequestRefused {
            return false
        }
    }

    private mutating func resumeIfPaused() async throws {
        do {
            _ = try await executor.resume(id)
        } catch is RequestRefused {
            // Nothing waits for a person; then something else must carry the execution on.
        }
    }

    private func isEnded() async throws -> Bool {
        guard let (execution, runs) = try await world.stored(id) else { return false }
        guard execution.state.current.isTerminal else { return false }
        let owners = try await world.owners(of: id)
        return owners == 0 && !world.hasJobs && runs.allSatisfy { $0.state.current.isTerminal }
    }

    private mutating func audit() async throws {
        guard let (execution, runs) = try await world.stored(id) else {
            throw Violation(invariant: "I1", message: "the execution is gone")
        }
        let isEnded = execution.state.current.isTerminal && runs.allSatisfy { $0.state.current.isTerminal }
        isClosing = execution.state.current.isTerminal && !isEnded
        try auditor.check(execution, runs, owners: try await world.owners(of: id), isEnded: isEnded)
        try auditor.checkJobs(try await world.jobs(of: id), runs)
    }

    /// The final states, in an order that does not depend on which sibling came first.
    ///
    /// Where something failed, siblings that ran beside it may or may not have begun; then only the top is told.
    private static func story(_ execution: Execution, _ runs: [TaskRun]) -> String {
        let hasFailures = runs.contains { $0.state.current == .failed }
        let told = hasFailures ? runs.filter { $0.parentID == nil } : runs
        let lines = told.map { "\($0.taskID) \($0.value ?? "-") \($0.state.current.rawValue)" }.sorted()
        return ([execution.state.current.rawValue] + lines).joined(separator: "\n")
    }
}
