import ApusDatabase
import ApusDatabaseSQLite
import ApusEngine
import ApusExecutor
import ApusModel

/// A schedule through crashes around its commits, long absences of the server, people who switch it or its flow off
/// and on, new revisions and backfills; compared with a `TickOracle` after every step.
public struct TriggerSimulation {
    public struct Report: Sendable {
        public var steps: Int
        public var crashes: Int
        public var fired: Int
    }

    private static let key = TriggerKey(namespace: "sim", flowID: "scheduled", triggerID: "tick")
    private static let steps = 250

    private let world: World
    private let policy: MissedTicks
    private let isInline: Bool
    private let allowsConcurrent: Bool
    private var random: Randomness
    private var executor: Executor
    private var oracle: TickOracle
    private var isFlowOff = false
    private var description = 0
    /// Executions that were compared with the oracle.
    private var known: Set<Execution.ID> = []
    /// Dates of the backfill under way that have not come yet.
    private var backfill: [Timestamp] = []
    private var hadBackfill = false
    private var crashes = 0

    /// - Throws: `Violation`.
    public static func run(seed: UInt64) async throws -> Report {
        var simulation = try TriggerSimulation(seed: seed)
        return try await simulation.play()
    }

    private init(seed: UInt64) throws {
        random = Randomness(seed: seed ^ 0x7777)
        policy = random.pick(MissedTicks.allCases)
        isInline = random.chance(30)
        allowsConcurrent = random.chance(30)
        world = try World(seed: seed)
        // Half a minute off, so that no date falls between two looks at the clock.
        world.jump(seconds: 30)
        executor = world.boot()
        let cron = try CronExpression("*/10 * * * *")
        oracle = TickOracle(
            Schedule(dates: .cron(cron, in: try .named("UTC")), missed: policy), from: world.now)
    }

    private var definition: Value {
        [
            "id": "scheduled", "namespace": "sim", "disabled": .bool(isFlowOff),
            "description": .string("\(description)"),
            "tasks": [
                ["id": "ok", "type": .string(isInline ? SimulatedTypes.inline : SimulatedTypes.runnable)]
            ],
            "triggers": [
                [
                    "id": "tick", "type": "io.kestra.plugin.core.trigger.Schedule", "cron": "*/10 * * * *",
                    "recoverMissedSchedules": .string(policy.rawValue),
                    "allowConcurrent": .bool(allowsConcurrent),
                ]
            ],
        ]
    }

    private mutating func play() async throws -> Report {
        try await save()
        for _ in 0..<Self.steps {
            if random.chance(10) {
                world.database.crash(at: random.chance(50) ? .beforeCommit : .afterCommit)
            }
            do {
                try await step()
            } catch is SteppedDatabase.Crash {
                try await reboot()
            }
            try await audit()
        }
        try await drain()
        return Report(steps: Self.steps, crashes: crashes, fired: known.count)
    }

    private mutating func step() async throws {
        switch random.below(12) {
        case 0...4:
            world.jump(seconds: Int64(random.below(25)) * 60)
            _ = try await executor.turnOfTriggers()
        case 5...7 where world.hasJobs: try await work()
        case 8: try await toggle()
        case 9 where random.chance(30): try await reviseFlow()
        case 10 where random.chance(40):
            world.jump(seconds: Int64(random.below(90)) * 60)
            throw SteppedDatabase.Crash()
        case 11 where random.chance(40): try await startBackfill()
        default: _ = try await executor.turnOfTimers()
        }
    }

    private mutating func work() async throws {
        let job = world.takeJob(&random, isFirst: false)
        try await executor.report(
            AttemptReport(
                executionID: job.executionID, taskRunID: job.taskRunID, attempt: job.attempt,
                result: TaskResult(state: .success)))
    }

    /// The process starts again: what passed meanwhile was missed.
    private mutating func reboot() async throws {
        crashes += 1
        // What the dead process committed is known by its rows alone.
        try await audit()
        while true {
            executor = world.boot()
            do {
                _ = try await executor.recover()
                let row = try await row()
                let now = world.now
                try await executor.recoverTriggers()
                if let row, row.isActive, row.backfill == nil { oracle.resume(at: now) }
                return
            } catch is SteppedDatabase.Crash {}
        }
    }

