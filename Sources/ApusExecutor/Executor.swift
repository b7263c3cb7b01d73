public import ApusDatabase
import ApusEngine
public import ApusModel
import Synchronization

/// Carries executions forward: each request, result and timer is one transaction that applies it to the machine,
/// writes what changed, and hands out jobs after the commit.
///
/// The short way: creating an execution runs its first turn, and recording a result runs the turn that follows
/// from it, in the same transaction.
public final class Executor: Sendable {
    /// How long a job belongs to a worker without a sign of life.
    static let lease = ISODuration.seconds(60)

    let database: any Database
    let flows: FlowStore
    let surroundings: Surroundings
    let cache = MachineCache()
    let followers = Followers()
    let outside = OutsideFacts()
    let timers: TimerWakeup
    let concurrentTurns: Int
    /// Transitions in one turn. Long enough to share a commit, short enough to let others in.
    let turnBudget: Int
    let keptIterations: Int

    /// - Parameters:
    ///   - concurrentTurns: Executions whose due events are handed to the database at once, so that they share a
    ///     commit. 1 keeps them in order, for simulations.
    ///   - turnBudget: Transitions in one turn; what is left waits for the next. Simulations make it small.
    ///   - keptIterations: Iterations of loops that are over and stay in memory all the same.
    public init(
        database: any Database, flows: FlowStore, surroundings: Surroundings, concurrentTurns: Int = 200,
        turnBudget: Int = 2000, keptIterations: Int = 500
    ) {
        self.turnBudget = turnBudget
        self.database = database
        self.flows = flows
        self.surroundings = surroundings
        self.concurrentTurns = max(1, concurrentTurns)
        self.keptIterations = keptIterations
        timers = flows.timers
    }

    public func newID() -> Execution.ID {
        Identifier.text(high: surroundings.random(), low: surroundings.random())
    }

    /// Yields after each commit that touched the execution; only the newest sign is kept.
    public func changes(of id: Execution.ID) -> AsyncStream<Void> { followers.stream(of: id) }

    /// Yields the execution once it has ended, without reading it again, and finishes.
    public func end(of id: Execution.ID) -> AsyncStream<ExecutionSnapshot> { followers.end(of: id) }

    /// Creates an execution and runs its first turn; returns once both are durable.
    public func create(_ new: NewExecution) async throws -> ExecutionSnapshot {
        let id = new.id ?? newID()
        let snapshot = try await write { [self] in try start(new, id: id, $0) }
        return try await whole(snapshot)
    }

    /// The same inside an open transaction.
    func start(_ new: NewExecution, id: Execution.ID, _ connection: any Connection) throws
        -> ExecutionSnapshot
    {
        let now = surroundings.now()
        var machine = machine(of: new, id: id, at: now)
        var turn = Turn(
            surroundings: surroundings, flows: flows, outside: outside, connection: connection, now: now,
            budget: turnBudget)
        let first = try turn.admit(machine, isChecked: new.isChecked)
        if first == .created, let date = machine.execution.scheduleDate {
            if !turn.lines.isEmpty { try surroundings.log(turn.lines, connection) }
            return try park(machine.execution, until: date, connection)
        }
        let told = machine.toldStates
        try pass([first], &turn, &machine)
        return try commit(&machine, turn, told: told, isNew: true, connection)
    }

    /// Stores an execution there was not before, with the first turn of it.
    func begin(
        _ machine: inout ExecutionMachine, _ event: Event, at now: Timestamp, _ connection: any Connection
    ) throws -> ExecutionSnapshot {
        var turn = Turn(
            surroundings: surroundings, flows: flows, outside: outside, connection: connection, now: now,
            budget: turnBudget)
        let told = machine.toldStates
        try pass([event], &turn, &machine)
        return try commit(&machine, turn, told: told, isNew: true, connection)
    }

    /// A new execution before its first turn.
    func machine(of new: NewExecution, id: Execution.ID, at now: Timestamp) -> ExecutionMachine {
        var execution = Execution(
            id: id, flow: new.flow.reference, createdAt: now, inputs: new.inputs,
            variables: new.flow.variables, trigger: new.trigger)
        execution.labels = Self.labels(of: new, id: id)
        execution.kind = new.kind
        execution.callers = new.callers
        execution.breakpoints = new.breakpoints
        if let date = new.scheduleDate, date > now { execution.scheduleDate = date }
        return ExecutionMachine(
            execution: execution, flow: new.flow, surroundings: surroundings.expressions)
    }

    private func park(_ execution: Execution, until date: Timestamp, _ connection: any Connection) throws
        -> ExecutionSnapshot
    {
        try Executions.insert(execution, connection)
        try Inbox.add(
            executionID: execution.id, due: date, body: StoredEvent.event(.created).json.json, connection)
        let timers = timers
        connection.afterCommit { timers.wake(by: date) }
        return ExecutionSnapshot(execution: execution, taskRuns: [])
    }

    /// The flow's labels, then those given; the later of two with one key wins.
    static func labels(of new: NewExecution, id: Execution.ID) -> [Label] {
        var labels = OrderedMap<String>()
        for label in new.flow.labels + new.labels { labels[label.key] = label.value }
        if labels["system.correlationId"] == nil { labels["system.correlationId"] = id }
        return labels.map { Label($0, $1) }
    }

