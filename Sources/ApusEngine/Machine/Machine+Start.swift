import ApusExpressions
import ApusModel

extension ExecutionMachine {
    mutating func start(_ moment: Moment) throws(MissingFacts) {
        // A replay from a task run is made of what it keeps.
        if execution.state.current == .restarted { return try beginMarked(moment) }
        guard execution.state.current == .created, frames.isEmpty else { return }
        openTop()
        startServiceLevels()
    }

    mutating func openTop() {
        frames[Self.top] = Frame(owner: nil, plan: .chain(flow.main))
        steps.add(.advance(Self.top))
    }

    /// Fails an execution before anything of it runs; neither `errors` nor `afterExecution` do.
    mutating func refuseStart(because reason: String, _ moment: Moment) {
        guard execution.state.current == .created, frames.isEmpty else { return }
        log(nil, .error, reason, moment)
        execution.error = reason
        enter(.failed, moment)
        execution.endsAs = .failed
        commands.append(.reached(.failed))
        commands.append(.ended(.failed))
    }

    /// Begins the run of a task in a lane of a frame.
    mutating func begin(task index: Int, frame: Int, lane: Int, position: Int, _ moment: Moment)
        throws(MissingFacts)
    {
        let task = flow.tasks[index]
        let place = runs.count
        let owner = frames[frame]?.owner
        var run = TaskRun(
            id: TaskRunID.make(
                execution: execution.id, restarts: execution.attemptNumber, sequence: nextSequence,
                begun: moment.now),
            taskID: task.id,
            parentID: owner.map { runs[$0].id }, createdAt: moment.now)
        if let frame = frames[frame], frame.phase == .tasks, lane < frame.values.count {
            run.value = Self.text(of: frame.values[lane])
            run.iteration = lane
        }
        if let frame = frames[frame], frame.phase == .tasks, let round = frame.round {
            run.iteration = round - 1
        }
        runs.append(run)
        details.append(
            RunDetails(task: index, sequence: nextSequence, frame: frame, lane: lane, position: position))
        nextSequence += 1
        placeOf[run.id] = place
        changes.note(place)
        if execution.state.current != .running, execution.state.current != .killing,
            !execution.state.current.isTerminal,
            execution.state.current != .retrying, execution.state.current != .paused,
            execution.state.current != .breakpoint
        {
            enter(.running, moment)
        }
        if isIteration(place) { countIteration(place, ended: nil) }
        runs[place].scope = iteration(around: place).map { runs[$0].id }
        guard !stopsAtBreakpoint(place, moment), try shouldRun(place, moment) else { return }
        switch task.kind {
        case .flow(let flowTask):
            try beginFlowTask(flowTask, place, moment)
        case .inline, .runnable, .subflow:
            dispatch(place, moment)
        }
    }

    /// Answers `runIf`; a run that must not happen is ended here.
    mutating func shouldRun(_ place: Int, _ moment: Moment) throws(MissingFacts) -> Bool {
        guard let condition = flow.tasks[details[place].task].runIf else { return true }
        switch try render(condition, for: place, moment) {
        case .success(let text) where isTruthy(rendered: text):
            return true
        case .success:
            refuse(place, .skipped, moment)
        case .failure(let error):
            log(place, .error, "`runIf` cannot be rendered: \(error.message)", moment)
            refuse(place, outcome(of: .failed, place), moment)
        }
        return false
    }

    /// Ends a run that never began; it is shown with an attempt that ended so.
    private mutating func refuse(_ place: Int, _ state: State, _ moment: Moment) {
        runs[place].attempts.append(TaskRun.Attempt(state: StateHistory(at: moment.now)))
        end(place, state, moment)
    }

    /// Starts the next attempt of a leaf and asks for it to be run.
    mutating func dispatch(_ place: Int, _ moment: Moment) {
        let isRestart = runs[place].state.current == .restarted
        runs[place].state.enter(.running, at: moment.now)
        var state = StateHistory(at: moment.now)
        state.enter(.running, at: moment.now)
        runs[place].attempts.append(TaskRun.Attempt(state: state))
        changes.note(place)
        if case .subflow(let call) = flow.tasks[details[place].task].kind {
            return startSubflows(call, place, isRestart: isRestart)
        }
        commands.append(.dispatch(runs[place].id, attempt: runs[place].attempts.count))
    }

    mutating func beginFlowTask(_ task: FlowTask, _ place: Int, _ moment: Moment) throws(MissingFacts) {
        runs[place].state.enter(.running, at: moment.now)
        var state = StateHistory(at: moment.now)
        state.enter(.running, at: moment.now)
        if hasJobs(place) {
            runs[place].attempts.append(TaskRun.Attempt(state: state))
        } else {
            runs[place].attempts = [TaskRun.Attempt(state: state)]
        }
        if case .pause(let pause) = task {
            return try beginPause(pause, place, moment)
        }
        if case .loop(let loop) = task { return try beginLoop(loop, place, moment) }
        if case .workingDirectory(let properties) = task {
            return enterDirectory(properties, place)
        }
        switch try plan(task, place, moment) {
        case .success(let frame):
            frames[place] = frame
            steps.add(.advance(place))
        case .failure(let error):
            log(place, .error, error.message, moment)
            runs[place].plan = Self.undecided
            frames[place] = Frame(owner: place, plan: .chain([]))
            frames[place]?.note(.failed)
            steps.add(.advance(place))
        }
    }

    /// A flow task for which a worker works, too: its jobs are told apart by its attempts.
    private func hasJobs(_ place: Int) -> Bool {
        switch flow.tasks[details[place].task].kind {
        case .flow(.workingDirectory), .flow(.iteration): true
        case .flow, .inline, .runnable, .subflow: false
        }
    }

    /// Kept as the plan of a flow task that could not decide what to run.
    static let undecided: Value = ["undecided": true]

    /// The text of a loop's item: plain for scalars, JSON for lists and maps.
    static func text(of value: Value) -> String {
        switch value {
        case .string(let text): text
        case .extended(let extended): extended.text
        case .null, .bool, .int, .double, .list, .map: value.json
        }
    }
}

/// Identifiers of task runs: made from the execution's id and a number, so that no randomness is needed.
enum TaskRunID {
    /// 22 letters and digits.
    ///
    /// - Parameters:
    ///   - restarts: Grows with every restart. A restart forgets task runs, and with them, once the execution is read
    ///     back, that their numbers were used: late results of theirs must not meet a new task run.
    ///   - begun: The time; loops forget the task runs of earlier rounds, too, and their logs must not mix.
    static func make(execution: Execution.ID, restarts: Int, sequence: Int, begun: Timestamp) -> TaskRun.ID {
        var high: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in execution.utf8 { high = (high ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        for number in [Int64(restarts), Int64(sequence), begun.microseconds] {
            high = mixed(high ^ mixed(UInt64(bitPattern: number)))
        }
        let low = mixed(high)
        return Identifier.text(high: mixed(high &+ low), low: low)
    }
}

/// The form of the product's identifiers: 128 bits as 22 letters and digits.
public enum Identifier {
    private static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    public static func text(high: UInt64, low: UInt64) -> String {
        var characters: [UInt8] = []
        characters.reserveCapacity(22)
        for var part in [high, low] {
            for _ in 0..<11 {
                characters.append(digits[Int(part % 62)])
                part /= 62
            }
        }
        return String(decoding: characters, as: UTF8.self)
    }
}
