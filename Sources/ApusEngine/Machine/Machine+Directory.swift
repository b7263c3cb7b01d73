import ApusExpressions
public import ApusModel

/// `WorkingDirectory`: tasks that share a directory, and so a worker.
///
/// The directory lives as long as its worker: while it is in use a job without work stands for it, and when that job
/// is lost, everything in it is, and the block begins anew. Before the tasks a worker may have to put files into it,
/// after them to take some out; both are jobs of the block's own task run.
extension ExecutionMachine {
    /// What the block is doing; kept in the plan of its task run while it holds the directory.
    enum Stage: String {
        case prepare, tasks, collect
    }

    func stage(of place: Int) -> Stage? {
        guard case .flow(.workingDirectory) = flow.tasks[details[place].task].kind else { return nil }
        return runs[place].plan?["stage"]?.stringValue.flatMap(Stage.init(rawValue:))
    }

    /// Whether a worker works for the block itself; it has no frame then.
    func isInDirectoryWork(_ place: Int) -> Bool {
        let stage = stage(of: place)
        return stage == .prepare || stage == .collect
    }

    func holdsDirectory(_ key: Int) -> Bool { key != Self.top && stage(of: key) == .tasks }

    /// Whether a task runs in the directory of the block around it.
    func isInDirectory(task index: Int) -> Bool {
        guard let parent = flow.tasks[index].parent, case .flow(.workingDirectory) = flow.tasks[parent].kind
        else {
            return false
        }
        return flow.tasks[parent].lists.tasks.contains(index)
    }

    /// The task run that has the item of the loop around a task run: what shares a directory shares its item, too.
    func itemPlace(of place: Int) -> Int {
        guard isInDirectory(task: details[place].task), let parent = runs[place].parentID else {
            return place
        }
        return placeOf[parent] ?? place
    }

    /// The block whose directory a task run uses.
    func directory(around place: Int) -> Int? {
        isInDirectory(task: details[place].task) ? runs[place].parentID.flatMap { placeOf[$0] } : nil
    }

    mutating func enterDirectory(_ properties: DirectoryProperties, _ place: Int) {
        commands.append(.holdDirectory(runs[place].id))
        guard properties.isPrepared else { return beginInDirectory(place) }
        dispatchDirectoryWork(.prepare, place)
    }

    private mutating func beginInDirectory(_ place: Int) {
        runs[place].plan = Self.plan(.tasks)
        changes.note(place)
        frames[place] = Frame(owner: place, plan: storedPlan(of: place).0)
        steps.add(.advance(place))
    }

    /// The tasks have run: files are collected when all went well, and the directory is given up.
    mutating func leaveDirectory(_ key: Int, _ frame: Frame) {
        guard case .flow(.workingDirectory(let properties)) = flow.tasks[details[key].task].kind else {
            return
        }
        let isWell = execution.state.current != .killing && !Self.stops(frame.worst)
        guard isWell, properties.isCollected else { return release(key) }
        frames[key] = nil
        dispatchDirectoryWork(.collect, key, worst: frame.worst)
    }

    /// A task in the directory was given another state: what follows it finds a directory without the files of before.
    mutating func reopenDirectory(_ place: Int, _ moment: Moment) {
        guard case .flow(.workingDirectory) = flow.tasks[details[place].task].kind else { return }
        // Its last job may come again, under another number.
        var state = StateHistory(at: moment.now)
        state.enter(.running, at: moment.now)
        runs[place].attempts.append(TaskRun.Attempt(state: state))
        runs[place].plan = Self.plan(.tasks)
        commands.append(.holdDirectory(runs[place].id))
    }

    private mutating func release(_ key: Int) {
        runs[key].plan = nil
        changes.note(key)
        commands.append(.releaseDirectory(runs[key].id))
        steps.add(.advance(key))
    }

    private mutating func dispatchDirectoryWork(_ stage: Stage, _ place: Int, worst: State = .success) {
        runs[place].plan = Self.plan(stage, worst: worst)
        changes.note(place)
        commands.append(.dispatch(runs[place].id, attempt: jobNumber(of: stage, place)))
    }

