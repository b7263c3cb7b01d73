import ApusModel

/// A promise that was broken.
public struct Violation: Error, CustomStringConvertible {
    public var invariant: String
    public var message: String
    /// The states that the task runs have been in, a line each.
    public var story = ""

    public init(invariant: String, message: String) {
        self.invariant = invariant
        self.message = message
    }

    public var description: String { "\(invariant): \(message)" }

    /// With what has happened so far.
    func telling(_ execution: Execution, _ runs: [TaskRun]) -> Violation {
        var violation = self
        let ids = Dictionary(runs.map { ($0.id, $0.taskID) }, uniquingKeysWith: { first, _ in first })
        let lines = runs.map { run in
            let path = run.state.histories.map(\.state.rawValue).joined(separator: ">")
            let parent = run.parentID.map { " in \(ids[$0] ?? "nothing")" } ?? ""
            let value = run.value.map { "[\($0)]" } ?? ""
            return "  \(run.taskID)\(value)\(parent) \(path), \(run.attempts.count) attempts"
        }
        let path = execution.state.histories.map(\.state.rawValue).joined(separator: ">")
        violation.story = (["execution \(execution.flow.id) \(path)"] + lines).joined(separator: "\n")
        return violation
    }
}

/// Checks the invariants of an execution after every step, looking only at what is stored and at the ledger of side
/// effects.
///
/// Source: the invariants I1 to I12 of the reliability reference.
struct Auditor {
    /// Starts of each task run on the worker.
    var ledger: [TaskRun.ID: Int] = [:]
    /// Tasks that may begin although the execution has its final state: those of `afterExecution`.
    let lateTasks: Set<String>
    /// Tasks whose states make up the execution's: those of the flow's own `tasks`.
    let mainTasks: Set<String>
    private var history: [State] = []
    /// Attempts of each task run when the execution was last seen, once it is being killed or has ended.
    private var begun: [TaskRun.ID: Int]?
    /// How many user requests may still reopen a final execution.
    var allowedReopenings = 0
    /// Whether the execution was made from another one, at any moment of that one's story.
    private var isReplay = false

    init(mainTasks: Set<String>, lateTasks: Set<String>) {
        self.mainTasks = mainTasks
        self.lateTasks = lateTasks
    }

    /// The auditor of an execution that a replay makes from this one.
    var forReplay: Auditor {
        var auditor = Auditor(mainTasks: mainTasks, lateTasks: lateTasks)
        auditor.allowedReopenings = allowedReopenings + 1
        auditor.isReplay = true
        return auditor
    }

    /// The auditor of an execution that takes the place of this one.
    var forSuccessor: Auditor { Auditor(mainTasks: mainTasks, lateTasks: lateTasks) }

    /// - Parameter owners: How many jobs and inbox rows the execution has.
    mutating func check(_ execution: Execution, _ runs: [TaskRun], owners: Int, isEnded: Bool)
        throws(Violation)
    {
        try histories(execution, runs)
        try finality(execution)
        try verdict(execution, runs)
        try beginnings(execution, runs)
        try attempts(runs)
        try ownership(execution, runs, owners: owners, isEnded: isEnded)
    }

    private func histories(_ execution: Execution, _ runs: [TaskRun]) throws(Violation) {
        try path(execution.state, of: "the execution", Transitions.ofExecutions)
        for run in runs { try path(run.state, of: "task run \(run.taskID)", Transitions.ofTaskRuns) }
    }

    private func path(_ state: StateHistory, of owner: String, _ steps: [State: Set<State>]) throws(Violation)
    {
        guard state.histories.first?.state == .created else {
            throw Violation(invariant: "I3", message: "\(owner) does not begin with CREATED")
        }
        for (before, after) in zip(state.histories, state.histories.dropFirst())
        where !mayFollow(after.state, before.state, steps) {
            throw Violation(
                invariant: "I3",
                message: "\(owner) went from \(before.state.rawValue) to \(after.state.rawValue)")
        }
    }

    private func mayFollow(_ after: State, _ before: State, _ steps: [State: Set<State>]) -> Bool {
        if steps[before]?.contains(after) == true { return true }
        // A user gave what had ended another final state.
        if before.isTerminal, after.isTerminal { return allowedReopenings > 0 }
        return isReplay && after == .restarted
    }

    /// What the execution has been is never rewritten, and it leaves a final state only when a user asks.
    private mutating func finality(_ execution: Execution) throws(Violation) {
        let found = execution.state.histories.map(\.state)
        guard found.starts(with: history) else {
            throw Violation(
                invariant: "I3",
                message: "its history was rewritten: \(Self.path(history)), \(Self.path(found))")
        }
        let reopenings = zip(found, found.dropFirst()).count { $0.0.isTerminal }
        guard reopenings <= allowedReopenings else {
            throw Violation(invariant: "I3", message: "left a final state by itself: \(Self.path(found))")
        }
        if found.dropFirst(history.count).contains(.restarted) { begun = nil }
        history = found
    }

    /// What a worker runs is the attempt of a task run that there is, or it was told to stop.
    func checkJobs(_ jobs: [TaskRun.ID], _ runs: [TaskRun], _ world: World) throws(Violation) {
        let known = Set(runs.map(\.id))
        guard jobs.allSatisfy({ known.contains($0) || world.isCancelled($0) }) else {
            throw Violation(invariant: "I5", message: "a task is at work whose task run was forgotten")
        }
    }

