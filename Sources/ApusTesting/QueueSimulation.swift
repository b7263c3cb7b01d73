import ApusDatabase
import ApusDatabaseSQLite
import ApusEngine
import ApusExecutor
import ApusModel

/// Several executions of one flow that limits how many of them run at once, with the faults of `Simulation`, users
/// who unqueue and force runs, and new revisions that raise or remove the limit.
public struct QueueSimulation {
    public struct Report: Sendable {
        public var executions: Int
        public var queued: Int
        public var steps: Int
        public var crashes: Int
    }

    private let flow: CompiledFlow
    private let concurrency: Concurrency
    private let isCertain: Bool
    private let hasFaults: Bool
    private let world: World
    private let ids: [Execution.ID]
    private var random: Randomness
    private var executor: Executor
    private var auditors: [Execution.ID: Auditor] = [:]
    private var slots: SlotAuditor
    /// Executions whose outcome a user's request may have changed.
    private var touched: Set<Execution.ID> = []
    private var started = 0
    private var crashes = 0

    private static let maxSteps = 12_000

    /// - Throws: `Violation`.
    public static func run(seed: UInt64) async throws -> Report {
        var calm = try QueueSimulation(seed: seed, hasFaults: false)
        let expected = try await calm.play().stories
        var stormy = try QueueSimulation(seed: seed, hasFaults: true)
        let (report, stories) = try await stormy.play()
        // With other behaviours than QUEUE it is a matter of time who is turned away.
        guard stormy.concurrency.behavior == .queue, stormy.isCertain else { return report }
        for id in stormy.ids where !stormy.touched.contains(id) && stories[id] != expected[id] {
            throw Violation(
                invariant: "I1",
                message: "expected\n\(expected[id] ?? "nothing")\nfound\n\(stories[id] ?? "nothing")")
        }
        return report
    }

    private init(seed: UInt64, hasFaults: Bool) throws {
        self.hasFaults = hasFaults
        random = Randomness(seed: seed ^ 0x5A5A)
        var draw = Randomness(seed: seed ^ 0xC3C3)
        let behavior = draw.pick([Concurrency.Behavior.queue, .queue, .queue, .cancel, .fail])
        concurrency = Concurrency(limit: 1 + draw.below(3), behavior: behavior)
        ids = (0..<(2 + draw.below(4))).map { Identifier.text(high: seed, low: UInt64($0 + 1)) }
        slots = SlotAuditor(limit: concurrency.limit)
        var generator = FlowGenerator(seed: seed, tasks: 5, mayCall: false, mayReplace: false)
        let definition = Self.limited(generator.flow(), to: concurrency)
        isCertain = generator.isCertain
        let compilation = SimulatedTypes.compiler.compile(definition)
        guard let flow = compilation.flow else {
            throw Violation(
                invariant: "generator", message: compilation.errors.map(\.line).joined(separator: "\n"))
        }
        self.flow = flow
        world = try World(seed: seed, turnBudget: hasFaults ? Simulation.turnBudget(seed) : 2000)
        executor = world.boot()
        for id in ids {
            auditors[id] = Auditor(
                mainTasks: Set(flow.main.map { flow.tasks[$0].id }), lateTasks: Simulation.lateTasks(of: flow)
            )
        }
    }

    private static func limited(_ flow: Value, to concurrency: Concurrency?) -> Value {
        var map = flow.mapValue ?? [:]
        map["concurrency"] = concurrency.map {
            ["limit": .int(Int64($0.limit)), "behavior": .string($0.behavior.rawValue)]
        }
        return .map(map)
    }

    private mutating func play() async throws -> (report: Report, stories: [Execution.ID: String]) {
        try await world.save(flow.definition)
        var steps = 0
        while try await !isDone() {
            steps += 1
            guard steps < Self.maxSteps else {
                throw Violation(invariant: "I12", message: "no end after \(steps) steps")
            }
            if hasFaults, steps < 600, random.chance(6) { world.database.crash(at: crashPoint()) }
            do {
                try await step()
            } catch is SteppedDatabase.Crash {
                try await reboot()
            }
            try await audit()
        }
        var stories: [Execution.ID: String] = [:]
        var queued = 0
        for id in ids {
            guard let (execution, runs) = try await world.stored(id) else { continue }
            stories[id] = Simulation.story(execution, runs)
            if execution.state.histories.contains(where: { $0.state == .queued }) { queued += 1 }
        }
        return (Report(executions: ids.count, queued: queued, steps: steps, crashes: crashes), stories)
    }

    private mutating func crashPoint() -> SteppedDatabase.CrashPoint {
        random.chance(50) ? .beforeCommit : .afterCommit
    }

