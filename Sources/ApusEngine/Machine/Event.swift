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
    /// A person gives a task run of an execution that is over another final state, and it goes on from there.
    case taskRunChanged(TaskRun.ID, State)
    /// A person gives an execution that is over another final state.
    case statusChanged(State)
    /// Labels are set beside those there are.
    case labelled([Label])
    /// A person lets what stopped at a breakpoint go on; other breakpoints may come with it.
    case breakpointPassed([Breakpoint]?)
}

/// What became of an attempt.
public struct TaskResult: Hashable, Sendable {
    public var state: State
    public var outputs: Value?
    /// When the task really began, when that is later than its dispatch.
    public var startedAt: Timestamp?

    public init(state: State, outputs: Value? = nil, startedAt: Timestamp? = nil) {
        self.state = state
        self.outputs = outputs
        self.startedAt = startedAt
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
}

/// Something the machine wants done: what comes out of it.
public enum Command: Hashable, Sendable {
    /// Run an attempt of a task run. Attempts count from 1.
    case dispatch(TaskRun.ID, attempt: Int)
    /// Stop an attempt; its end is still reported.
    case cancel(TaskRun.ID, attempt: Int)
    case startTimer(Timer, at: Timestamp)
    case log(LogLine)
    /// Begin another execution of the same flow with the same inputs in place of this one.
    case replace(at: Timestamp)
    /// The final state is set; tasks of `afterExecution` may still run.
    case reached(State)
    /// Nothing will happen any more unless a user asks for it.
    case ended(State)
}
