import ApusDatabase
import ApusEngine
import ApusExpressions
public import ApusModel

/// One bounded piece of an execution's story, inside one transaction: events go in, the machine decides, and
/// everything it decided is written before the commit or handed out after it.
///
/// Inline tasks run here, and what they give goes straight back into the machine: ten of them in a row are one
/// commit. A turn that used up its budget leaves a `goOn` in the inbox, so that the rest has an owner.
struct Turn {
    let surroundings: Surroundings
    let flows: FlowStore
    let outside: OutsideFacts
    let connection: any Connection
    let now: Timestamp
    private(set) var lines: [KeyedLine] = []
    /// What inline tasks measured.
    private(set) var metrics: [MetricPoint] = []
    private var open: [Command] = []
    private var left: Int
    /// Set when the execution reached its end in this turn.
    private(set) var hasEnded = false
    private(set) var wantsMore = false
    /// The earliest timer this turn started.
    var earliestTimer: Timestamp?
    private(set) var replacement: (date: Timestamp, execution: Execution)?

    init(
        surroundings: Surroundings, flows: FlowStore, outside: OutsideFacts, connection: any Connection,
        now: Timestamp, budget: Int
    ) {
        left = budget
        self.surroundings = surroundings
        self.flows = flows
        self.outside = outside
        self.connection = connection
        self.now = now
    }

    /// Applies events and everything that follows from them.
    mutating func run(_ machine: inout ExecutionMachine, _ events: [Event]) throws {
        for event in events {
            open += try apply(event, to: &machine)
            try work(&machine)
        }
    }

    /// No slot is free for what an event would begin.
    mutating func turnAway(
        _ event: Event, _ behavior: Concurrency.Behavior, _ machine: inout ExecutionMachine
    ) throws {
        open += try change(&machine) { (machine, facts) throws(MissingFacts) in
            try machine.turnAway(event, behavior, at: now, knowing: facts)
        }
        try work(&machine)
    }

    /// Goes on where an earlier turn stopped.
    mutating func goOn(_ machine: inout ExecutionMachine) throws {
        open += try change(&machine) { (machine, facts) throws(MissingFacts) in
            try machine.takeUp(at: now, knowing: facts)
        }
        let begun = Set(open.compactMap { if case .dispatch(let id, _) = $0 { id } else { nil } })
        for (id, attempt) in machine.unfinishedInline where !begun.contains(id) {
            open.append(.dispatch(id, attempt: attempt))
        }
        let asked = Set(open.compactMap { if case .startSubflows(let id, _) = $0 { id } else { nil } })
        for (id, attempt) in machine.unstartedSubflows where !asked.contains(id) {
            open.append(.startSubflows(id, attempt: attempt))
        }
        try work(&machine)
    }

    mutating func apply(_ event: Event, to machine: inout ExecutionMachine) throws -> [Command] {
        try change(&machine) { (machine, facts) throws(MissingFacts) in
            try machine.apply(event, at: now, knowing: facts)
        }
    }

    /// Changes the machine in place; where its expressions may ask for facts, a copy is tried until it has them.
    private func change(
        _ machine: inout ExecutionMachine,
        _ step: (inout ExecutionMachine, Facts) throws(MissingFacts) -> [Command]
    ) throws -> [Command] {
        guard machine.flow.mayNeedFacts else { return try step(&machine, Facts()) }
        var facts = Facts()
        let (copy, commands) = try knowing(&facts, machine) { (facts) throws(MissingFacts) in
            var copy = machine
            let commands = try step(&copy, facts)
            return (copy, commands)
        }
        machine = copy
        return commands
    }

    /// Repeats a computation until it has the facts it asks for; each is asked for once.
    func knowing<Answer>(
        _ facts: inout Facts, _ machine: ExecutionMachine, hiding mask: SecretMask? = nil,
        _ compute: (Facts) throws(MissingFacts) -> Answer
    ) throws -> Answer {
        while true {
            do {
                return try compute(facts)
            } catch {
                for request in error.requests where facts[request] != nil { throw error }
                let answers = try answers(to: error.requests, machine)
                for (request, answer) in answers {
                    facts[request] = answer
                    if case .secret = request, case .success(let secret?) = answer {
                        mask?.add(secret.stringValue ?? secret.json)
                    }
                }
            }
        }
    }

