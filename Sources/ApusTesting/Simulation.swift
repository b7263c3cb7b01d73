import ApusDatabaseSQLite
import ApusEngine
import ApusExecutor
import ApusModel

/// The real executor over a real database, one step at a time in an order drawn from one seed, with faults at every
/// boundary: crashes before and after a commit, lost hand-overs, late and doubled results, clock jumps, kills,
/// pauses, breakpoints, restarts, replays and changed states by users.
public struct Simulation {
    public struct Report: Sendable {
        public var state: String
        public var steps: Int
        public var crashes: Int
    }

    private let seed: UInt64
    let flow: CompiledFlow
    private let hasFaults: Bool
    let world: World
    var random: Randomness
    /// One for each execution: the first one, and those made from it by replays.
    var auditors: [(id: Execution.ID, auditor: Auditor)]
    private(set) var executor: Executor
    private var crashes = 0
    /// Whether a user's request made the outcome another than that of an untouched run.
    var isUntouched = true
    /// What the children of subflows are checked with; `nil` when there can be none.
    let calledAuditor: Auditor?
    private let called: CompiledFlow?
    /// The executions among the audited ones that task runs started.
    var children: Set<Execution.ID> = []
    private let directories: DirectoryAuditor
    /// Whether every order of what happens comes to the same end.
    private let isCertain: Bool
    /// Whether executions may be made in place of others that failed.
    let mayBeReplaced: Bool
    /// Executions that have their final state, and something of them still runs.
    private var closing: [Execution.ID] = []

    /// More steps than any generated flow needs, by far.
    private static let maxSteps = 6000

    private var id: Execution.ID { auditors[0].id }

