import ApusExpressions
import ApusModel

extension ExecutionMachine {
    mutating func beginPause(_ pause: PauseProperties, _ place: Int, _ moment: Moment) throws(MissingFacts) {
        switch try pauseTimers(pause, place, moment) {
        case .success(let timers):
            runs[place].state.enter(.paused, at: moment.now)
            pausedRuns += 1
            changes.note(place)
            if execution.state.current == .running { enter(.paused, moment) }
            for (timer, date) in timers { commands.append(.startTimer(timer, at: date)) }
            if let task = pause.onPause { beginAside(task, place) }
        case .failure(let error):
            log(place, .error, error.message, moment)
            end(place, outcome(of: .failed, place), moment)
        }
    }

    private mutating func pauseTimers(_ pause: PauseProperties, _ place: Int, _ moment: Moment)
        throws(MissingFacts) -> Result<[(Timer, Timestamp)], RuleFailure>
    {
        let id = runs[place].id
        var timers: [(Timer, Timestamp)] = []
        let spans: [(Template?, Timer)] = [
            (pause.duration, .pauseEnds(id)), (flow.tasks[details[place].task].timeout, .pauseTimesOut(id)),
        ]
        for (template, timer) in spans {
            guard let template else { continue }
            switch try render(template, for: place, moment) {
            case .success(let text):
                guard let span = ISODuration(iso: text) else {
                    return .failure(RuleFailure("`\(text)` is not a duration such as PT1H"))
                }
                timers.append((timer, moment.now.advanced(by: span)))
            case .failure(let error):
                return .failure(error)
            }
        }
        return .success(timers)
    }

    /// A person pauses the execution: what runs goes to its end, nothing new begins.
    mutating func pause(_ moment: Moment) {
        guard execution.state.current == .running else { return }
        enter(.paused, moment)
    }

    /// Whether something waits for a person. A pause in `afterExecution` does so in an execution that has ended.
    public var canResume: Bool { execution.state.current == .paused || pausedRuns > 0 }

    mutating func resume(_ id: TaskRun.ID?, inputs: Value, _ moment: Moment) throws(MissingFacts) {
        guard canResume else { return }
        if isHeld {
            enter(.restarted, moment)
            enter(.running, moment)
            rebuild()
            return
        }
        let waiting = runs.filter { $0.state.current == .paused && (id == nil || $0.id == id) }.map(\.id)
        for id in waiting {
            // A round that begins may move the places of later runs.
            guard let place = placeOf[id] else { continue }
            if round(of: place) != nil {
                try beginRound(place, moment)
            } else {
                resumeRun(place, inputs: inputs, moment)
            }
        }
    }

    mutating func resumeRun(_ place: Int, inputs: Value, _ moment: Moment) {
        var values: OrderedMap<Value> = [:]
        let lists = flow.tasks[details[place].task].lists
        endAside(place, moment)
        values["onResume"] = inputs
        values["resumed"] = [
            "on": .string(moment.now.iso),
            "to": .string((lists.tasks.isEmpty ? State.success : .running).rawValue),
        ]
        runs[place].outputs = .map(values)
        index(.map(values), of: place)
        leavePause(moment)
        guard !lists.tasks.isEmpty else {
            return end(place, .success, moment)
        }
        runs[place].state.enter(.running, at: moment.now)
        changes.note(place)
        frames[place] = Frame(owner: place, plan: .chain(lists.tasks))
        steps.add(.advance(place))
    }

    mutating func endPause(_ place: Int, _ state: State, _ moment: Moment) {
        endAside(place, moment)
        leavePause(moment)
        end(place, outcome(of: state, place), moment)
    }

    /// Of several pauses one ended and nothing but pauses is left: the execution is paused again.
    mutating func pauseWhenOnlyPausesAreLeft(_ moment: Moment) {
        guard pausedRuns > 0, execution.state.current == .running else { return }
        let isBusy = runs.indices.contains { place in
            frames[place] == nil && [.running, .retrying, .created].contains(runs[place].state.current)
        }
        if !isBusy { enter(.paused, moment) }
    }

    mutating func leavePause(_ moment: Moment) {
        pausedRuns -= 1
        guard execution.state.current == .paused else { return }
        enter(.restarted, moment)
        enter(.running, moment)
    }
}
