public import ApusModel

/// Something that happened to an execution: what goes into the machine.
public enum Event: Hashable, Sendable {
    /// The execution exists; begin.
    case created
    /// An attempt of a task run ended.
    case taskRunEnded(TaskRun.ID, attempt: Int, TaskResult)
    /// The process that ran an attempt is gone; nobody will report.
    case workerLost(TaskRun.ID, attempt: Int)
    case timerFired(Timer)
    /// A person (or a client) ends a pause; `nil` means every pause of the execution.
    case resumed(TaskRun.ID?, inputs: Value)
    case pauseRequested
    case killRequested
    /// Go on from what failed.
    case restarted
    /// Children of a task run were created.
    case subflowsBegan(TaskRun.ID, attempt: Int, SubflowStart)
    /// A child of a task run has ended.
    case subflowEnded(TaskRun.ID, child: Execution.ID, TaskResult)
    /// The rows of the file that a loop runs for.
    case rowsLoaded(TaskRun.ID, Result<[Value], RowsRefused>)
    /// A person gives a task run of an execution that is over another final state, and it goes on from there.
    case taskRunChanged(TaskRun.ID, State)
    /// A person gives an execution that is over another final state.
    case statusChanged(State)
    /// Labels are set beside those there are.
    case labelled([Label])
    /// A person lets what stopped at a breakpoint go on; other breakpoints may come with it.
    case breakpointPassed([Breakpoint]?)
    /// It is the turn of an execution that is QUEUED.
    case admitted
    /// A person ends an execution that is QUEUED: CANCELLED or FAILED.
    case unqueued(State)
    /// The execution exists, and something of its flow says that it fails before anything runs; the text says why.
    case startRefused(String)
}

/// The children that were created for a task run.
public struct SubflowStart: Hashable, Sendable {
    /// The only child; the last one of several.
    public var child: Execution.ID?
    /// How many were created or sent on their way again.
    public var begun: Int
    /// How many there will be; `nil` for a single child.
    public var total: Int?
    /// The list of the batches.
    public var uri: String?
    /// How many batches are in each state now, CREATED for those without a child, when all of them were looked at
    /// again; `nil` when only `begun` is new.
    public var standing: [State: Int]?
    /// The batch from which on more have to be looked at again; `nil` when none is left.
    public var next: Int?

    public init(
        child: Execution.ID?, begun: Int = 1, total: Int? = nil, uri: String? = nil,
        standing: [State: Int]? = nil, next: Int? = nil
    ) {
        self.child = child
        self.begun = begun
        self.total = total
        self.uri = uri
        self.standing = standing
        self.next = next
    }
}

/// What became of an attempt.
public struct TaskResult: Hashable, Sendable {
    public var state: State
    public var outputs: Value?
    /// When the task really began, when that is later than its dispatch.
    public var startedAt: Timestamp?
    /// What the task asks to change in the execution; looked at unless it failed.
    public var effects: [ExecutionEffect]
    /// Where the lines of the attempt are, for a task that logs to a file.
    public var logFile: String?

    public init(
        state: State, outputs: Value? = nil, startedAt: Timestamp? = nil, effects: [ExecutionEffect] = [],
        logFile: String? = nil
    ) {
        self.state = state
        self.outputs = outputs
        self.startedAt = startedAt
        self.effects = effects
        self.logFile = logFile
    }
}

/// A moment an execution waits for.
public enum Timer: Hashable, Sendable {
    /// The next attempt of a failed task run is due.
    case retry(TaskRun.ID, attempt: Int)
    /// A pause has lasted as long as it should.
    case pauseEnds(TaskRun.ID)
    /// A pause has lasted longer than its task's `timeout` allows.
    case pauseTimesOut(TaskRun.ID)
    /// The wait between two rounds of a loop is over.
    case nextRound(TaskRun.ID, round: Int)
    /// The execution has lasted as long as a MAX_DURATION of its flow's `sla` allows; its place in that list.
    case serviceLevel(Int)
}

/// Something the machine wants done: what comes out of it.
public enum Command: Hashable, Sendable {
    /// Run an attempt of a task run. Attempts count from 1.
    case dispatch(TaskRun.ID, attempt: Int)
    /// Stop an attempt; its end is still reported.
    case cancel(TaskRun.ID, attempt: Int)
    case startTimer(Timer, at: Timestamp)
    /// Create the children of a task run that do not exist yet, or some of them.
    case startSubflows(TaskRun.ID, attempt: Int)
    /// Kill the children of a task run; their ends are still reported.
    case killSubflows(TaskRun.ID)
    /// A directory that several tasks share is in use from now on, at one worker.
    case holdDirectory(TaskRun.ID)
    /// Read the rows of a file in internal storage.
    case loadRows(TaskRun.ID, uri: String)
    /// Nobody needs the shared directory any more.
    case releaseDirectory(TaskRun.ID)
    case log(LogLine)
    /// Begin another execution of the same flow with the same inputs in place of this one.
    case replace(at: Timestamp)
    /// The final state is set; tasks of `afterExecution` may still run.
    case reached(State)
    /// Nothing will happen any more unless a user asks for it.
    case ended(State)
}
