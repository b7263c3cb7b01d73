public import ApusExpressions
public import ApusModel

/// The rules of an execution: what happened goes in, what follows comes out.
///
/// Pure: no clock, disk, network or randomness. The same execution, event, time and facts give the same answer.
/// The cost of an event follows what it changes, never the number of task runs.
///
/// A task run belongs to a *frame* (the top of the execution, or the flow task run around it) and, in it, to a
/// *lane*: a row of tasks that run one after another. `Sequential` has one lane, `Parallel` one a child,
/// `ForEach` one an item. When a task run ends, its lane goes on; when a lane is over, the frame begins the next
/// one; when no lane is left, the frame passes to `errors`, `finally`, and ends.
public struct ExecutionMachine: Sendable {
    public internal(set) var execution: Execution
    public let flow: CompiledFlow
    /// In the order of their creation.
    public internal(set) var runs: [TaskRun]
    public let surroundings: ExpressionSurroundings

    // Beside each run, by place.
    var details: [RunDetails]
    var placeOf: [TaskRun.ID: Int]
    var frames: [Int: Frame]
    /// Frames are keyed by the place of their owner; the top is -1.
    static let top = -1

    /// The outputs of all task runs, as expressions see them under `outputs`.
    var outputs: Value
    /// The outputs of what runs in an iteration, by the place of the iteration.
    var scopes: [Int: Value] = [:]
    /// The texts in it that are stored encrypted.
    var outputSecrets: [String] = []
    var changes: Changes
    var steps: StepQueue
    var commands: [Command]

    /// What a task run needs besides what is stored.
    struct RunDetails {
        /// Place of the task in `flow.tasks`.
        var task: Int
        /// Number under which the run is stored; grows, never used twice.
        var sequence: Int
        var frame: Int
        var lane: Int
        var position: Int
        /// The plan as the store has it.
        var storedPlan: Value?
    }

    /// A new execution: nothing has run.
    public init(
        execution: Execution, flow: CompiledFlow,
        surroundings: ExpressionSurroundings = ExpressionSurroundings()
    ) {
        self.execution = execution
        self.flow = flow
        self.surroundings = surroundings
        runs = []
        details = []
        placeOf = [:]
        frames = [:]
        outputs = .map([:])
        changes = Changes()
        steps = StepQueue()
        commands = []
        nextSequence = 0
    }

    var nextSequence: Int
    /// Task runs that are PAUSED.
    var pausedRuns = 0

    /// Task runs that were let go of: they are in the store only.
    var letGoRuns = 0
    /// The lanes they ran in, by the loop around them.
    var pastLanes: [TaskRun.ID: PastLanes] = [:]
    /// Iterations over since some were let go of.
    var lanesOver = 0

    /// Records what happened and says what follows.
    ///
    /// - Parameters:
    ///   - event: What happened. One that no longer applies (an old attempt, a fired timer of an ended task run)
    ///     changes nothing.
    ///   - facts: What the flow's expressions need from outside: secrets, key-value entries, files.
    /// - Throws: `MissingFacts` when an expression needs more. Drop this copy, load them, apply to the original.
    public mutating func apply(_ event: Event, at now: Timestamp, knowing facts: Facts = Facts())
        throws(MissingFacts) -> [Command]
    {
        let moment = Moment(now: now, facts: facts)
        switch event {
        case .created:
            try start(moment)
        case .taskRunEnded(let id, let attempt, let result):
            taskRunEnded(id, attempt: attempt, result, moment)
        case .workerLost(let id, let attempt):
            try workerLost(id, attempt: attempt, moment)
        case .timerFired(let timer):
            try timerFired(timer, moment)
        case .resumed(let id, let inputs):
            try resume(id, inputs: inputs, moment)
        case .pauseRequested:
            pause(moment)
        case .killRequested:
            kill(moment)
        case .restarted:
            try restart(moment)
        case .subflowsBegan(let id, let attempt, let start):
            subflowsBegan(id, attempt: attempt, start, moment)
        case .rowsLoaded(let id, let rows):
            rowsLoaded(id, rows, moment)
        case .subflowEnded(let id, let child, let result):
            subflowEnded(id, child: child, result, moment)
        case .taskRunChanged(let id, let state):
            try changeState(of: id, to: state, moment)
        case .statusChanged(let state):
            changeStatus(to: state, moment)
        case .labelled(let labels):
            label(labels)
        case .breakpointPassed(let breakpoints):
            try passBreakpoints(breakpoints, moment)
        case .admitted:
            try admit(moment)
        case .unqueued(let state):
            unqueue(as: state, moment)
        case .startRefused(let reason):
            refuseStart(because: reason, moment)
        }
        return try settled(moment)
    }

