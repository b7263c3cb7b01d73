import ApusModel

extension ExecutionMachine {
    /// Whether there is something a restart could go on from: the execution is paused, or it is over and a task of a
    /// `tasks` list failed; and nothing that a restart forgets still runs.
    public var canRestart: Bool {
        let state = execution.state.current
        guard state == .paused || (isOver && state != .killed), !isCleaningUp else { return false }
        let aftermath = aftermathTasks()
        return state == .paused || runs.indices.contains { failed($0, outside: aftermath) }
    }

    /// Whether a task of `errors`, `finally` or `afterExecution` is at work, or one that an `Exit` left running.
    public var isCleaningUp: Bool {
        let aftermath = aftermathTasks()
        let hasEnded = execution.state.current.isTerminal
        return runs.indices.contains {
            (hasEnded || aftermath.contains(details[$0].task)) && !runs[$0].state.current.isTerminal
        }
    }

    /// Whether the execution has ended, its `afterExecution` too.
    public var isOver: Bool { execution.state.current.isTerminal && frames.isEmpty }

    /// Goes on from what failed: failed task runs and the flow tasks around them begin again, whether their failure
    /// was allowed or not; what ran in their `errors`, `finally` and `afterExecution` is forgotten. A paused
    /// execution in which nothing failed goes on past its pauses.
    mutating func restart(_ moment: Moment) throws(MissingFacts) {
        guard markForRestart(moment) else { return }
        try beginMarked(moment)
    }

    /// Answers whether there is something to begin again.
    mutating func markForRestart(_ moment: Moment) -> Bool {
        guard canRestart else { return false }
        reopen(moment)
        setLabel(Label("system.restarted", "true"))
        let aftermath = aftermathTasks()
        // What shares a directory begins again together.
        let failures = Set(
            runs.indices.filter { failed($0, outside: aftermath) }.map { directory(around: $0) ?? $0 }
        ).sorted()
        guard !failures.isEmpty else {
            for place in runs.indices where runs[place].state.current == .paused { passPause(place, moment) }
            return true
        }
        let around = ancestors(of: failures)
        for place in around { reopenRun(place, moment) }
        for place in failures where !around.contains(place) { markToBegin(place, moment) }
        forget(outdated(failures: failures, around: around, aftermath))
        return true
    }

    /// The runs that a restart does without: the aftermath of what begins again, and what ran inside flow tasks that
    /// failed by themselves, without a failed child; they decide anew.
    private func outdated(failures: [Int], around: Set<Int>, _ aftermath: Set<Int>) -> Set<Int> {
        let reopened = around.union(failures)
        let emptied = Set(failures).subtracting(around)
        var gone: Set<Int> = []
        // A run comes after the one around it.
        for place in runs.indices {
            let parent = runs[place].parentID.flatMap { placeOf[$0] }
            let isReopened = parent.map { reopened.contains($0) } ?? true
            let isEmptied = parent.map { emptied.contains($0) || gone.contains($0) } ?? false
            if isEmptied || (isReopened && aftermath.contains(details[place].task)) { gone.insert(place) }
        }
        return gone
    }

    /// Failed, or killed in an execution that ended with another state than KILLED: an `sla` that was violated.
    private func failed(_ place: Int, outside aftermath: Set<Int>) -> Bool {
        let state = runs[place].state.current
        return (state == .failed || (state == .killed && execution.state.current != .retried))
            && !aftermath.contains(details[place].task)
    }

    /// Lets a pause be over as a person who asks for no values does.
    private mutating func passPause(_ place: Int, _ moment: Moment) {
        if let round = round(of: place) {
            runs[place].outputs = Self.rounds(max(1, round - 1))
            runs[place].state.enter(.restarted, at: moment.now)
            runs[place].state.enter(.running, at: moment.now)
            return changes.note(place)
        }
        let next: State = flow.tasks[details[place].task].lists.tasks.isEmpty ? .success : .running
        let values: Value = [
            "onResume": [:],
            "resumed": ["on": .string(moment.now.iso), "to": .string(next.rawValue)],
        ]
        runs[place].outputs = values
        runs[place].state.enter(.restarted, at: moment.now)
        runs[place].state.enter(.running, at: moment.now)
        changes.note(place)
    }
}
