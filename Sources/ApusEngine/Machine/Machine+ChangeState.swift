public import ApusModel

extension ExecutionMachine {
    /// The states a person can give to what has ended.
    public static let givenStates: Set<State> = [
        .success, .warning, .failed, .killed, .cancelled, .skipped,
    ]

    /// Whether states may be changed by hand: the execution is over and was not killed.
    public var canChangeState: Bool { isOver && execution.state.current != .killed }

    /// Gives a task run another final state and goes on from there: flow tasks around it run again; what their
    /// `errors`, `finally` and `afterExecution` did is forgotten, and done again when it is due.
    mutating func changeState(of id: TaskRun.ID, to state: State, _ moment: Moment) throws(MissingFacts) {
        guard markChanged(id, state, moment) else { return }
        try beginMarked(moment)
    }

    /// Answers whether something has to go on.
    mutating func markChanged(_ id: TaskRun.ID, _ state: State, _ moment: Moment) -> Bool {
        guard canChangeState, Self.givenStates.contains(state), let place = placeOf[id] else { return false }
        let isLate = isAfterExecution(place)
        if !isLate { reopen(moment) }
        if isIteration(place) { uncountIteration(place) }
        runs[place].state.enter(state, at: moment.now)
        if isIteration(place) { countIteration(place, ended: state) }
        if let last = runs[place].attempts.indices.last {
            runs[place].attempts[last].state.enter(state, at: moment.now)
        }
        changes.note(place)
        // What came after the end has nothing to go on with.
        if isLate { return false }
        for ancestor in ancestors(of: [place]) { reopenRun(ancestor, moment) }
        if let directory = directory(around: place) { reopenDirectory(directory, moment) }
        forget(RunOrder(self).followers(of: place, keepsList: true))
        return true
    }

    /// Gives an execution that is over another final state; nothing runs.
    mutating func changeStatus(to state: State, _ moment: Moment) {
        guard canChangeState, Self.givenStates.contains(state) else { return }
        enter(state, moment)
    }

    /// Sets labels beside those there are; of two with one key the given one stays.
    mutating func label(_ labels: [Label]) {
        for label in labels { setLabel(label) }
    }
}