    /// Carries out what follows, and says what has to be done outside.
    mutating func settled(_ moment: Moment) throws(MissingFacts) -> [Command] {
        try settleWatched(moment)
        pauseWhenOnlyPausesAreLeft(moment)
        defer { commands = [] }
        return commands
    }

    /// Now, and what is known about the outside.
    struct Moment {
        var now: Timestamp
        var facts: Facts
    }
}

/// What expressions see besides the execution itself.
public struct ExpressionSurroundings: Sendable {
    /// `envs`, `globals`, `kestra`.
    public var variables: OrderedMap<Value>
    /// Gives the text of an encrypted value back; `nil` when it cannot be had.
    public var reveal: (@Sendable (String) -> String?)?

    /// Turns a text into its stored, encrypted form; `nil` when encryption is not configured.
    public var conceal: (@Sendable (String) throws -> Value)?

    public init(
        variables: OrderedMap<Value> = [:], reveal: (@Sendable (String) -> String?)? = nil,
        conceal: (@Sendable (String) throws -> Value)? = nil
    ) {
        self.variables = variables
        self.reveal = reveal
        self.conceal = conceal
    }

    /// Values as expressions see them: what is stored encrypted is text again.
    func revealed(_ value: Value) -> Value {
        guard let reveal else { return value }
        switch value {
        case .list(let items): return .list(items.map(revealed))
        case .map(let entries):
            if let message = Self.message(in: entries) {
                return reveal(message).map { .string($0) } ?? value
            }
            return .map(entries.mapValues(revealed))
        case .null, .bool, .int, .double, .string, .extended: return value
        }
    }

    /// The texts in a value that are stored encrypted.
    func secrets(in value: Value) -> [String] {
        guard let reveal else { return [] }
        switch value {
        case .list(let items): return items.flatMap(secrets)
        case .map(let entries):
            if let message = Self.message(in: entries) { return reveal(message).map { [$0] } ?? [] }
            return entries.values.flatMap(secrets)
        case .null, .bool, .int, .double, .string, .extended: return []
        }
    }

    /// The encrypted text that a map stands for.
    private static func message(in entries: OrderedMap<Value>) -> String? {
        guard entries.count == 2, entries["type"] == "io.kestra.datatype:aes_encrypted" else { return nil }
        return entries["value"]?.stringValue
    }
}

/// An expression needs facts that were not given.
public struct MissingFacts: Error, Sendable {
    public var requests: [FactRequest]

    public init(requests: [FactRequest]) { self.requests = requests }
}

/// What an event changed, for the store.
public struct Changes: Sendable {
    public var execution = false
    /// Places of the task runs to write.
    public internal(set) var runs: [Int] = []
    /// Sequence numbers of the task runs that are gone.
    public internal(set) var removed: [Int] = []
    /// Sequence numbers of the task runs, among those to write, whose plan is another than the stored one.
    public internal(set) var replanned: Set<Int> = []
    private var noted: Set<Int> = []

    mutating func note(_ place: Int) {
        if noted.insert(place).inserted { runs.append(place) }
    }
}

/// Work that follows from an event inside the machine; a queue rather than calls, so that ten thousand skipped
/// items do not nest ten thousand calls.
struct StepQueue {
    enum Step {
        /// A task run reached a final state: its lane goes on.
        case ended(Int)
        /// A lane whose first run is missing begins anew.
        case begin(frame: Int, lane: Int)
        /// A frame may begin lanes, or is over.
        case advance(Int)
    }

    private var waiting: [Step] = []
    private var head = 0

    mutating func add(_ step: Step) { waiting.append(step) }

    mutating func next() -> Step? {
        guard head < waiting.count else {
            waiting.removeAll(keepingCapacity: true)
            head = 0
            return nil
        }
        defer { head += 1 }
        return waiting[head]
    }

    /// Forgets that some task runs have ended: nothing goes on from them.
    mutating func drop(endedIn places: Set<Int>) {
        waiting = waiting[head...].filter { step in
            if case .ended(let place) = step { !places.contains(place) } else { true }
        }
        head = 0
    }

    mutating func clear() {
        waiting = []
        head = 0
    }
}
