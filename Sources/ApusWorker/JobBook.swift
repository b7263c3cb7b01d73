import ApusModel

/// Which jobs a worker holds: those that wait, in order, and those that run. Values only; the worker acts.
struct JobBook {
    /// A job to begin with, or to report as killed at once.
    struct Start {
        var job: Job
        var stop: StopSignal
        var isKilled: Bool
    }

    /// What is to be done now.
    struct Turn {
        var starts: [Start] = []
        /// Waiting jobs that will not be started any more.
        var given: [Job] = []
        /// When to look again; set once.
        var deadline: ContinuousClock.Instant?
        /// Stopped, and nothing runs.
        var isOver = false
    }

    private struct Running {
        var job: Job
        var stop: StopSignal
    }

    let maxRunning: Int
    let maxWaiting: Int
    private var waiting: [Job] = []
    private var killed: Set<TaskRun.ID> = []
    private var running: [TaskRun.ID: Running] = [:]
    private var stopsBy: ContinuousClock.Instant?
    private var isDeadlineSet = false
    private var emptySignals: [StopSignal] = []

    init(maxRunning: Int, maxWaiting: Int) {
        self.maxRunning = maxRunning
        self.maxWaiting = maxWaiting
    }

    var room: Int {
        stopsBy == nil ? max(0, maxRunning - running.count) + maxWaiting - waiting.count : 0
    }

    var jobs: [Job] { running.values.map(\.job) + waiting }

    mutating func submit(_ job: Job) -> Worker.Submission {
        guard stopsBy == nil else { return .stopping }
        guard running[job.taskRunID] == nil, !waiting.contains(where: { $0.taskRunID == job.taskRunID })
        else {
            return .known
        }
        guard room > 0 else { return .full }
        waiting.append(job)
        return .accepted
    }

    mutating func kill(_ id: TaskRun.ID) -> Bool {
        if let run = running[id] {
            run.stop.stop(.killed)
            return true
        }
        guard waiting.contains(where: { $0.taskRunID == id }) else { return false }
        killed.insert(id)
        return true
    }

    mutating func stop(by deadline: ContinuousClock.Instant) {
        stopsBy = min(stopsBy ?? deadline, deadline)
        isDeadlineSet = false
    }

    mutating func end(_ id: TaskRun.ID) {
        running[id] = nil
        if running.isEmpty {
            for signal in emptySignals { signal.stop(.workerEnds) }
            emptySignals = []
        }
    }

    /// Signals when nothing runs any more.
    mutating func whenEmpty(_ signal: StopSignal) {
        if running.isEmpty { signal.stop(.workerEnds) } else { emptySignals.append(signal) }
    }

    mutating func turn() -> Turn {
        var turn = Turn()
        if !killed.isEmpty {
            for job in waiting where killed.contains(job.taskRunID) {
                turn.starts.append(start(job, isKilled: true))
            }
            waiting.removeAll { killed.contains($0.taskRunID) }
            killed = []
        }
        if let stopsBy {
            turn.given = waiting
            waiting = []
            if stopsBy <= .now {
                for run in running.values { run.stop.stop(.workerEnds) }
            } else if !running.isEmpty, !isDeadlineSet {
                isDeadlineSet = true
                turn.deadline = stopsBy
            }
            turn.isOver = running.isEmpty
            return turn
        }
        while running.count < maxRunning, !waiting.isEmpty {
            turn.starts.append(start(waiting.removeFirst(), isKilled: false))
        }
        return turn
    }

    private mutating func start(_ job: Job, isKilled: Bool) -> Start {
        let stop = StopSignal()
        running[job.taskRunID] = Running(job: job, stop: stop)
        return Start(job: job, stop: stop, isKilled: isKilled)
    }
}