    /// - Throws: `OutsideFactsMissing` with all that has to be loaded before the turn can be taken.
    func answers(to requests: [FactRequest], _ machine: ExecutionMachine) throws
        -> [(FactRequest, Result<Value?, FactFailure>)]
    {
        let execution = machine.execution
        let missing = requests.filter { $0.isOutside && outside.answer($0, of: execution.id) == nil }
        guard missing.isEmpty else {
            throw OutsideFactsMissing(requests: missing, flow: execution.flow, execution: execution.id)
        }
        return requests.map { ($0, fact($0, machine)) }
    }

    private func fact(_ request: FactRequest, _ machine: ExecutionMachine) -> Result<Value?, FactFailure> {
        let execution = machine.execution
        if let answer = outside.answer(request, of: execution.id) { return answer }
        let answer = surroundings.fact(request, execution.flow, execution.id, connection)
        guard case .errorLogs = request else { return answer }
        // Lines of this turn are not stored yet.
        let own = lines.map(\.line).filter { $0.level == .error }.map(ErrorLog.value)
        return answer.map { stored in .list((stored?.listValue ?? []) + own) }
    }

    private mutating func work(_ machine: inout ExecutionMachine) throws {
        var place = 0
        while place < open.count {
            let command = open[place]
            place += 1
            left -= 1
            if left <= 0, isPostponable(command, machine) {
                // What is left waits for the next turn; jobs and timers are still handed out now.
                wantsMore = true
                continue
            }
            try carryOut(command, &machine)
        }
        open.removeAll(keepingCapacity: true)
    }

    /// Whether the next turn finds by itself that a command is still to be carried out.
    private func isPostponable(_ command: Command, _ machine: ExecutionMachine) -> Bool {
        switch command {
        case .dispatch(let id, _): machine.job(for: id)?.isInline == true
        case .startSubflows: true
        case .cancel, .startTimer, .killSubflows, .loadRows, .holdDirectory, .releaseDirectory, .log,
            .replace, .reached,
            .ended:
            false
        }
    }

    private mutating func carryOut(_ command: Command, _ machine: inout ExecutionMachine) throws {
        switch command {
        case .dispatch(let id, let attempt):
            guard machine.isRunning(id), let job = machine.job(for: id), job.attempt == attempt else {
                return
            }
            if job.isInline {
                let result = try runInline(job, machine)
                open += try apply(.taskRunEnded(id, attempt: attempt, result), to: &machine)
            } else if machine.lacksDirectory(id) {
                // An `Exit` in this turn left the directory; the task would look for files that are not there.
                open += try apply(
                    .taskRunEnded(id, attempt: attempt, TaskResult(state: .killed)), to: &machine)
            } else {
                try hand(job)
            }
        case .cancel(let id, _):
            let cancel = surroundings.cancel
            connection.afterCommit { cancel(id) }
        case .startTimer(let timer, let date):
            try Inbox.add(
                executionID: machine.execution.id, due: date,
                body: StoredEvent.event(.timerFired(timer)).json.json, connection)
            earliestTimer = min(earliestTimer ?? date, date)
        case .startSubflows(let id, let attempt):
            open += try startSubflows(id, attempt: attempt, &machine)
        case .killSubflows(let id):
            try killSubflows(of: id)
        case .loadRows(let id, let uri):
            open += try apply(.rowsLoaded(id, try rows(of: uri, machine)), to: &machine)
        case .holdDirectory(let id):
            try holdDirectory(id, of: machine.execution.id)
        case .releaseDirectory(let id):
            try releaseDirectory(id)
        case .log(let line):
            add(line, number: lines.count)
        case .replace(let date):
            replacement = (date, successor(of: machine.execution))
        case .reached:
            break
        case .ended:
            hasEnded = true
        }
    }

