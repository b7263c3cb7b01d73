import ApusModel

extension ExecutionMachine {
    /// Ends everything that is open inside a frame, without `errors` or `finally` of what is inside: the way running
    /// siblings of a failure are stopped.
    mutating func endOpen(in key: Int, _ state: State, _ moment: Moment) {
        let inside = key == Self.top ? Set(runs.indices) : descendants(of: [key])
        var isChanged = false
        for place in inside.sorted(by: >) where !runs[place].state.current.isTerminal {
            isChanged = true
            stopWork(of: place)
            if runs[place].state.current == .paused { leavePause(moment) }
            frames[place] = nil
            finishRun(place, state, moment)
        }
        guard isChanged else { return }
        // What stopped at a breakpoint has been ended, and nothing waits for a person any more.
        if execution.state.current == .breakpoint, !runs.contains(where: { $0.state.current == .breakpoint })
        {
            enter(.running, moment)
        }
        steps.drop(endedIn: inside)
        frames[key]?.active = 0
        frames[key]?.crowded = [:]
        frames[key]?.note(state)
        steps.add(.advance(key))
    }

    /// A child failed: its running siblings go on, or are ended with it.
    mutating func childFailed(in key: Int, _ moment: Moment) throws(MissingFacts) {
        guard let frame = frames[key], frame.phase == .tasks, frame.active > 0,
            execution.state.current != .killing, let owner = frame.owner,
            let answer = try answerToFailure(owner, moment)
        else { return }
        switch answer {
        case .proceed: break
        case .fail: endOpen(in: key, .failed, moment)
        case .cancel: endOpen(in: key, .cancelled, moment)
        }
    }

    private mutating func answerToFailure(_ place: Int, _ moment: Moment) throws(MissingFacts)
        -> ChildFailure.Answer?
    {
        let onFailure: ChildFailure
        switch flow.tasks[details[place].task].kind {
        case .flow(.parallel(_, let property)), .flow(.dag(_, _, let property)): onFailure = property
        case .flow, .inline, .runnable, .subflow: return nil
        }
        guard let written = onFailure.written else { return onFailure.fallback }
        switch try render(written, for: place, moment) {
        case .success(let text):
            if let answer = ChildFailure.Answer(rawValue: text) { return answer }
            log(place, .error, "`onChildFailure` is `\(text)`, none of CONTINUE, CANCEL and FAIL", moment)
        case .failure(let failure):
            log(place, .error, "`onChildFailure`: \(failure.message)", moment)
        }
        return .fail
    }

    /// Tells whoever works for a task run to stop; its reports do not count any more.
    func workers(of place: Int) -> [Command] {
        let run = runs[place]
        var commands: [Command] = []
        if stage(of: place) != nil { commands.append(.releaseDirectory(run.id)) }
        guard run.state.current == .running, frames[place] == nil else { return commands }
        commands.append(
            hasSubflows(place) ? .killSubflows(run.id) : .cancel(run.id, attempt: run.attempts.count))
        return commands
    }

    private mutating func stopWork(of place: Int) {
        commands += workers(of: place)
        if stage(of: place) != nil { runs[place].plan = nil }
    }

    /// Ends what is open although nothing of the execution runs: a restart that waits for a slot has reopened it.
    mutating func closeOpenRuns(as state: State, _ moment: Moment) {
        for place in runs.indices where !runs[place].state.current.isTerminal {
            finishRun(place, state, moment)
        }
    }

    /// Sets a final state without letting the lane go on.
    mutating func finishRun(_ place: Int, _ state: State, _ moment: Moment) {
        runs[place].state.enter(state, at: moment.now)
        if let last = runs[place].attempts.indices.last, !runs[place].attempts[last].state.current.isTerminal
        {
            runs[place].attempts[last].state.enter(state, at: moment.now)
        }
        changes.note(place)
        if isIteration(place) { countIteration(place, ended: state) }
    }
}