    private mutating func toggle() async throws {
        guard let before = try await row() else { return }
        world.database.crash(at: nil)
        let now = world.now
        try await executor.setDisabled(Self.key, !before.isDisabled)
        let after = try await row()
        if !before.isActive, after?.isActive == true { oracle.resume(at: now) }
    }

    private mutating func reviseFlow() async throws {
        world.database.crash(at: nil)
        let before = try await row()
        if random.chance(60) { isFlowOff.toggle() }
        description += 1
        let now = world.now
        try await save()
        let after = try await row()
        if before?.isActive == false, after?.isActive == true { oracle.resume(at: now) }
    }

    private func save() async throws { try await world.save(definition) }

    private mutating func startBackfill() async throws {
        world.database.crash(at: nil)
        guard let row = try await row(), row.backfill == nil, !row.isOff else { return }
        let now = world.now
        let span = Backfill(
            from: now.advanced(by: .seconds(-Int64(1 + random.below(6)) * 600)), through: now,
            order: random.chance(30) ? .newestFirst : .oldestFirst)
        try await executor.startBackfill(Self.key, span) { _ in }
        backfill = Array(span.ticks(of: oracle.dates))
        hadBackfill = true
    }

    private func row() async throws -> TriggerRow? {
        try await world.database.read { try Triggers.load(Self.key, $0) }
    }

    /// Compares what was fired for with the oracle, and looks at the row.
    private mutating func audit() async throws {
        let now = world.now
        let (row, fired) = try await world.database.read { connection in
            (
                try Triggers.load(Self.key, connection),
                try Executions.search(ExecutionFilter(), page: Page(size: 5000), connection).executions
            )
        }
        guard let row else { throw Violation(invariant: "I2", message: "the trigger is gone") }
        // While it is not looked at, dates pass all the same; what becomes of them is said by `resume`.
        oracle.pass(to: now)
        for execution in fired.sorted(by: { ($0.state.startDate, $0.id) < ($1.state.startDate, $1.id) })
        where known.insert(execution.id).inserted {
            guard let text = execution.trigger?["variables"]?["date"]?.stringValue,
                let date = Timestamp(iso: text)
            else { throw Violation(invariant: "I2", message: "an execution without a date") }
            let series = try await world.database.read { try Ticks.origin(of: execution.id, $0)?.series }
            if series == "" {
                try oracle.take(date)
            } else if backfill.first == date {
                backfill.removeFirst()
            } else {
                throw Violation(invariant: "I2", message: "\(text) is not the next date of the backfill")
            }
        }
        let open = fired.filter { !$0.state.current.isTerminal }
        if !allowsConcurrent, open.count > 1, !hadBackfill {
            throw Violation(invariant: "I2", message: "\(open.count) executions run at once")
        }
        if let id = row.executionID, !open.contains(where: { $0.id == id }) {
            throw Violation(invariant: "I6", message: "the trigger waits for `\(id)`, which has ended")
        }
        if row.isActive, row.executionID == nil, row.next != nil, row.backfill == nil, row.due == nil {
            throw Violation(invariant: "I6", message: "nobody looks at the trigger any more")
        }
        if hadBackfill, row.backfill == nil {
            guard backfill.isEmpty else {
                throw Violation(
                    invariant: "I2",
                    message: "the backfill left out \(backfill.map(\.iso).joined(separator: ", "))")
            }
            hadBackfill = false
            oracle.resume(at: now)
        }
    }

    /// Ends everything: then nothing may be left to fire for.
    private mutating func drain() async throws {
        world.database.crash(at: nil)
        if isFlowOff { isFlowOff = false }
        try await reviseOn()
        for _ in 0..<400 {
            _ = try await executor.turnOfTriggers()
            _ = try await executor.turnOfTimers()
            try await audit()
            guard world.hasJobs else {
                if oracle.waiting.isEmpty, try await row()?.backfill == nil { return }
                continue
            }
            try await work()
            try await audit()
        }
        throw Violation(
            invariant: "I2",
            message: "never fired for: \(oracle.waiting.map(\.iso).joined(separator: ", "))")
    }

    private mutating func reviseOn() async throws {
        let before = try await row()
        description += 1
        let now = world.now
        try await save()
        if before?.isDisabled == true { try await executor.setDisabled(Self.key, false) }
        if before?.isActive == false { oracle.resume(at: now) }
        try await audit()
    }
}