    private func hand(_ job: JobDescription) throws {
        try Jobs.add(
            taskRunID: job.taskRunID, attempt: job.attempt, executionID: job.executionID,
            leasedBy: surroundings.worker, leaseUntil: now.advanced(by: Executor.lease), connection)
        let start = surroundings.start
        connection.afterCommit { start(job) }
    }

    private mutating func runInline(_ job: JobDescription, _ machine: ExecutionMachine) throws -> TaskResult {
        var facts = Facts()
        let mask = SecretMask()
        for secret in job.secrets { mask.add(secret) }
        let rendered: Result<Value, ExpressionError> = try knowing(&facts, machine, hiding: mask) {
            (facts) throws(MissingFacts) in
            guard let context = machine.context(for: job.taskRunID, at: now, knowing: facts) else {
                return .success(.map([:]))
            }
            do throws(ExpressionError) {
                return .success(try job.properties.render(context))
            } catch {
                guard case .missingFacts(let requests) = error.reason else { return .failure(error) }
                throw MissingFacts(requests: requests)
            }
        }
        switch rendered {
        case .failure(let error):
            add(line(of: job, .error, mask.masked(error.message)), number: 0)
            return TaskResult(state: .failed)
        case .success(let properties):
            let outcome = surroundings.runInline(job.type, properties.mapValue ?? [:], now)
            for (number, entry) in outcome.logs.enumerated() where entry.level >= job.logLevel ?? .trace {
                add(line(of: job, entry.level, mask.masked(entry.message)), number: number)
            }
            keep(outcome.metrics, of: job)
            return TaskResult(
                state: outcome.state, outputs: outcome.outputs.map { .map($0) } ?? .map([:]),
                effects: outcome.effects)
        }
    }

    private mutating func keep(_ measured: [InlineOutcome.Metric], of job: JobDescription) {
        for (number, metric) in measured.enumerated() {
            metrics.append(
                MetricPoint(
                    key: "\(job.taskRunID)/\(job.attempt - 1)/\(number)", executionID: job.executionID,
                    namespace: job.flow.namespace, flowID: job.flow.id, taskID: job.taskID,
                    taskRunID: job.taskRunID, name: metric.name, kind: metric.kind, value: metric.value,
                    tags: metric.tags, date: now))
        }
    }

    private func line(of job: JobDescription, _ level: LogLevel, _ message: String) -> LogLine {
        LogLine(
            executionID: job.executionID, flow: job.flow, taskID: job.taskID, taskRunID: job.taskRunID,
            attempt: job.attempt - 1, level: level, date: now, message: message)
    }

    /// Spends a part of the turn's budget.
    mutating func spend(_ steps: Int) { left -= steps }

    mutating func add(_ line: LogLine, number: Int) {
        let key = "\(line.taskRunID ?? line.executionID)/\(line.attempt ?? 0)/\(now.microseconds)/\(number)"
        lines.append(KeyedLine(key: key, line: line))
    }

    /// The execution that takes over from one that is retried as a whole.
    private func successor(of execution: Execution) -> Execution {
        let id = Identifier.text(high: surroundings.random(), low: surroundings.random())
        var next = Execution(
            id: id, flow: execution.flow, createdAt: now, labels: execution.labels, inputs: execution.inputs,
            variables: execution.variables, trigger: execution.trigger)
        next.originalID = execution.originalID
        next.parentID = execution.id
        next.attemptNumber = execution.attemptNumber + 1
        next.createdDate = execution.createdDate
        next.kind = execution.kind
        // Who waits for this execution waits for that one then.
        next.callers = execution.callers
        return next
    }
}

/// The form in which expressions see error lines: `errorLogs()`.
public enum ErrorLog {
    public static func value(_ line: LogLine) -> Value {
        [
            "taskId": line.taskID.map { .string($0) } ?? .null,
            "taskRunId": line.taskRunID.map { .string($0) } ?? .null,
            "message": .string(line.message), "level": .string(line.level.rawValue),
            "timestamp": .extended(.instant(line.date)),
        ]
    }
}
