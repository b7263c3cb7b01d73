import ApusModel

extension ExecutionMachine {
    /// Whether there is something a restart could go on from.
    public var canRestart: Bool {
        let state = execution.state.current
        return (state.isTerminal || state == .paused) && state != .killed
            && runs.indices.contains { runs[$0].state.current == .failed }
    }

    /// Goes on from what failed: failed task runs and those around them begin again; runs of `errors`, `finally`
    /// and `afterExecution` are forgotten.
    mutating func restart(_ moment: Moment) {
        guard canRestart else { return }
        let aftermath = aftermathTasks()
        forget(Set(runs.indices.filter { aftermath.contains(details[$0].task) }))
        enter(.restarted, moment)
        execution.attemptNumber += 1
        execution.outputs = nil
        if !execution.labels.contains(where: { $0.key == "system.restarted" }) {
            execution.labels.append(Label("system.restarted", "true"))
        }
        let failed = runs.indices.filter { runs[$0].state.current == .failed }
        for place in failed { runs[place].state.enter(.restarted, at: moment.now) }
        let parents = Set(failed.compactMap { runs[$0].parentID })
        enter(.running, moment)
        // Flow tasks that failed by themselves, without a failed child, decide anew: they are forgotten and begun
        // again by their lane.
        forget(Set(failed.filter { isFlowTask($0) && !parents.contains(runs[$0].id) }))
        for place in runs.indices where runs[place].state.current == .restarted {
            if isFlowTask(place) {
                runs[place].state.enter(.running, at: moment.now)
                changes.note(place)
            } else {
                dispatch(place, moment)
            }
        }
        for place in runs.indices where isFlowTask(place) && runs[place].state.current.isTerminal {
            let id = runs[place].id
            let isOpen = runs.contains { $0.parentID == id && !$0.state.current.isTerminal }
            if isOpen {
                runs[place].state.enter(.restarted, at: moment.now)
                runs[place].state.enter(.running, at: moment.now)
                changes.note(place)
            }
        }
        rebuild()
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

    /// Removes task runs, here and from the store.
    private mutating func forget(_ gone: Set<Int>) {
        guard !gone.isEmpty else { return }
        for place in gone.sorted() { changes.removed.append(details[place].sequence) }
        let kept = runs.indices.filter { !gone.contains($0) }
        let changed = Set(changes.runs.map { details[$0].sequence })
        runs = kept.map { runs[$0] }
        details = kept.map { details[$0] }
        placeOf = Dictionary(uniqueKeysWithValues: runs.enumerated().map { ($0.element.id, $0.offset) })
        changes.renumber(details.indices.filter { changed.contains(details[$0].sequence) })
    }
}

extension Changes {
    /// The places after task runs were removed.
    mutating func renumber(_ places: [Int]) {
        let removed = removed
        let execution = execution
        self = Changes()
        self.execution = execution
        self.removed = removed
        for place in places { note(place) }
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
        case .flow, .inline, .runnable: break
        }
        return children
    }
}
