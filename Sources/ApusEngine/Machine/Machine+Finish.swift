import ApusExpressions
import ApusModel

extension ExecutionMachine {
    /// All lists of a frame are over: the flow task run, or the execution, ends.
    mutating func finish(_ key: Int, _ moment: Moment) throws(MissingFacts) {
        guard let frame = frames[key] else { return }
        guard let place = frame.owner else { return try finishExecution(frame, moment) }
        frames[key] = nil
        var state = execution.state.current == .killing ? State.killed : frame.worst
        if case .flow(.allowFailure) = flow.tasks[details[place].task].kind, state == .failed {
            state = .warning
        }
        if isIteration(place) {
            guard let closed = try closeIteration(place, state, moment) else { return }
            state = closed
        }
        if loop(place) != nil { collectIterations(place, frame) }
        end(place, outcome(of: state, place), moment)
    }

    private mutating func finishExecution(_ frame: Frame, _ moment: Moment) throws(MissingFacts) {
        let settled = execution.endsAs
        var state = settled ?? (execution.state.current == .killing ? State.killed : frame.worst)
        if state != .killed, state != .cancelled, let fault = try renderOutputs(moment) {
            execution.outputs = nil
            if settled != nil {
                // Tasks that were left out give no outputs, and the state stands.
                log(nil, .warn, "The execution ended early and has no outputs: \(fault)", moment)
            } else if state != .failed {
                log(nil, .error, "Failed to render output values: \(fault)", moment)
                execution.error = fault
                state = .failed
            }
        }
        execution.endsAs = nil
        enter(state, moment)
        commands.append(.reached(state))
        if flow.afterExecution.isEmpty {
            frames = [:]
            commands.append(.ended(state))
        } else {
            enter(.afterExecution, flow.afterExecution, Self.top)
        }
    }

    /// Computes the flow's outputs; answers what is wrong with them.
    private mutating func renderOutputs(_ moment: Moment) throws(MissingFacts) -> String? {
        guard !flow.outputs.isEmpty else { return nil }
        let result: Result<Value, OutputFault>
        do {
            result = try OutputDefinition.render(
                flow.outputs, context(for: nil, moment), encrypt: surroundings.conceal)
        } catch {
            guard case .missingFacts(let requests) = error.reason else { return error.message }
            throw MissingFacts(requests: requests)
        }
        switch result {
        case .success(let values):
            execution.outputs = values
            changes.execution = true
            return nil
        case .failure(let fault):
            return fault.message
        }
    }

    /// Gives a task run its final state, and lets its lane go on.
    mutating func end(_ place: Int, _ state: State, _ moment: Moment) {
        runs[place].state.enter(state, at: moment.now)
        if let last = runs[place].attempts.indices.last, !runs[place].attempts[last].state.current.isTerminal
        {
            runs[place].attempts[last].state.enter(state, at: moment.now)
        }
        changes.note(place)
        if isIteration(place) { countIteration(place, ended: state) }
        steps.add(.ended(place))
    }

    /// What a failure or a warning counts as under the task's `allowFailure` and `allowWarning`.
    func outcome(of state: State, _ place: Int) -> State {
        let task = flow.tasks[details[place].task]
        var state = state
        if state == .failed, task.allowFailure { state = .warning }
        if state == .warning, task.allowWarning { state = .success }
        return state
    }

    mutating func enter(_ state: State, _ moment: Moment) {
        execution.state.enter(state, at: moment.now)
        changes.execution = true
    }

    mutating func log(_ place: Int?, _ level: LogLevel, _ message: String, _ moment: Moment) {
        commands.append(
            .log(
                LogLine(
                    executionID: execution.id, flow: execution.flow, taskID: place.map { runs[$0].taskID },
                    taskRunID: place.map { runs[$0].id },
                    attempt: place.map { max(0, runs[$0].attempts.count - 1) }, level: level,
                    date: moment.now,
                    message: message)))
    }
}
