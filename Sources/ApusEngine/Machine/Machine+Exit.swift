import ApusModel

/// `Exit`: the execution ends now, whatever is left to do.
extension ExecutionMachine {
    /// An `Exit` was left behind, and its flow's `errors` run before the final state is set.
    var isExiting: Bool { execution.endsAs != nil && execution.state.current != .killing }

    /// A run that goes on although nothing follows from it: its list was left by an `Exit`.
    func isLeftOver(_ place: Int) -> Bool {
        let detail = details[place]
        return frames[detail.frame]?.plan.task(lane: detail.lane, position: detail.position) != detail.task
    }

    /// Ends the execution in a state: the task run and everything that holds or waits takes it, nothing new begins.
    /// What runs goes on to its end and changes nothing, but for KILLED, which stops it.
    ///
    /// `finally` does not run; `errors` does for FAILED, and `afterExecution` in any case.
    mutating func exit(_ place: Int, as state: State, _ moment: Moment) {
        if let iteration = iteration(around: place) {
            return exit(iteration: iteration, from: place, as: state, moment)
        }
        if execution.state.current.isTerminal { return exitAfterExecution(place, as: state, moment) }
        if state == .killed {
            end(place, .killed, moment)
            return kill(moment)
        }
        let runsErrors = state == .failed && frames[Self.top]?.phase == .tasks && !flow.errors.isEmpty
        close(exitingAs: state, place, moment)
        execution.endsAs = state
        if execution.state.current == .paused { enter(.restarted, moment) }
        enter(.running, moment)
        var top = Frame(owner: nil, plan: .chain(runsErrors ? flow.errors : []))
        top.phase = runsErrors ? .errors : .finally
        frames = [Self.top: top]
        steps.add(.advance(Self.top))
    }

    /// An iteration of a loop ends like an execution of its own; what runs beside the exit is stopped.
    private mutating func exit(iteration: Int, from place: Int, as state: State, _ moment: Moment) {
        var current: Int? = place
        while let here = current, here != iteration {
            leaveWork(of: here)
            if runs[here].state.current == .paused { leavePause(moment) }
            frames[here] = nil
            finishRun(here, state, moment)
            current = runs[here].parentID.flatMap { placeOf[$0] }
        }
        endOpen(in: iteration, .killed, moment)
        frames[iteration] = nil
        end(iteration, state, moment)
    }

    /// The final state stands; only what is left of `afterExecution` is given up.
    private mutating func exitAfterExecution(_ place: Int, as state: State, _ moment: Moment) {
        close(exitingAs: state, place, moment)
        frames = [:]
        execution.endsAs = state
        changes.execution = true
        commands.append(.ended(execution.state.current))
    }

    /// An attempt of the run is computed or a worker's; what waits for a child execution is not.
    private func isAtWork(_ place: Int) -> Bool {
        switch flow.tasks[details[place].task].kind {
        case .inline, .runnable: runs[place].state.current == .running
        case .flow, .subflow: false
        }
    }

    /// A directory is given up: the worker keeps it as long as a task in it goes on.
    private mutating func leaveWork(of place: Int) {
        guard stage(of: place) != nil else { return }
        commands += workers(of: place)
        runs[place].plan = nil
    }

    /// Gives every run that is not at work the state of the exit.
    private mutating func close(exitingAs state: State, _ exit: Int, _ moment: Moment) {
        for place in runs.indices where !runs[place].state.current.isTerminal {
            if place != exit, isAtWork(place) { continue }
            // What waits for its next attempt has failed so far.
            let own = runs[place].state.current == .retrying ? .failed : state
            leaveWork(of: place)
            runs[place].state.enter(own, at: moment.now)
            if let last = runs[place].attempts.indices.last,
                !runs[place].attempts[last].state.current.isTerminal
            {
                runs[place].attempts[last].state.enter(own, at: moment.now)
            }
            changes.note(place)
            if isIteration(place) { countIteration(place, ended: own) }
        }
        pausedRuns = 0
        steps.clear()
    }
}