    private static func path(_ states: [State]) -> String { states.map(\.rawValue).joined(separator: ">") }

    /// What has ended holds nothing open, and its state is the worst of its tasks.
    private func verdict(_ execution: Execution, _ runs: [TaskRun]) throws(Violation) {
        let exits = runs.filter { $0.taskID.hasPrefix("ex") && $0.state.current.isTerminal }
        let hasLeft = exits.contains { $0.state.current != .skipped && !$0.attempts.isEmpty }
        // What an exit left running goes on, and nothing follows from it.
        let open = runs.filter { run in
            !run.state.current.isTerminal && !(hasLeft && Self.isLeaf(run) && run.state.current == .running)
        }
        let ended = Set(runs.filter(\.state.current.isTerminal).map(\.id))
        if let orphan = open.first(where: { $0.parentID.map { ended.contains($0) } == true }) {
            throw Violation(
                invariant: "I3", message: "\(orphan.taskID) is open although the task around it has ended")
        }
        let state = execution.state.current
        guard state.isTerminal else { return }
        if let orphan = open.first(where: { !lateTasks.contains($0.taskID) }) {
            throw Violation(
                invariant: "I3",
                message: "\(orphan.taskID) is open although the execution is \(state.rawValue)")
        }
        try changed(execution, runs)
        guard state == .success || state == .warning || state == .failed, !hasLeft, !Self.neverRan(execution),
            !execution.state.histories.contains(where: { $0.state == .killing })
        else { return }
        let before = execution.state.histories.dropLast().last?.state
        // A user said what it is.
        if before?.isTerminal == true { return }
        let states = runs.filter { $0.parentID == nil && mainTasks.contains($0.taskID) }.map(\.state.current)
        let worst = [State.failed, .warning].first { states.contains($0) } ?? .success
        guard worst == state else {
            throw Violation(
                invariant: "I3",
                message: "the execution is \(state.rawValue), its tasks make \(worst.rawValue)")
        }
    }

    /// It ended because no slot was free, or a person took it out of the queue.
    private static func neverRan(_ execution: Execution) -> Bool {
        [.created, .restarted, .queued].contains(execution.state.histories.dropLast().last?.state)
    }

    private static func isLeaf(_ run: TaskRun) -> Bool {
        SimulatedTypes.isLeaf(run.taskID)
    }

    /// What a task set is there.
    private func changed(_ execution: Execution, _ runs: [TaskRun]) throws(Violation) {
        // A copy with another revision has the variables of that one.
        guard execution.originalID == execution.id else { return }
        for run in runs where run.taskID.hasPrefix("va") && run.state.current == .success {
            guard execution.variables[run.taskID] != true else { continue }
            throw Violation(invariant: "I3", message: "\(run.taskID) succeeded and its variable is missing")
        }
    }

    /// No task starts once the execution is being killed or has ended.
    private mutating func beginnings(_ execution: Execution, _ runs: [TaskRun]) throws(Violation) {
        let state = execution.state.current
        guard state == .killing || state.isTerminal else {
            begun = nil
            return
        }
        var counts: [TaskRun.ID: Int] = [:]
        for run in runs {
            counts[run.id] = run.attempts.count
            guard let begun, !lateTasks.contains(run.taskID), run.attempts.count > begun[run.id] ?? 0 else {
                continue
            }
            throw Violation(
                invariant: "I6", message: "\(run.taskID) began although the execution is \(state.rawValue)")
        }
        begun = counts
    }

    private func attempts(_ runs: [TaskRun]) throws(Violation) {
        for run in runs {
            for attempt in run.attempts.dropLast() where !attempt.state.current.isTerminal {
                throw Violation(invariant: "I4", message: "an old attempt of \(run.taskID) is still open")
            }
            if run.state.current.isTerminal, let last = run.attempts.last, !last.state.current.isTerminal {
                throw Violation(invariant: "I4", message: "\(run.taskID) ended and its attempt did not")
            }
            let starts = ledger[run.id] ?? 0
            // A directory is filled and emptied by jobs of its own.
            let jobs = run.taskID.hasPrefix("workingdirectory") ? 2 : 1
            if starts > run.attempts.count * jobs {
                throw Violation(
                    invariant: "I5",
                    message: "\(run.taskID) was started \(starts) times in \(run.attempts.count) attempts")
            }
        }
    }

    private func ownership(_ execution: Execution, _ runs: [TaskRun], owners: Int, isEnded: Bool)
        throws(Violation)
    {
        let paused = runs.filter { $0.state.current == .paused }
        let waits =
            execution.state.current == .breakpoint || runs.contains { $0.state.current == .breakpoint }
            || (execution.state.current == .paused && paused.isEmpty)
            // The rounds of a loop begin by themselves.
            || paused.contains { !$0.taskID.hasPrefix("loopuntil") }
        guard !isEnded, owners == 0, !waits else { return }
        throw Violation(
            invariant: "I8",
            message: "\(execution.state.current.rawValue) and nobody will carry it on: "
                + runs.map { "\($0.taskID) \(Self.path($0.state.histories.map(\.state)))" }
                .joined(separator: ", ") + "; " + Self.path(execution.state.histories.map(\.state)))
    }
}
