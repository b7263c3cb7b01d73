import ApusExpressions
public import ApusModel

extension ExecutionMachine {
    /// What a replay changes besides where it begins.
    public struct ReplayChanges: Sendable {
        /// Another revision of the flow; its variables count then.
        public var flow: CompiledFlow?
        /// Checked values in place of the old ones. A map.
        public var inputs: Value?
        /// Tasks before which the new execution stops.
        public var breakpoints: [Breakpoint]

        public init(flow: CompiledFlow? = nil, inputs: Value? = nil, breakpoints: [Breakpoint] = []) {
            self.flow = flow
            self.inputs = inputs
            self.breakpoints = breakpoints
        }
    }

    /// A new execution that goes over this one again: apply `created` to begin it.
    ///
    /// From the start nothing is kept. From a task run, what came before it is kept under new ids with its outputs;
    /// the run begins again, flow tasks around it run again, and what followed from it is left out, as is what ran in
    /// `errors`, `finally` and `afterExecution` afterwards. A kept run that had not ended begins again as well.
    ///
    /// - Parameter start: `nil` for the start.
    /// - Returns: `nil` when there is no such task run, or the flow's revision no longer has its task.
    public func replay(
        as id: Execution.ID, from start: TaskRun.ID?, _ replayed: ReplayChanges, at now: Timestamp
    ) -> ExecutionMachine? {
        var new = successor(as: id, replayed.flow, at: now)
        new.inputs = replayed.inputs ?? execution.inputs
        new.breakpoints = replayed.breakpoints
        new.attemptNumber += 1
        guard let start else {
            new.variables = (replayed.flow ?? flow).variables
            var machine = ExecutionMachine(
                execution: new, flow: replayed.flow ?? flow, surroundings: surroundings)
            machine.setLabel(Label("system.replay", "true"))
            return machine
        }
        new.state = execution.state
        guard let place = placeOf[start] else { return nil }
        var machine = copy(as: new, replayed.flow ?? flow)
        guard let first = machine.placeOf[newID(of: place, in: id)] else { return nil }
        // What shares a directory begins again together, and what runs beside a pause with the pause.
        let begin = machine.directory(around: first) ?? first
        machine.markForReplay(
            from: machine.pause(beside: begin) ?? begin, Moment(now: now, facts: Facts()))
        return machine
    }

    /// A new execution that stands where this one does, for a restart with another revision: apply `restarted`.
    public func copy(as id: Execution.ID, of flow: CompiledFlow, at now: Timestamp) -> ExecutionMachine {
        var new = successor(as: id, flow, at: now)
        new.state = execution.state
        var machine = copy(as: new, flow)
        // Where nothing failed, a restart goes past the pauses; otherwise they begin again.
        let hasFailures = runs.contains { $0.state.current == .failed }
        let again = machine.runs.indices.filter { place in
            machine.isUnfinishedLeaf(place)
                && (hasFailures || machine.runs[place].state.current != .paused)
        }
        for place in again { machine.markToBegin(place, Moment(now: now, facts: Facts())) }
        machine.forget(RunOrder(machine).inside(Set(again)))
        machine.changes = Changes()
        machine.noteAll()
        return machine
    }

    private func successor(as id: Execution.ID, _ revision: CompiledFlow?, at now: Timestamp) -> Execution {
        let labels = execution.labels.filter { $0.key != "system.replayed" }
        var new = Execution(
            id: id, flow: (revision ?? flow).reference, createdAt: now, labels: labels,
            inputs: execution.inputs, variables: revision?.variables ?? execution.variables,
            trigger: execution.trigger)
        new.parentID = execution.id
        new.originalID = execution.originalID
        new.attemptNumber = execution.attemptNumber
        new.createdDate = execution.createdDate
        new.kind = execution.kind
        return new
    }

    /// The task runs under new ids, in an execution of their own.
    private func copy(as new: Execution, _ flow: CompiledFlow) -> ExecutionMachine {
        let stored = runs.indices.map { place in
            var run = runs[place]
            run.id = newID(of: place, in: new.id)
            // The children of a task run that begins again belong to the other execution.
            if hasSubflows(place) {
                if !run.state.current.isTerminal { run.outputs = nil }
                run.plan = Self.copied
            }
            run.scope = run.scope.flatMap { placeOf[$0] }.map { newID(of: $0, in: new.id) }
            run.parentID = runs[place].parentID.flatMap { placeOf[$0] }.map { newID(of: $0, in: new.id) }
            return (sequence: details[place].sequence, run: run)
        }
        var machine = ExecutionMachine(
            execution: new, flow: flow, stored: stored, surroundings: surroundings)
        machine.noteAll()
        return machine
    }

    private func newID(of place: Int, in id: Execution.ID) -> TaskRun.ID {
        TaskRunID.make(
            execution: id, restarts: execution.attemptNumber, sequence: details[place].sequence,
            begun: runs[place].state.startDate)
    }

    private mutating func markForReplay(from start: Int, _ moment: Moment) {
        enter(.restarted, moment)
        setLabel(Label("system.replay", "true"))
        let order = RunOrder(self)
        var gone = order.followers(of: start).union(order.inside([start]))
        if isAfterExecution(start) {
            // It follows the end, which comes anew: the whole list runs again then.
            gone.formUnion(runs.indices.filter { isAfterExecution($0) })
        } else {
            for place in ancestors(of: [start]) { reopenRun(place, moment) }
            if hasSubflows(start) { runs[start].outputs = nil }
            markToBegin(start, moment)
        }
        let again = runs.indices.filter { $0 != start && !gone.contains($0) && isUnfinishedLeaf($0) }
        for place in again { markToBegin(place, moment) }
        gone.formUnion(order.inside(Set(again)))
        forget(gone)
        // Nothing of it is stored yet.
        changes = Changes()
        noteAll()
    }

    /// Nobody would end it: the worker, the timer or the person it waits for belongs to the other execution.
    private func isUnfinishedLeaf(_ place: Int) -> Bool {
        let state = runs[place].state.current
        if case .flow = flow.tasks[details[place].task].kind {
            return state == .paused || state == .breakpoint
                || (!state.isTerminal && (stage(of: place) != nil || isLoading(place) || isStoring(place)))
        }
        return !state.isTerminal
    }

    /// Whether a run belongs to the `afterExecution` of the flow, at any depth.
    func isAfterExecution(_ place: Int) -> Bool {
        var current = place
        while let owner = runs[current].parentID.flatMap({ placeOf[$0] }) { current = owner }
        return flow.afterExecution.contains(details[current].task)
    }

    private mutating func noteAll() {
        changes.execution = true
        for place in runs.indices { changes.note(place) }
    }

    mutating func setLabel(_ label: Label) {
        execution.set(label)
        changes.execution = true
    }

    /// Whether what it begins with is known before it goes on: tasks that hold no others.
    public var beginsWithOneTask: Bool {
        let marked = runs.indices.filter { runs[$0].state.current == .restarted }
        return !marked.isEmpty
            && marked.allSatisfy {
                if case .flow = flow.tasks[details[$0].task].kind { false } else { true }
            }
    }
}

extension Execution {
    /// Sets a label, in place of one with the same key.
    public mutating func set(_ label: Label) {
        if let place = labels.firstIndex(where: { $0.key == label.key }) {
            labels[place].value = label.value
        } else {
            labels.append(label)
        }
    }
}