    /// Runs the flow of a seed with faults and compares it with a run without any.
    ///
    /// - Throws: `Violation`.
    public static func run(seed: UInt64) async throws -> Report {
        var calm = try Simulation(seed: seed, hasFaults: false)
        let expected = try await calm.play()
        var stormy = try Simulation(seed: seed, hasFaults: true)
        let found = try await stormy.play()
        if stormy.isUntouched, stormy.isCertain, expected.story != found.story {
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
        let flow = try Self.compiled(&generator)
        self.flow = flow
        var isCertain = generator.isCertain
        var mayBeReplaced = generator.mayBeReplaced
        if generator.calls {
            var other = FlowGenerator(seed: ~seed, tasks: 5, id: FlowGenerator.called, mayCall: false)
            let called = try Self.compiled(&other)
            isCertain = isCertain && other.isCertain
            mayBeReplaced = mayBeReplaced || other.mayBeReplaced
            self.called = called
            calledAuditor = Self.auditor(of: called)
        } else {
            called = nil
            calledAuditor = nil
        }
        self.isCertain = isCertain
        self.mayBeReplaced = mayBeReplaced
        directories = DirectoryAuditor(
            members: Self.directoryTasks(of: flow).union(called.map(Self.directoryTasks) ?? []))
        let auditor = Self.auditor(of: flow)
        world = try World(seed: seed, turnBudget: hasFaults ? Self.turnBudget(seed) : 2000)
        executor = world.boot()
        auditors = [(Identifier.text(high: seed, low: 1), auditor)]
    }

    /// That of the product, or one that cuts turns short.
    static func turnBudget(_ seed: UInt64) -> Int {
        var draw = Randomness(seed: seed ^ 0x3C3C)
        return draw.chance(60) ? 2000 : 3 + draw.below(10)
    }

    private static func compiled(_ generator: inout FlowGenerator) throws(Violation) -> CompiledFlow {
        let compilation = SimulatedTypes.compiler.compile(generator.flow())
        if let flow = compilation.flow { return flow }
        throw Violation(
            invariant: "generator", message: compilation.errors.map(\.line).joined(separator: "\n"))
    }

    static func auditor(of flow: CompiledFlow) -> Auditor {
        Auditor(mainTasks: Set(flow.main.map { flow.tasks[$0].id }), lateTasks: lateTasks(of: flow))
    }

    /// The flows of a seed, as JSON, for those who look into what it found.
    public static func flows(seed: UInt64) throws -> [String] {
        let simulation = try Simulation(seed: seed, hasFaults: false)
        return [simulation.flow, simulation.called].compactMap { $0?.definition.json }
    }

    /// Only the tasks that a worker runs use the directory.
    private static func directoryTasks(of flow: CompiledFlow) -> Set<String> {
        var ids: Set<String> = []
        for task in flow.tasks {
            guard case .flow(.workingDirectory) = task.kind else { continue }
            for child in task.lists.tasks { ids.insert(flow.tasks[child].id) }
        }
        return ids
    }

    /// The ids of the tasks in `afterExecution` and of listeners, at any depth.
    static func lateTasks(of flow: CompiledFlow) -> Set<String> {
        var ids: Set<String> = []
        func collect(_ value: Value) {
            if let id = value["id"]?.stringValue {
                ids.formUnion(["", ".iteration", "_split", "_items", "_merge"].map { id + $0 })
            }
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
                throw Violation(
                    invariant: "I12", message: "no end after \(steps) steps: \(try await openEnds())")
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
        if let called { try await world.save(called.definition) }
        try await world.save(flow.definition)
        var new = NewExecution(flow: flow, id: id)
        if hasFaults, random.chance(10) {
            isUntouched = false
            new.breakpoints = breakpoints()
        }
        while true {
            if hasFaults { world.database.crash(at: crash(percent: 30)) }
            do {
                _ = try await executor.create(new)
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
        if hasFaults, let id = closing.first, random.chance(20) {
            do { return try await restart(id) } catch is RequestRefused { return }
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
        if let place = auditors.firstIndex(where: { $0.id == job.executionID }) {
            auditors[place].auditor.ledger[job.taskRunID, default: 0] += 1
        }
        var result = TaskResult(
            state: SimulatedTypes.outcome(of: job), outputs: SimulatedTypes.outputs(of: job))
        // A task may have been done before it heard that it should stop.
        if world.isCancelled(job.taskRunID), random.chance(60) { result = TaskResult(state: .killed) }
        let report = AttemptReport(
            executionID: job.executionID, taskRunID: job.taskRunID, attempt: job.attempt, result: result)
        if hasFaults, random.chance(8) { world.keepLate(report) }
        try await executor.report(report)
        if hasFaults, random.chance(10) { try await executor.report(report) }
    }

    private mutating func userRequest() async throws {
        let id = random.pick(auditors.map(\.id))
        do {
            switch random.below(7) {
            case 0, 1:
                isUntouched = false
                _ = try await executor.kill(id)
            case 2:
                try await restart(id)
            case 3:
                _ = try await executor.pause(id)
            case 4:
                try await changeCourse(of: id)
            default:
                isUntouched = false
                _ = try await executor.resume(id)
            }
        } catch is RequestRefused {
            // A refusal is an answer.
        }
    }

    /// Whether there is more to come; of the executions that have ended, some are restarted, replayed or changed by
    /// their user.
    private mutating func goesOn() async throws -> Bool {
        guard try await isEnded() else { return true }
        guard hasFaults, random.chance(40) else { return false }
        world.database.crash(at: nil)
        let id = random.pick(auditors.map(\.id))
        do {
            if random.chance(50) { try await restart(id) } else { try await changeCourse(of: id) }
            return true
        } catch is RequestRefused {
            return false
        }
    }

    private mutating func resumeIfPaused() async throws {
        for id in auditors.map(\.id) {
            do {
                _ = try await executor.resume(id)
            } catch is RequestRefused {
                // Nothing waits for a person; then something else must carry the execution on.
            }
            do {
                _ = try await executor.resumeFromBreakpoint(id, random.chance(50) ? [] : nil)
            } catch is RequestRefused {
                // It did not stop at one.
            }
        }
    }

    private func isEnded() async throws -> Bool {
        guard !world.hasJobs else { return false }
        for id in auditors.map(\.id) {
            guard let (execution, runs) = try await world.stored(id), execution.state.current.isTerminal,
                runs.allSatisfy({ $0.state.current.isTerminal }), try await world.owners(of: id) == 0
            else { return false }
        }
        return true
    }

    /// What has not ended, for messages.
    private func openEnds() async throws -> String {
        var texts: [String] = []
        for id in auditors.map(\.id) {
            guard let (execution, runs) = try await world.stored(id) else { continue }
            let open = runs.filter { !$0.state.current.isTerminal }
            let owners = try await world.owners(of: id)
            texts.append(
                "\(execution.state.current.rawValue) with \(owners) owners, "
                    + open.map { "\($0.taskID) \($0.state.current.rawValue)" }.joined(separator: ", "))
        }
        return texts.joined(separator: "; ")
    }

    private mutating func audit() async throws {
        closing = []
        try await discoverChildren()
        try await auditChildren()
        var identifiers: Set<TaskRun.ID> = []
        for place in auditors.indices {
            let id = auditors[place].id
            guard let (execution, runs) = try await world.stored(id) else {
                throw Violation(invariant: "I1", message: "the execution is gone")
            }
            let isFinal = execution.state.current.isTerminal
            let isEnded = isFinal && runs.allSatisfy { $0.state.current.isTerminal }
            if isFinal, !isEnded { closing.append(id) }
            let owners = try await world.owners(of: id)
            let jobs = try await world.jobs(of: id)
            let held = try await world.directories(of: id)
            do {
                try auditors[place].auditor.check(execution, runs, owners: owners, isEnded: isEnded)
                try auditors[place].auditor.checkJobs(jobs, runs, world)
                try directories.check(runs, held: held, jobs: jobs, world)
                try LoopAuditor.check(runs)
                try await auditBatches(execution, runs)
                for run in runs where !identifiers.insert(run.id).inserted {
                    throw Violation(invariant: "I1", message: "two task runs have the id of \(run.taskID)")
                }
            } catch let violation as Violation {
                throw violation.telling(execution, runs)
            }
        }
    }

    /// The final states, in an order that does not depend on which sibling came first.
    ///
    /// Where something failed, siblings that ran beside it may or may not have begun; then only the top is told.
    static func story(_ execution: Execution, _ runs: [TaskRun]) -> String {
        let hasFailures = runs.contains { $0.state.current == .failed }
        let told = hasFailures ? runs.filter { $0.parentID == nil } : runs
        let lines = told.map { "\($0.taskID) \($0.value ?? "-") \($0.state.current.rawValue)" }.sorted()
        return ([execution.state.current.rawValue] + lines).joined(separator: "\n")
    }
}
