public import ApusExpressions
public import ApusModel

/// Executions that the flow's `concurrency` keeps from running: what they become, and how they go on.
extension ExecutionMachine {
    /// Whether an event lets an execution begin that has not begun, or begin again one that is over: then it needs
    /// a slot.
    public func begins(with event: Event) -> Bool {
        switch event {
        // A replay from a task run is made of what it keeps.
        case .created:
            execution.state.current == .restarted || (execution.state.current == .created && frames.isEmpty)
        case .restarted: isOver && canRestart
        case .taskRunChanged(let id, let state):
            placeOf[id].map { canChangeState && Self.givenStates.contains(state) && !isAfterExecution($0) }
                ?? false
        case .taskRunEnded, .workerLost, .timerFired, .resumed, .pauseRequested, .killRequested,
            .subflowsBegan, .subflowEnded, .rowsLoaded, .admitted, .unqueued, .statusChanged, .labelled,
            .breakpointPassed, .startRefused:
            false
        }
    }

    /// What an event comes to that would let the execution begin while no slot is free, in place of `apply`. An
    /// execution that a user restarted says so before it waits or ends.
    ///
    /// - Throws: `MissingFacts`, as `apply` does: tasks of `afterExecution` may begin.
    public mutating func turnAway(
        _ event: Event, _ behavior: Concurrency.Behavior, at now: Timestamp,
        knowing facts: Facts = Facts()
    ) throws(MissingFacts) -> [Command] {
        guard begins(with: event) else { return [] }
        let moment = Moment(now: now, facts: facts)
        switch event {
        // The time it waits counts.
        case .created: if execution.state.current == .created { startServiceLevels() }
        // What will not begin is not marked: nobody would end it.
        case .restarted where behavior != .queue, .taskRunChanged where behavior != .queue: reopen(moment)
        case .restarted: _ = markForRestart(moment)
        case .taskRunChanged(let id, let state): _ = markChanged(id, state, moment)
        default: break
        }
        switch behavior {
        case .queue:
            frames = [:]
            steps.clear()
            enter(.queued, moment)
        case .cancel:
            endWithoutRunning(.cancelled, moment)
        case .fail:
            let message = "Execution is FAILED due to concurrency limit exceeded"
            log(nil, .error, message, moment)
            execution.error = message
            endWithoutRunning(.failed, moment)
        }
        return try settled(moment)
    }

    /// It is the turn of an execution that waited.
    mutating func admit(_ moment: Moment) throws(MissingFacts) {
        guard execution.state.current == .queued else { return }
        guard runs.isEmpty else { return try beginMarked(moment) }
        enter(.running, moment)
        openTop()
    }

    mutating func unqueue(as state: State, _ moment: Moment) {
        guard execution.state.current == .queued, state == .cancelled || state == .failed else { return }
        endWithoutRunning(state, moment)
    }

    /// Nothing of `tasks`, `errors` and `finally` runs. `afterExecution` does, unless it did before a restart.
    private mutating func endWithoutRunning(_ state: State, _ moment: Moment) {
        // What was to begin again has failed before, and stays so for another restart.
        closeOpenRuns(as: .failed, moment)
        enter(state, moment)
        commands.append(.reached(state))
        guard runs.isEmpty, !flow.afterExecution.isEmpty else {
            commands.append(.ended(state))
            return
        }
        frames[Self.top] = Frame(owner: nil, plan: .chain([]))
        enter(.afterExecution, flow.afterExecution, Self.top)
    }
}
