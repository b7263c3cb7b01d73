public import ApusExpressions
public import ApusModel

/// Everything a worker needs to run one attempt of a task run.
public struct JobDescription: Sendable {
    public var executionID: Execution.ID
    public var flow: FlowReference
    public var taskID: String
    /// The canonical type name.
    public var type: String
    public var taskRunID: TaskRun.ID
    /// From 1.
    public var attempt: Int
    public var isInline: Bool
    public var properties: TemplateTree
    public var timeout: Template?
    public var logLevel: LogLevel?
    public var edition: Edition
    public var logsToFile = false
    /// `nil` when the task runs every time.
    public var cache: TaskCachePolicy?
    /// The value of the loop around the task; `nil` outside of loops.
    public var loopValue: String?
    /// Texts that its variables may hold and that were stored encrypted.
    public var secrets: [String] = []
    /// What its templates read, and nothing else.
    public var variables: OrderedMap<Value>
    /// The directory it shares with other tasks: the id of the task run around them.
    public var sharedDirectory: TaskRun.ID?
}

extension ExecutionMachine {
    /// Describes the job of a dispatched task run; variables only for one that leaves this process's turn.
    public func job(for id: TaskRun.ID) -> JobDescription? {
        guard let place = placeOf[id] else { return nil }
        let task = flow.tasks[details[place].task]
        if let job = directoryJob(of: place) ?? storeJob(of: place) { return job }
        let isInline = if case .inline = task.kind { true } else { false }
        return JobDescription(
            executionID: execution.id, flow: execution.flow, taskID: task.id, type: task.type, taskRunID: id,
            attempt: runs[place].attempts.count, isInline: isInline, properties: task.properties,
            timeout: task.timeout, logLevel: task.logLevel, edition: flow.edition,
            logsToFile: task.logsToFile,
            cache: task.cache, loopValue: runs[itemPlace(of: place)].value,
            secrets: surroundings.secrets(in: execution.inputs) + outputSecrets,
            variables: isInline ? [:] : variables(of: task, place),
            sharedDirectory: sharedDirectory(of: place))
    }

    /// The variables a task's templates read; of `outputs` only the tasks they name.
    func variables(of task: CompiledTask, _ place: Int) -> OrderedMap<Value> {
        let source = ExecutionVariables(machine: self, place: place)
        let outputs = visibleOutputs(at: place)
        var result: OrderedMap<Value> = [:]
        let readsAll = task.reads.contains { $0.root == "*" }
        let roots = readsAll ? source.names : task.reads.map(\.root)
        for root in roots where result[root] == nil {
            let named = task.reads.filter { $0.root == root }
            if root == "outputs", !readsAll, named.allSatisfy({ !$0.keys.isEmpty }) {
                var part: OrderedMap<Value> = [:]
                for path in named {
                    if let key = path.keys.first, let value = outputs[key] { part[key] = value }
                }
                result[root] = .map(part)
            } else if let value = try? source.variable(root) {
                // An unknown variable is reported when the worker renders the template that names it.
                result[root] = value
            }
        }
        return result
    }

    /// What changed since the last call, for the store.
    public mutating func takeChanges() -> Changes {
        defer { changes = Changes() }
        for place in changes.runs where runs[place].plan != details[place].storedPlan {
            changes.replanned.insert(details[place].sequence)
            details[place].storedPlan = runs[place].plan
        }
        return changes
    }

    /// The number a task run is stored under.
    public func sequence(of place: Int) -> Int { details[place].sequence }

    /// The place of a task run in `runs`.
    public func place(of id: TaskRun.ID) -> Int? { placeOf[id] }
}

extension ExecutionMachine {
    /// Inline tasks that were begun and have no result: those of a turn that used up its budget or was cut off.
    public var unfinishedInline: [(id: TaskRun.ID, attempt: Int)] {
        runs.indices.compactMap { place in
            guard runs[place].state.current == .running, case .inline = flow.tasks[details[place].task].kind
            else { return nil }
            return (runs[place].id, runs[place].attempts.count)
        }
    }

    /// Whether a task run still waits for the end of its attempt: what begins and ends in one turn needs no job.
    public func isRunning(_ id: TaskRun.ID) -> Bool {
        placeOf[id].map { runs[$0].state.current == .running } ?? false
    }

    /// Takes the steps that are still to take after a reload.
    public mutating func takeUp(at now: Timestamp, knowing facts: Facts = Facts()) throws(MissingFacts)
        -> [Command]
    {
        try settle(Moment(now: now, facts: facts))
        defer { commands = [] }
        return commands
    }
}