    private mutating func reboot() async throws {
        while true {
            crashes += 1
            executor = world.boot()
            if hasFaults, random.chance(15) { world.database.crash(at: crashPoint()) }
            do {
                _ = try await executor.recover()
                world.database.crash(at: nil)
                return
            } catch is SteppedDatabase.Crash {}
        }
    }

    private mutating func step() async throws {
        if hasFaults, random.chance(2) { throw SteppedDatabase.Crash() }
        if started < ids.count, !world.hasJobs || random.chance(40) { return try await start() }
        if hasFaults, random.chance(5) { return try await userRequest() }
        if hasFaults, random.chance(1) { return try await revise() }
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
        for id in ids.prefix(started) {
            try await unlessRefused { executor in _ = try await executor.resume(id) }
        }
    }

    private mutating func start() async throws {
        let id = ids[started]
        if try await world.stored(id) == nil {
            var new = NewExecution(flow: flow, id: id)
            if random.chance(20) { new.scheduleDate = world.now.advanced(by: .seconds(5)) }
            _ = try await executor.create(new)
        }
        started += 1
    }

    private mutating func work() async throws {
        let job = world.takeJob(&random, isFirst: !hasFaults)
        auditors[job.executionID]?.ledger[job.taskRunID, default: 0] += 1
        var result = TaskResult(
            state: SimulatedTypes.outcome(of: job), outputs: SimulatedTypes.outputs(of: job))
        if world.isCancelled(job.taskRunID), random.chance(60) { result = TaskResult(state: .killed) }
        let report = AttemptReport(
            executionID: job.executionID, taskRunID: job.taskRunID, attempt: job.attempt, result: result)
        if hasFaults, random.chance(8) { world.keepLate(report) }
        try await executor.report(report)
    }

    private mutating func userRequest() async throws {
        guard started > 0 else { return }
        let id = ids[random.below(started)]
        touched.insert(id)
        switch random.below(8) {
        case 0: try await unlessRefused { _ = try await $0.kill(id) }
        case 1, 2:
            auditors[id]?.allowedReopenings += 1
            try await unlessRefused { _ = try await $0.restart(id) }
        case 3: try await unlessRefused { _ = try await $0.pause(id) }
        case 4: try await unlessRefused { _ = try await $0.resume(id) }
        case 5:
            slots.forced.insert(id)
            try await unlessRefused { _ = try await $0.forceRun(id) }
        default:
            let target = random.pick([State.running, .cancelled, .failed])
            slots.forced.insert(id)
            try await unlessRefused { _ = try await $0.unqueue(id, as: target) }
        }
    }

    /// A new revision raises the limit or takes it away; nothing is said about executions under way.
    private mutating func revise() async throws {
        guard let limit = slots.limit, concurrency.behavior == .queue else { return }
        let raised = random.chance(70) ? Concurrency(limit: limit + 1) : nil
        // The loss of an answer leaves open which limit holds: it is looked up.
        defer { world.database.crash(at: nil) }
        world.database.crash(at: nil)
        try await world.save(Self.limited(flow.definition, to: raised))
        slots.limit = raised?.limit
    }

    private func unlessRefused(_ request: (Executor) async throws -> Void) async throws {
        do {
            try await request(executor)
        } catch is RequestRefused {
            // A refusal is an answer.
        }
    }

    private func isDone() async throws -> Bool {
        guard started == ids.count, !world.hasJobs else { return false }
        for id in ids where try await !isOver(id) { return false }
        return true
    }

    private func isOver(_ id: Execution.ID) async throws -> Bool {
        guard let (execution, runs) = try await world.stored(id) else { return false }
        return try await isOver(execution, runs)
    }

    private func isOver(_ execution: Execution, _ runs: [TaskRun]) async throws -> Bool {
        guard execution.state.current.isTerminal, runs.allSatisfy({ $0.state.current.isTerminal }) else {
            return false
        }
        return try await world.owners(of: execution.id) == 0
    }

    private mutating func audit() async throws {
        let rows = try await world.slots()
        var executions: [(Execution, Bool)] = []
        for id in ids {
            guard let (execution, runs) = try await world.stored(id) else { continue }
            let isEnded =
                execution.state.current.isTerminal && runs.allSatisfy { $0.state.current.isTerminal }
            let waits = rows.contains { $0.execution == id && $0.standing == .waits }
            let owners = try await world.owners(of: id)
            try auditors[id]?.check(execution, runs, owners: owners + (waits ? 1 : 0), isEnded: isEnded)
            try auditors[id]?.checkJobs(try await world.jobs(of: id), runs, world)
            executions.append((execution, isEnded && owners == 0))
        }
        try slots.check(executions, rows)
    }
}
