import ApusDatabase
public import ApusEngine
public import ApusModel

/// What a person changes of executions that have ended: restarts, replays, states, labels.
extension Executor {
    /// Goes on from what failed. The answer shows what the restart made of the execution, before it goes on.
    public func restart(_ id: Execution.ID) async throws -> ExecutionSnapshot {
        try await reopen(id, .restarted, unless: Self.restartRefusal)
    }

    /// Goes on from what failed with a revision of the flow, in a new execution: this one keeps its story.
    ///
    /// The answer shows what the restart made of the new execution, before it goes on.
    ///
    /// - Parameter new: The id of the new execution; made here when absent.
    public func restart(
        _ id: Execution.ID, of flow: CompiledFlow, as new: Execution.ID? = nil
    ) async throws -> ExecutionSnapshot {
        let new = new ?? newID()
        return try await write { [self] connection in
            let old = try read(id, connection)
            if let refused = Self.restartRefusal(old) { throw refused }
            let now = surroundings.now()
            var machine = old.copy(as: new, of: flow, at: now)
            guard machine.canRestart else {
                throw RequestRefused.invalid("No task found to restart execution from!")
            }
            let shown = ExecutionSnapshot(machine.marked(by: .restarted, at: now))
            _ = try begin(&machine, .restarted, at: now, connection)
            return shown
        }
    }

    /// Goes over an execution again, in a new one.
    ///
    /// The answer shows the new execution after its first turn; one that begins with a single task is shown as it was
    /// made, before that task runs.
    ///
    /// - Parameter start: The task run to begin with; `nil` for the start.
    /// - Parameter new: The id of the new execution; made here when absent.
    public func replay(
        _ id: Execution.ID, from start: TaskRun.ID? = nil,
        _ changes: ExecutionMachine.ReplayChanges = ExecutionMachine.ReplayChanges(),
        as new: Execution.ID? = nil
    ) async throws -> ExecutionSnapshot {
        let new = new ?? newID()
        return try await write { [self] connection in
            let old = try read(id, connection)
            let now = surroundings.now()
            guard var machine = old.replay(as: new, from: start, changes, at: now) else {
                throw RequestRefused.invalid(
                    "No task found to restart execution from! There is no task run `\(start ?? "")` to replay"
                )
            }
            let made = machine.beginsWithOneTask ? ExecutionSnapshot(machine) : nil
            let begun = try begin(&machine, .created, at: now, connection)
            try label(id, [Label("system.replayed", "true")], connection)
            return made ?? begun
        }
    }

    /// Gives a task run another final state, from which its execution goes on.
    ///
    /// The answer shows what that made of the execution, before it goes on.
    public func changeState(
        _ id: Execution.ID, of taskRun: TaskRun.ID, to state: State
    ) async throws -> ExecutionSnapshot {
        try await reopen(id, .taskRunChanged(taskRun, state)) { machine in
            if let refused = Self.changeRefusal(machine, state) { return refused }
            return machine.place(of: taskRun) == nil
                ? .notFound("Task run `\(taskRun)` not found in execution `\(id)`") : nil
        }
    }

    /// Gives an execution that is over another final state; nothing runs.
    public func changeStatus(_ id: Execution.ID, to state: State) async throws -> ExecutionSnapshot {
        try await request(.statusChanged(state), for: id) { Self.changeRefusal($0, state) }
    }

    /// Lets what stopped at a breakpoint go on.
    ///
    /// - Parameter breakpoints: In place of those there are; `nil` keeps them.
    public func resumeFromBreakpoint(
        _ id: Execution.ID, _ breakpoints: [Breakpoint]? = nil
    ) async throws -> ExecutionSnapshot {
        try await request(.breakpointPassed(breakpoints), for: id) { machine in
            machine.isAtBreakpoint
                ? nil
                : .conflict(
                    "Execution is not stopped at a breakpoint, it is \(machine.execution.state.current.rawValue)"
                )
        }
    }

    /// Sets labels of an execution that has ended, beside those it has; of two with one key the given one stays.
    public func label(_ id: Execution.ID, _ labels: [Label]) async throws {
        try await write { [self] connection in
            guard let state = try Executions.state(of: id, connection) else {
                throw RequestRefused.notFound("Execution `\(id)` not found")
            }
            guard state.isTerminal else {
                throw RequestRefused.conflict(
                    "Labels can be set once the execution has ended; it is \(state.rawValue)")
            }
            try label(id, labels, connection)
        }
    }

    /// An execution without a machine in memory is not read for its labels: it may have very many task runs.
    private func label(_ id: Execution.ID, _ labels: [Label], _ connection: any Connection) throws {
        if let machine = cache.take(id) {
            cache.keep(machine)
            _ = try turn(id, [.labelled(labels)], connection)
            return
        }
        guard var execution = try Executions.load(id, connection) else { return }
        for label in labels { execution.set(label) }
        try Executions.update(execution, connection)
        connection.afterCommit { [followers] in followers.wake(id) }
    }

    /// The machine as it is; it stays where it was.
    private func read(_ id: Execution.ID, _ connection: any Connection) throws -> ExecutionMachine {
        guard let machine = try machine(id, whole: true, connection) else {
            throw RequestRefused.notFound("Execution `\(id)` not found")
        }
        if !machine.isOver { cache.keep(machine) }
        return machine
    }

    private func reopen(
        _ id: Execution.ID, _ event: Event,
        unless refusal: @escaping @Sendable (ExecutionMachine) -> RequestRefused?
    ) async throws -> ExecutionSnapshot {
        try await write { [self] connection in
            let machine = try read(id, connection)
            if let refused = refusal(machine) { throw refused }
            let shown = ExecutionSnapshot(machine.marked(by: event, at: surroundings.now()))
            guard let after = try turn(id, [event], connection) else { return shown }
            // Without a slot it did not go on: then what it came to is the answer.
            let isTurnedAway = after.execution.state.histories.dropLast().last?.state == .restarted
            return isTurnedAway ? after : shown
        }
    }

    private static func restartRefusal(_ machine: ExecutionMachine) -> RequestRefused? {
        if machine.canRestart { return nil }
        let state = machine.execution.state.current
        guard state.isTerminal || state == .paused, state != .killed else {
            return .conflict(
                "Execution must be terminated to be restarted, current state is '\(state.rawValue)' !")
        }
        guard !machine.isCleaningUp else {
            return .conflict(
                "Execution is \(state.rawValue), but its `errors`, `finally` or `afterExecution` tasks still run"
            )
        }
        return .invalid("No task found to restart execution from!")
    }

    private static func changeRefusal(_ machine: ExecutionMachine, _ state: State) -> RequestRefused? {
        guard ExecutionMachine.givenStates.contains(state) else {
            let states = State.allCases.filter { ExecutionMachine.givenStates.contains($0) }
            return .invalid(
                "a state set by hand is one of \(states.map(\.rawValue).joined(separator: ", ")), not \(state.rawValue)"
            )
        }
        guard machine.canChangeState else {
            return .conflict(
                "You can only change the state of a terminated non killed execution; this one is "
                    + machine.execution.state.current.rawValue)
        }
        return nil
    }
}

extension ExecutionSnapshot {
    init(_ machine: ExecutionMachine) {
        self.init(execution: machine.execution, taskRuns: machine.runs, isWhole: machine.isWhole)
    }
}