    /// Records how an attempt ended and runs the turn that follows. A late or doubled report changes nothing.
    public func report(_ report: AttemptReport) async throws {
        try await write { [self] connection in
            guard try Jobs.remove(taskRunID: report.taskRunID, attempt: report.attempt, connection) else {
                return
            }
            let event = Event.taskRunEnded(report.taskRunID, attempt: report.attempt, report.result)
            _ = try turn(report.executionID, [event], connection)
        }
    }

    /// Applies events to an execution inside an open transaction; `nil` when there is no such execution.
    @discardableResult
    func turn(_ id: Execution.ID, _ events: [Event], goesOn: Bool = false, _ connection: any Connection)
        throws
        -> ExecutionSnapshot?
    {
        let whole = events.contains(where: \.looksAtAll)
        guard var machine = try machine(id, whole: whole, connection) else { return nil }
        var turn = Turn(
            surroundings: surroundings, flows: flows, outside: outside, connection: connection,
            now: surroundings.now(), budget: turnBudget)
        let told = machine.toldStates
        if goesOn { try turn.goOn(&machine) }
        try pass(events, &turn, &machine)
        return try commit(&machine, turn, told: told, isNew: false, connection)
    }

    /// The machine of an execution, taken out of the cache or read from the store.
    ///
    /// - Parameter whole: With every task run, those that were let go of, too.
    func machine(_ id: Execution.ID, whole: Bool = false, _ connection: any Connection) throws
        -> ExecutionMachine?
    {
        if let machine = cache.take(id), machine.isWhole || !whole {
            connection.afterRollback { [cache] in cache.forget(id) }
            return machine
        }
        return try stored(id, whole: whole, connection)
    }

    /// Task runs that are read at once of an execution that may have very many.
    private static let readRuns = 5000

    private func stored(_ id: Execution.ID, whole: Bool, _ connection: any Connection) throws
        -> ExecutionMachine?
    {
        guard let execution = try Executions.load(id, connection),
            let flow = try flows.compiled(execution.flow, connection)
        else { return nil }
        guard !whole else {
            return ExecutionMachine(
                execution: execution, flow: flow,
                stored: try TaskRuns.loadNumbered(executionID: id, connection),
                surroundings: surroundings.expressions)
        }
        var last = -1
        return try ExecutionMachine(
            execution: execution, flow: flow, surroundings: surroundings.expressions, keeping: keptIterations
        ) {
            let part = try TaskRuns.loadNumbered(
                executionID: id, after: last, limit: Self.readRuns, connection)
            last = part.last?.sequence ?? last
            return part
        }
    }

    /// Writes what a turn changed, and keeps the machine for the next one.
    private func commit(
        _ machine: inout ExecutionMachine, _ turn: Turn, told: Int, isNew: Bool, _ connection: any Connection
    ) throws -> ExecutionSnapshot {
        let id = machine.execution.id
        let changes = machine.takeChanges()
        if isNew {
            try Executions.insert(machine.execution, connection)
        } else if changes.execution {
            try Executions.update(machine.execution, connection)
        }
        if !changes.removed.isEmpty {
            try TaskRuns.delete(executionID: id, sequences: changes.removed, connection)
        }
        try TaskRuns.upsert(
            executionID: id, changes.runs.map { (machine.sequence(of: $0), machine.runs[$0]) },
            replanned: isNew ? nil : changes.replanned, connection)
        if !turn.lines.isEmpty { try surroundings.log(turn.lines, connection) }
        try tellListeners(of: machine, seen: told, connection)
        if !turn.metrics.isEmpty { try surroundings.measure(turn.metrics, connection) }
        if let (date, execution) = turn.replacement { _ = try park(execution, until: date, connection) }
        let snapshot = ExecutionSnapshot(machine)
        if turn.hasEnded || machine.isOver {
            try Inbox.removeAll(executionID: id, connection)
            if !machine.execution.callers.isEmpty {
                // The caller's expressions may read any output.
                let whole = machine.isWhole ? machine : try stored(id, whole: true, connection)
                if let date = try turn.reportToCaller(whole ?? machine) {
                    connection.afterCommit { [timers] in timers.wake(by: date) }
                }
            }
            try release(machine.execution, connection)
            try settleTrigger(of: machine, replacement: turn.replacement?.execution.id, connection)
            connection.afterCommit { [followers] in followers.ended(snapshot) }
        } else {
            machine.letGo(beyond: keptIterations)
            cache.keep(machine)
            connection.afterRollback { [cache] in cache.forget(id) }
        }
        // Also in an execution that has ended: an `Exit` lets go on what it left running.
        if turn.wantsMore || (machine.isOver && !machine.unfinishedInline.isEmpty) {
            let now = surroundings.now()
            try Inbox.add(executionID: id, due: now, body: StoredEvent.goOn.json.json, connection)
            connection.afterCommit { [timers] in timers.wake(by: now) }
        }
        connection.afterCommit { [followers] in followers.wake(id) }
        if let date = turn.earliestTimer { connection.afterCommit { [timers] in timers.wake(by: date) } }
        return snapshot
    }
}
