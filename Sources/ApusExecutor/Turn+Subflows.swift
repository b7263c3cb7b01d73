import ApusDatabase
import ApusEngine
import ApusExpressions
import ApusModel

/// Executions that a task run starts, inside the turn of its own execution: a child exists, with an event that will
/// begin it, exactly when its parent knows of it.
extension Turn {
    /// Children created at once; the rest is asked for again, so that a turn stays short.
    private static let children = 200

    /// Creates the children of a task run, or sends those that failed on their way again.
    mutating func startSubflows(_ id: TaskRun.ID, attempt: Int, _ machine: inout ExecutionMachine) throws
        -> [Command]
    {
        guard let needs = machine.subflow(of: id), needs.taskRun.attempts.count == attempt,
            needs.taskRun.state.current == .running
        else { return [] }
        do {
            try forgetOldEnds(needs, machine)
            let start =
                try needs.call.batches == nil ? startOne(needs, machine) : startBatches(needs, machine)
            return try apply(.subflowsBegan(id, attempt: attempt, start), to: &machine)
        } catch let refusal as SubflowRefused {
            for (number, message) in refusal.messages.enumerated() {
                add(line(of: needs, machine, .error, message), number: number)
            }
            try killSubflows(of: id)
            return try apply(.taskRunEnded(id, attempt: attempt, TaskResult(state: .failed)), to: &machine)
        }
    }

    private mutating func startOne(_ needs: SubflowNeeds, _ machine: ExecutionMachine) throws -> SubflowStart
    {
        if needs.isAgain, let child = needs.taskRun.outputs?["executionId"]?.stringValue,
            try goOn(child: child, needs)
        {
            return SubflowStart(child: child)
        }
        return SubflowStart(child: try create(needs, batch: 0, items: nil, machine))
    }

    private mutating func startBatches(_ needs: SubflowNeeds, _ machine: ExecutionMachine) throws
        -> SubflowStart
    {
        guard let total = needs.batches?["numberOfBatches"]?.intValue.map({ Int(clamping: $0) }), total >= 0,
            let list = needs.batches?["splits"]?.stringValue
        else { throw SubflowRefused("the batches of `\(needs.call.batches ?? "")` are not there") }
        let suffix = needs.batches?["extension"]?.stringValue ?? ""
        var start = SubflowStart(child: nil, begun: 0, total: total, uri: list)
        if needs.isAgain {
            try goOnWithBatches(of: list, suffix, needs, &start, machine)
            spend(start.begun)
            return start
        }
        let last = min(total, needs.begun + Self.children)
        for batch in needs.begun..<max(last, needs.begun) {
            start.child = try create(
                needs, batch: batch, items: Batches.uri(batch, of: list, suffix), machine)
        }
        start.begun = max(0, last - needs.begun)
        spend(start.begun)
        return start
    }

    /// Looks at every batch again: what went well stays, what failed goes on, and what is not there is made.
    private mutating func goOnWithBatches(
        of list: String, _ suffix: String, _ needs: SubflowNeeds, _ start: inout SubflowStart,
        _ machine: ExecutionMachine
    ) throws {
        var rows: [Int: (row: SubflowRow, state: State)] = [:]
        for found in try Subflows.standing(taskRunID: needs.taskRun.id, connection) {
            rows[found.row.batch] = found
        }
        var standing: [State: Int] = [:]
        for batch in 0..<(start.total ?? 0) {
            let found = rows[batch]
            let isKept = batch < needs.next || !needs.call.waits
            if let (row, state) = found, isKept || row.waits || !Self.isUnsuccessful(state) {
                if needs.call.waits, !row.waits, !state.isTerminal {
                    // A person restarted it.
                    try Subflows.waitAgain(child: row.childID, connection)
                }
                standing[state.isTerminal && !row.waits ? state : .running, default: 0] += 1
            } else if start.begun < Self.children {
                start.next = batch + 1
                let isGoing = try found.map { try goOn(child: $0.row.childID, needs) } ?? false
                if !isGoing {
                    _ = try create(needs, batch: batch, items: Batches.uri(batch, of: list, suffix), machine)
                }
                start.begun += 1
                standing[.running, default: 0] += 1
            } else {
                standing[.created, default: 0] += 1
            }
        }
        start.standing = standing
        if standing[.created] == nil { start.next = nil }
    }

    private static func isUnsuccessful(_ state: State) -> Bool {
        state == .failed || state == .killed || state == .cancelled
    }

    /// The children of a new attempt are others, and what those of an earlier one came to is not heard any more.
    private func forgetOldEnds(_ needs: SubflowNeeds, _ machine: ExecutionMachine) throws {
        guard needs.taskRun.attempts.count > 1 else { return }
        if needs.taskRun.outputs == nil { try Subflows.forgetAll(taskRunID: needs.taskRun.id, connection) }
        guard needs.isAgain || needs.taskRun.outputs == nil else { return }
        for row in try Inbox.waiting(executionID: machine.execution.id, connection) {
            guard let json = try? JSONParser.parse(row.body),
                case .event(.subflowEnded(needs.taskRun.id, _, _))? = StoredEvent(json: json)
            else { continue }
            try Inbox.remove(row.sequence, connection)
        }
    }

