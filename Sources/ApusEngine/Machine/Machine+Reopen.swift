import ApusExpressions
public import ApusModel

/// What restarts, replays and changed states have in common: task runs are marked RESTARTED, and begin again once the
/// execution goes on.
extension ExecutionMachine {
    /// The execution as a restart or a changed state leaves it, before anything of it runs again: what the client that
    /// asked for it is shown. This machine stays as it is.
    ///
    /// - Parameter event: `restarted` or `taskRunChanged`; any other changes nothing.
    public func marked(by event: Event, at now: Timestamp) -> ExecutionMachine {
        var copy = self
        let moment = Moment(now: now, facts: Facts())
        switch event {
        case .restarted: _ = copy.markForRestart(moment)
        case .taskRunChanged(let id, let state): _ = copy.markChanged(id, state, moment)
        case .created, .taskRunEnded, .workerLost, .timerFired, .resumed, .pauseRequested, .killRequested,
            .statusChanged, .labelled, .breakpointPassed, .subflowsBegan, .subflowEnded, .rowsLoaded,
            .admitted,
            .unqueued, .startRefused:
            break
        }
        return copy
    }

    mutating func reopen(_ moment: Moment) {
        enter(.restarted, moment)
        execution.attemptNumber += 1
        execution.outputs = nil
        execution.error = nil
        execution.endsAs = nil
        execution.passedListeners = []
    }

    /// A flow task around something that begins again runs again.
    mutating func reopenRun(_ place: Int, _ moment: Moment) {
        guard runs[place].state.current.isTerminal else { return }
        if isIteration(place) {
            uncountIteration(place)
            // Its outputs may be stored again, by a job of another number.
            var state = StateHistory(at: moment.now)
            state.enter(.running, at: moment.now)
            runs[place].attempts.append(TaskRun.Attempt(state: state))
        }
        // A loop that had reached its bounds looks at them again.
        if runs[place].plan == Self.undecided { runs[place].plan = nil }
        runs[place].state.enter(.restarted, at: moment.now)
        runs[place].state.enter(.running, at: moment.now)
        changes.note(place)
    }

    mutating func markToBegin(_ place: Int, _ moment: Moment) {
        if let last = runs[place].attempts.indices.last, !runs[place].attempts[last].state.current.isTerminal
        {
            runs[place].attempts[last].state.enter(.resubmitted, at: moment.now)
        }
        if isIteration(place), runs[place].state.current.isTerminal { uncountIteration(place) }
        runs[place].state.enter(.restarted, at: moment.now)
        changes.note(place)
    }

    /// Goes on with what is marked: leaves get another attempt, flow tasks decide anew.
    mutating func beginMarked(_ moment: Moment) throws(MissingFacts) {
        guard execution.state.current == .restarted || execution.state.current == .queued else { return }
        enter(.running, moment)
        // Conditions and loops that are decided below see the outputs of what is left.
        rebuild()
        for place in runs.indices where runs[place].state.current == .restarted {
            guard !stopsAtBreakpoint(place, moment) else { continue }
            try beginAgain(place, moment)
        }
        rebuild()
    }

    /// Begins a task run there is already.
    mutating func beginAgain(_ place: Int, _ moment: Moment) throws(MissingFacts) {
        guard try shouldRun(place, moment) else { return }
        switch flow.tasks[details[place].task].kind {
        case .flow(let task):
            runs[place].outputs = nil
            runs[place].plan = nil
            changes.note(place)
            try beginFlowTask(task, place, moment)
        case .inline, .runnable, .subflow:
            dispatch(place, moment)
        }
    }

    func ancestors(of places: [Int]) -> Set<Int> {
        var result: Set<Int> = []
        for place in places {
            var current = runs[place].parentID.flatMap { placeOf[$0] }
            while let owner = current, result.insert(owner).inserted {
                current = runs[owner].parentID.flatMap { placeOf[$0] }
            }
        }
        return result
    }

    /// Every task that stands, at any depth, in a list other than `tasks`.
    func aftermathTasks() -> Set<Int> {
        var result: Set<Int> = []
        var open = flow.errors + flow.finally + flow.afterExecution
        for task in flow.tasks {
            open += task.lists.errors + task.lists.finally
            // What runs beside a pause counts for nothing.
            if case .flow(.pause(let pause)) = task.kind { open += pause.onPause.map { [$0] } ?? [] }
        }
        while let index = open.popLast() {
            guard result.insert(index).inserted else { continue }
            open += flow.children(of: index)
        }
        return result
    }
}

extension CompiledFlow {
    /// Every task directly inside a task, whatever the list.
    func children(of index: Int) -> [Int] {
        let task = tasks[index]
        var children = task.lists.tasks + task.lists.errors + task.lists.finally
        switch task.kind {
        case .flow(.pause(let pause)): children += pause.onPause.map { [$0] } ?? []
        case .flow(.ifElse(_, let then, let otherwise)): children += then + otherwise
        case .flow(.switchOn(_, let cases, let defaults)):
            children += cases.flatMap(\.tasks) + (defaults ?? [])
        case .flow, .inline, .runnable, .subflow: break
        }
        return children
    }
}
