import ApusModel

extension ExecutionMachine {
    /// Whether there is something a restart could go on from: the execution is paused or over, a task of a `tasks`
    /// list failed, and nothing that a restart forgets still runs.
    public var canRestart: Bool {
        let state = execution.state.current
        guard state == .paused || (isOver && state != .killed) else { return false }
        let aftermath = aftermathTasks()
        return runs.indices.contains { failed($0, outside: aftermath) } && !isCleaningUp
    }

    /// Whether a task of `errors`, `finally` or `afterExecution` is at work.
    public var isCleaningUp: Bool {
        let aftermath = aftermathTasks()
        return runs.indices.contains {
            aftermath.contains(details[$0].task) && !runs[$0].state.current.isTerminal
        }
    }

    /// Whether the execution has ended, its `afterExecution` too.
    public var isOver: Bool { execution.state.current.isTerminal && frames.isEmpty }

    /// Goes on from what failed: failed task runs and the flow tasks around them begin again, whether their failure
    /// was allowed or not; what ran in their `errors`, `finally` and `afterExecution` is forgotten.
    mutating func restart(_ moment: Moment) {
        guard canRestart else { return }
        enter(.restarted, moment)
        execution.attemptNumber += 1
        execution.outputs = nil
        execution.passedListeners = []
        if !execution.labels.contains(where: { $0.key == "system.restarted" }) {
            execution.labels.append(Label("system.restarted", "true"))
        }
        enter(.running, moment)
        let aftermath = aftermathTasks()
        let failures = runs.indices.filter { failed($0, outside: aftermath) }
        let around = ancestors(of: failures)
        for place in around where runs[place].state.current.isTerminal {
            runs[place].state.enter(.restarted, at: moment.now)
            runs[place].state.enter(.running, at: moment.now)
            changes.note(place)
        }
        forget(outdated(failures: failures, around: around, aftermath))
        for place in runs.indices where failed(place, outside: aftermath) {
            runs[place].state.enter(.restarted, at: moment.now)
            dispatch(place, moment)
        }
        rebuild()
    }

    /// The runs that a restart does without: the aftermath of what begins again, and flow tasks that failed by
    /// themselves, without a failed child; their lane begins them anew, and they decide anew.
    private func outdated(failures: [Int], around: Set<Int>, _ aftermath: Set<Int>) -> Set<Int> {
        let reopened = around.union(failures)
        var gone = Set(failures.filter { isFlowTask($0) && !around.contains($0) })
        // A run comes after the one around it.
        for place in runs.indices {
            let parent = runs[place].parentID.flatMap { placeOf[$0] }
            let isReopened = parent.map { reopened.contains($0) } ?? true
            if parent.map({ gone.contains($0) }) == true
                || (isReopened && aftermath.contains(details[place].task))
            {
                gone.insert(place)
            }
        }
        return gone
    }

    private func failed(_ place: Int, outside aftermath: Set<Int>) -> Bool {
        runs[place].state.current == .failed && !aftermath.contains(details[place].task)
    }

    private func ancestors(of places: [Int]) -> Set<Int> {
        var result: Set<Int> = []
        for place in places {
            var current = runs[place].parentID.flatMap { placeOf[$0] }
            while let owner = current, result.insert(owner).inserted {
                current = runs[owner].parentID.flatMap { placeOf[$0] }
            }
        }
        return result
    }

    private func isFlowTask(_ place: Int) -> Bool {
        if case .flow = flow.tasks[details[place].task].kind { true } else { false }
    }

    /// Every task that stands, at any depth, in a list other than `tasks`.
    private func aftermathTasks() -> Set<Int> {
        var result: Set<Int> = []
        var open = flow.errors + flow.finally + flow.afterExecution
        for task in flow.tasks { open += task.lists.errors + task.lists.finally }
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
        case .flow(.ifElse(_, let then, let otherwise)): children += then + otherwise
        case .flow(.switchOn(_, let cases, let defaults)):
            children += cases.flatMap(\.tasks) + (defaults ?? [])
        case .flow, .inline, .runnable, .subflow: break
        }
        return children
    }
}