    /// Restarts a child; false when another one has to take its place.
    private mutating func goOn(child: Execution.ID, _ needs: SubflowNeeds) throws -> Bool {
        guard needs.call.restartBehavior == .retryFailed,
            try Executions.state(of: child, connection) == .failed
        else { return false }
        if needs.call.waits { try Subflows.waitAgain(child: child, connection) }
        try send(.restarted, to: child)
        return true
    }

    /// Tells the children that a task run waits for to stop.
    mutating func killSubflows(of id: TaskRun.ID) throws {
        for row in try Subflows.waiting(taskRunID: id, connection) {
            try send(.killRequested, to: row.childID)
        }
    }

    /// Hands the end of an execution to the task run that waits for it. Answers when its turn is due.
    func reportToCaller(_ machine: ExecutionMachine) throws -> Timestamp? {
        let child = machine.execution
        if let (_, successor) = replacement {
            try Subflows.replace(child: child.id, by: successor.id, connection)
            return nil
        }
        guard let row = try Subflows.takeWaiting(child: child.id, connection) else { return nil }
        // Its caller knows the first of those that took each other's place.
        let event = Event.subflowEnded(row.taskRunID, child: child.originalID, try result(for: machine))
        try Inbox.add(
            executionID: row.parentID, due: now, body: StoredEvent.event(event).json.json, connection)
        return now
    }

    /// The state of a child and its outputs, or what its caller wants of it instead.
    private func result(for machine: ExecutionMachine) throws -> TaskResult {
        let child = machine.execution
        let result = TaskResult(state: child.state.current, outputs: child.outputs)
        guard let caller = child.trigger?["variables"], let namespace = caller["namespace"]?.stringValue,
            let id = caller["flowId"]?.stringValue, let task = caller["taskId"]?.stringValue,
            let flow = try flows.compiled(
                namespace: namespace, id: id,
                revision: caller["flowRevision"]?.intValue.map { Int(clamping: $0) }, connection),
            let place = flow.place(of: task), case .subflow(let call) = flow.tasks[place].kind,
            let outputs = call.outputs
        else { return result }
        var facts = Facts()
        let rendered: Result<Value, ExpressionError> = try knowing(&facts, machine) {
            (facts) throws(MissingFacts) in
            guard let context = machine.context(for: nil, at: now, knowing: facts) else {
                return .success(.map([:]))
            }
            return try Self.rendered(outputs, context)
        }
        switch rendered {
        case .success(let values): return TaskResult(state: result.state, outputs: values)
        case .failure(let error):
            return TaskResult(state: .failed, outputs: ["error": .string("the outputs: \(error.message)")])
        }
    }

    static func rendered(_ tree: TemplateTree, _ context: RenderContext) throws(MissingFacts)
        -> Result<Value, ExpressionError>
    {
        do throws(ExpressionError) {
            return .success(try tree.render(context))
        } catch {
            guard case .missingFacts(let requests) = error.reason else { return .failure(error) }
            throw MissingFacts(requests: requests)
        }
    }

    mutating func send(_ event: Event, to id: Execution.ID) throws {
        try Inbox.add(executionID: id, due: now, body: StoredEvent.event(event).json.json, connection)
        earliestTimer = min(earliestTimer ?? now, now)
    }

    private func line(
        of needs: SubflowNeeds, _ machine: ExecutionMachine, _ level: LogLevel, _ message: String
    )
        -> LogLine
    {
        LogLine(
            executionID: machine.execution.id, flow: machine.execution.flow, taskID: needs.taskRun.taskID,
            taskRunID: needs.taskRun.id, attempt: max(0, needs.taskRun.attempts.count - 1), level: level,
            date: now,
            message: message)
    }

    mutating func warn(_ messages: [String], _ needs: SubflowNeeds, _ machine: ExecutionMachine) {
        for message in messages { add(line(of: needs, machine, .warn, message), number: lines.count) }
    }
}

/// A child that could not be created.
struct SubflowRefused: Error {
    var messages: [String]

    init(_ messages: String...) { self.messages = messages }
    init(messages: [String]) { self.messages = messages }
}

/// The files a `ForEachItem` cuts its items into.
private enum Batches {
    /// The URI of a batch, from 0: it lies beside the list of all.
    static func uri(_ batch: Int, of list: String, _ suffix: String) -> String {
        let directory = list.lastIndex(of: "/").map { list[...$0] } ?? ""
        return "\(directory)batch-\(batch)\(suffix)"
    }
}
