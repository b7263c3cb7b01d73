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
        /// Shared directories that nobody needs any more.
        var released: [String] = []
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
    private var waiting = JobQueue()
    private var killed: Set<TaskRun.ID> = []
    private var released: [String] = []
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

    var jobs: [Job] { running.values.map(\.job) + waiting.jobs }

    mutating func submit(_ job: Job) -> Worker.Submission {
        guard stopsBy == nil else { return .stopping }
        guard running[job.taskRunID] == nil, !waiting.contains(job.taskRunID) else { return .known }
        guard room > 0 else { return .full }
        waiting.append(job)
        return .accepted
    }

    mutating func kill(_ id: TaskRun.ID) -> Bool {
        if let run = running[id] {
            run.stop.stop(.killed)
            return true
        }
        guard waiting.contains(id) else { return false }
        killed.insert(id)
        return true
    }

    mutating func release(_ directory: String) { released.append(directory) }

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
        takeReleased(&turn)
        if !killed.isEmpty {
            for job in waiting.remove(killed) { turn.starts.append(start(job, isKilled: true)) }
            killed = []
        }
        if let stopsBy {
            turn.given = waiting.jobs
            waiting = JobQueue()
            if stopsBy <= .now {
                for run in running.values { run.stop.stop(.workerEnds) }
            } else if !running.isEmpty, !isDeadlineSet {
                isDeadlineSet = true
                turn.deadline = stopsBy
            }
            turn.isOver = running.isEmpty
            return turn
        }
        while running.count < maxRunning, let job = waiting.takeFirst() {
            turn.starts.append(start(job, isKilled: false))
        }
        return turn
    }

    /// Something that was told to stop, or that nobody waits for any more, may still use its directory.
    private mutating func takeReleased(_ turn: inout Turn) {
        guard !released.isEmpty else { return }
        let used = Set(jobs.compactMap(\.sharedDirectory))
        turn.released = released.filter { !used.contains($0) }
        released.removeAll { !used.contains($0) }
    }

    private mutating func start(_ job: Job, isKilled: Bool) -> Start {
        let stop = StopSignal()
        running[job.taskRunID] = Running(job: job, stop: stop)
        return Start(job: job, stop: stop, isKilled: isKilled)
    }
}