    private static func plan(_ stage: Stage, worst: State = .success) -> Value {
        ["stage": .string(stage.rawValue), "worst": .string(worst.rawValue)]
    }

    /// An attempt of the block has two jobs; 0 stands for the directory itself.
    private func jobNumber(of stage: Stage, _ place: Int) -> Int {
        runs[place].attempts.count * 2 - (stage == .collect ? 0 : 1)
    }

    /// A job of the block itself has ended.
    mutating func directoryWorkEnded(_ place: Int, attempt: Int, _ result: TaskResult, _ moment: Moment) {
        guard let stage = stage(of: place), stage != .tasks, attempt == jobNumber(of: stage, place),
            runs[place].state.current == .running
        else { return }
        let worst = runs[place].plan?["worst"]?.stringValue.flatMap(State.init(rawValue:)) ?? .success
        if stage == .collect, let outputs = result.outputs, outputs != .map([:]) {
            runs[place].outputs = outputs
            index(outputs, of: place)
        }
        guard result.state == .success || result.state == .warning else {
            runs[place].plan = Self.undecided
            changes.note(place)
            commands.append(.releaseDirectory(runs[place].id))
            frames[place] = Frame(owner: place, plan: .chain([]))
            frames[place]?.note(result.state == .killed ? .killed : .failed)
            return steps.add(.advance(place))
        }
        if stage == .prepare, execution.state.current != .killing { return beginInDirectory(place) }
        frames[place] = Frame(owner: place, plan: .chain([]))
        frames[place]?.note(worst)
        release(place)
    }

    /// The worker is gone, and the directory with it: the block begins anew.
    mutating func directoryLost(_ place: Int, attempt: Int, _ moment: Moment) {
        guard let stage = stage(of: place), runs[place].state.current == .running else { return }
        if execution.state.current == .killing {
            // The lost jobs of its tasks end it; a job of its own has nobody else to report.
            return directoryWorkEnded(place, attempt: attempt, TaskResult(state: .killed), moment)
        }
        guard attempt == 0 || (stage != .tasks && attempt == jobNumber(of: stage, place)) else { return }
        guard case .flow(.workingDirectory(let properties)) = flow.tasks[details[place].task].kind else {
            return
        }
        log(
            place, .warn,
            "The worker is gone, and the working directory with it; the tasks in it are started again.",
            moment)
        let id = runs[place].id
        let isInPlace = forget(descendants(of: [place]))
        if let place = placeOf[id] {
            if let last = runs[place].attempts.indices.last {
                runs[place].attempts[last].state.enter(.resubmitted, at: moment.now)
            }
            var state = StateHistory(at: moment.now)
            state.enter(.running, at: moment.now)
            runs[place].attempts.append(TaskRun.Attempt(state: state))
            runs[place].plan = Self.plan(.prepare)
            frames[place] = nil
            if !isInPlace { rebuild() }
            enterDirectory(properties, place)
        }
    }

    /// Whether a task run was to run in a directory that was given up before its job was handed out.
    public func lacksDirectory(_ id: TaskRun.ID) -> Bool {
        guard let place = placeOf[id], isInDirectory(task: details[place].task) else { return false }
        return sharedDirectory(of: place) == nil
    }

    /// The directory a task run shares with those beside it.
    func sharedDirectory(of place: Int) -> TaskRun.ID? {
        let owner = details[place].frame
        guard holdsDirectory(owner), flow.tasks[details[owner].task].lists.tasks.contains(details[place].task)
        else { return nil }
        return runs[owner].id
    }

    /// The job of the block itself; `nil` while its tasks run, and for other task runs.
    func directoryJob(of place: Int) -> JobDescription? {
        guard let stage = stage(of: place), stage != .tasks else { return nil }
        let task = flow.tasks[details[place].task]
        return JobDescription(
            executionID: execution.id, flow: execution.flow, taskID: task.id,
            type: "\(task.type)$\(stage == .prepare ? "Prepare" : "Collect")", taskRunID: runs[place].id,
            attempt: jobNumber(of: stage, place), isInline: false, properties: task.properties, timeout: nil,
            logLevel: task.logLevel, edition: flow.edition, variables: variables(of: task, place),
            sharedDirectory: runs[place].id)
    }
}
