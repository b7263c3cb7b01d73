import ApusExpressions
public import ApusModel

/// Task runs that start other executions. Each child is known here by its end only; how many are in which state is
/// kept in the outputs of the task run, so that the end of one of a thousand costs the same as that of one.
extension ExecutionMachine {
    func hasSubflows(_ place: Int) -> Bool {
        if case .subflow = flow.tasks[details[place].task].kind { true } else { false }
    }

    /// Asks for the children of an attempt. A restart keeps those that did not fail.
    mutating func startSubflows(_ call: SubflowCall, _ place: Int, isRestart: Bool) {
        let isCopy = runs[place].plan == Self.copied
        if !isRestart || isCopy || call.restartBehavior == .newExecution { runs[place].outputs = nil }
        runs[place].plan = Self.asked
        changes.note(place)
        commands.append(.startSubflows(runs[place].id, attempt: runs[place].attempts.count))
    }

    /// Kept as the plan of a task run whose children were asked for, and nobody said yet what became of that.
    private static let asked: Value = ["asked": true]

    /// Kept as the plan of a task run that a replay took over: its children are those of the other execution.
    static let copied: Value = ["copied": true]

    /// Children of the current attempt were created.
    mutating func subflowsBegan(_ id: TaskRun.ID, attempt: Int, _ start: SubflowStart, _ moment: Moment) {
        guard let place = placeOf[id], runs[place].attempts.count == attempt,
            runs[place].state.current == .running,
            case .subflow(let call) = flow.tasks[details[place].task].kind
        else { return }
        runs[place].plan = start.next.map { ["next": .int(Int64($0))] }
        changes.note(place)
        guard call.batches != nil else {
            let outputs: Value = ["executionId": start.child.map { .string($0) } ?? .null]
            runs[place].outputs = outputs
            index(outputs, of: place)
            if !call.waits {
                taskRunEnded(id, attempt: attempt, TaskResult(state: .success, outputs: outputs), moment)
            }
            return
        }
        if runs[place].outputs == nil {
            runs[place].outputs = [
                "iterations": [:], "numberOfBatches": .int(Int64(start.total ?? 0)),
                "uri": start.uri.map { .string($0) } ?? .null,
            ]
        }
        var counts = start.standing ?? iterations(of: place) ?? [.created: start.total ?? 0]
        if start.standing == nil {
            counts[.created, default: 0] -= start.begun
            counts[.running, default: 0] += start.begun
        }
        set(counts, place)
        if counts[.created, default: 0] > 0, execution.state.current != .killing {
            commands.append(.startSubflows(id, attempt: attempt))
        }
        endIfDone(call, place, counts, moment)
    }

    /// A child has ended. One that is not waited for (of an old attempt, of a task run that was killed) changes nothing.
    ///
    /// - Parameter child: The one that began, also when another execution took its place.
    mutating func subflowEnded(
        _ id: TaskRun.ID, child: Execution.ID, _ result: TaskResult, _ moment: Moment
    ) {
        guard let place = placeOf[id], runs[place].state.current == .running,
            runs[place].plan != Self.asked, case .subflow(let call) = flow.tasks[details[place].task].kind
        else { return }
        let attempt = runs[place].attempts.count
        guard call.batches != nil else {
            guard runs[place].outputs?["executionId"] == .string(child) else { return }
            let outputs: Value = [
                "executionId": .string(child), "state": .string(result.state.rawValue),
                "outputs": result.outputs ?? .map([:]),
            ]
            let state = Self.transmitted(result.state, call)
            return taskRunEnded(id, attempt: attempt, TaskResult(state: state, outputs: outputs), moment)
        }
        guard var counts = iterations(of: place), counts[.running, default: 0] > 0 else { return }
        counts[.running, default: 0] -= 1
        counts[result.state, default: 0] += 1
        set(counts, place)
        endIfDone(call, place, counts, moment)
    }

    private mutating func endIfDone(
        _ call: SubflowCall, _ place: Int, _ counts: [State: Int], _ moment: Moment
    ) {
        let waitsFor = counts[.created, default: 0] + (call.waits ? counts[.running, default: 0] : 0)
        guard waitsFor == 0 else { return }
        let states = counts.filter { $0.value > 0 }.keys.map { Self.transmitted($0, call) }
        let worst = states.max { Frame.rank($0) < Frame.rank($1) } ?? .success
        let state = Frame.rank(worst) == 0 ? .success : worst
        taskRunEnded(
            runs[place].id, attempt: runs[place].attempts.count,
            TaskResult(state: state, outputs: runs[place].outputs), moment)
    }

    /// What the end of a child means for the task.
    ///
    /// Source: "Subflow", the observed behaviour of 1.3 and 2.0.
    private static func transmitted(_ state: State, _ call: SubflowCall) -> State {
        switch state {
        case .warning: .warning
        case .failed, .killed: call.transmitsFailure ? state : .success
        default: .success
        }
    }

    /// Children that exist are killed; those that do not exist yet will not.
    mutating func killSubflows(_ place: Int, _ moment: Moment) {
        guard case .subflow(let call) = flow.tasks[details[place].task].kind else { return }
        if runs[place].plan == Self.asked {
            // Those of an earlier attempt may still run; nobody waits for them.
            if runs[place].attempts.count > 1 { commands.append(.killSubflows(runs[place].id)) }
            return end(place, .killed, moment)
        }
        if call.batches == nil {
            guard runs[place].outputs?["executionId"] != nil else { return end(place, .killed, moment) }
        } else {
            guard var counts = iterations(of: place) else { return end(place, .killed, moment) }
            counts[.killed, default: 0] += counts[.created, default: 0]
            counts[.created] = 0
            set(counts, place)
            guard counts[.running, default: 0] > 0 else { return end(place, .killed, moment) }
        }
        commands.append(.killSubflows(runs[place].id))
    }

    /// How many children are in each state.
    private func iterations(of place: Int) -> [State: Int]? {
        guard let entries = runs[place].outputs?["iterations"]?.mapValue, !entries.isEmpty else { return nil }
        var counts: [State: Int] = [:]
        for (name, count) in entries {
            if let state = State(rawValue: name), let count = count.intValue {
                counts[state] = Int(clamping: count)
            }
        }
        return counts
    }

    private mutating func set(_ counts: [State: Int], _ place: Int) {
        var entries: OrderedMap<Value> = [:]
        for state in State.allCases {
            guard let count = counts[state] else { continue }
            if count > 0 || state == .created || state == .running {
                entries[state.rawValue] = .int(Int64(count))
            }
        }
        runs[place].outputs?.set(.map(entries), at: ["iterations"])
        changes.note(place)
        if let outputs = runs[place].outputs { index(outputs, of: place) }
    }

    /// Task runs some of whose children were not created in the turn that began them.
    public var unstartedSubflows: [(id: TaskRun.ID, attempt: Int)] {
        runs.indices.compactMap { place in
            guard runs[place].state.current == .running,
                case .subflow(let call) = flow.tasks[details[place].task].kind
            else { return nil }
            let isLeft =
                runs[place].plan == Self.asked
                || (call.batches == nil
                    ? runs[place].outputs?["executionId"] == nil
                    : iterations(of: place).map { $0[.created, default: 0] > 0 } ?? true)
            return isLeft ? (runs[place].id, runs[place].attempts.count) : nil
        }
    }

    /// What is needed to create the children of a task run; `nil` when it has none.
    public func subflow(of id: TaskRun.ID) -> SubflowNeeds? {
        guard let place = placeOf[id], case .subflow(let call) = flow.tasks[details[place].task].kind else {
            return nil
        }
        let counts = iterations(of: place)
        let total = runs[place].outputs?["numberOfBatches"]?.intValue.map { Int(clamping: $0) }
        let begun = counts.map { (total ?? 0) - $0[.created, default: 0] } ?? 0
        let next = runs[place].plan?["next"]?.intValue.map { Int(clamping: $0) }
        let isAsked = runs[place].plan == Self.asked || next != nil
        return SubflowNeeds(
            call: call, taskRun: runs[place], taskType: flow.tasks[details[place].task].type,
            begun: begun, isAgain: isAsked && runs[place].outputs != nil, next: next ?? 0,
            batches: call.batches.flatMap { name in
                visibleOutputs(at: place).value(at: [name] + outputPath(of: place).dropFirst())
            })
    }
}

/// A task run that starts other executions, as its executor sees it.
public struct SubflowNeeds: Sendable {
    public var call: SubflowCall
    public var taskRun: TaskRun
    /// The canonical type name of the task.
    public var taskType: String
    /// How many children exist already.
    public var begun: Int
    /// A restart: children that failed go on, and no batch gets a second child.
    public var isAgain: Bool
    /// The batches before this one were looked at again already.
    public var next: Int
    /// The outputs of the task that made the batches.
    public var batches: Value?
}

extension Value {
    fileprivate func value(at path: [String]) -> Value? {
        var current: Value? = self
        for key in path { current = current?[key] }
        return current
    }
}
