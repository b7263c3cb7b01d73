public import ApusModel
public import ApusPlugin
import Foundation
import Synchronization

/// Runs jobs: renders their properties, runs their task, and reports how it ended.
///
/// Jobs are handed in by `submit`; `run` is the service that works on them until it is stopped. The waiting jobs
/// are durable elsewhere: what this worker does not finish is given back.
public final class Worker: Sendable {
    /// What became of a job that was handed in.
    public enum Submission: Hashable, Sendable {
        case accepted
        /// No place is left: leave it where it is, and try again after a result.
        case full
        /// This attempt is here already.
        case known
        /// The worker is stopping.
        case stopping
    }

    private let settings: WorkerSettings
    private let registry: PluginRegistry
    private let services: Services
    private let facts: any FactProvider
    private let outlets: WorkerOutlets
    private let cache: any OutputCache
    private let now: @Sendable () -> Timestamp
    private let log: LogIntake
    private let book: Mutex<JobBook>
    private let changes: AsyncStream<Void>
    private let changed: AsyncStream<Void>.Continuation

    public init(
        settings: WorkerSettings, registry: PluginRegistry, services: Services = Services(),
        facts: any FactProvider, outlets: WorkerOutlets, cache: any OutputCache = NoOutputCache(),
        now: @escaping @Sendable () -> Timestamp = Worker.wallClock
    ) {
        self.settings = settings
        self.registry = registry
        self.services = services
        self.facts = facts
        self.outlets = outlets
        self.cache = cache
        self.now = now
        log = LogIntake(writers: settings.concurrentJobs, sink: outlets.log)
        book = Mutex(JobBook(maxRunning: settings.concurrentJobs, maxWaiting: settings.waitingJobs))
        // A change is a hint to look into the book: one is as good as many.
        (changes, changed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// The time of day.
    public static let wallClock: @Sendable () -> Timestamp = {
        Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
    }

    /// Hands in a job. Never waits.
    public func submit(_ job: Job) -> Submission {
        let submission = book.withLock { $0.submit(job) }
        if submission == .accepted { changed.yield() }
        return submission
    }

    /// How many more jobs `submit` would accept now.
    public var room: Int { book.withLock { $0.room } }

    /// Kills a job; it will be reported as killed.
    ///
    /// - Returns: False when it is not here, or has ended.
    @discardableResult
    public func cancel(_ taskRunID: TaskRun.ID) -> Bool {
        let isHere = book.withLock { $0.kill(taskRunID) }
        if isHere { changed.yield() }
        return isHere
    }

    /// Stops taking jobs and lets `run` return when those that run have ended; waiting ones are given back at
    /// once, and those that still run after the period as well.
    public func stop(after period: Duration = .zero) {
        book.withLock { $0.stop(by: .now + period) }
        changed.yield()
    }

    /// Says that nobody needs a directory any more that jobs shared; it is removed soon.
    public func release(sharedDirectory name: String) {
        book.withLock { $0.release(name) }
        changed.yield()
    }

    private func removeSharedDirectory(_ name: String) {
        let path = "\(settings.workDirectory)/\(JobRun.fileName(name))"
        guard FileManager.default.fileExists(atPath: path) else { return }
        let directory = WorkingDirectory(path: path)
        // Left in place it costs room, no more; the next start tries again.
        _ = try? directory.made()
        try? directory.remove()
    }

    /// Works until stopped. Cancellation stops it at once. Call it once.
    public func run() async {
        clearWorkDirectory()
        // Owned and awaited here; apart from this task, so that results and log lines of jobs that a cancellation
        // ends are still written.
        let service = Task { await serve() }
        await withTaskCancellationHandler {
            await service.value
        } onCancel: {
            stop()
        }
    }

    private func serve() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.log.run() }
            let heart = StopSignal()
            group.addTask { await self.beat(until: heart) }
            await work()
            heart.stop(.workerEnds)
            log.close()
        }
    }

    /// Starts jobs as places get free, until stopped and empty.
    private func work() async {
        await withDiscardingTaskGroup { group in
            for await _ in changes {
                let turn = book.withLock { $0.turn() }
                for start in turn.starts { group.addTask { await self.perform(start) } }
                for name in turn.released { group.addTask { self.removeSharedDirectory(name) } }
                if !turn.given.isEmpty { await outlets.giveBack(turn.given) }
                if let deadline = turn.deadline {
                    group.addTask { await self.wake(at: deadline) }
                }
                if turn.isOver { break }
            }
        }
    }

    private func perform(_ start: JobBook.Start) async {
        let run = JobRun(
            job: start.job, settings: settings, registry: registry, services: services, facts: facts,
            outlets: outlets, cache: cache,
            log: log, stop: start.stop, now: now)
        if start.isKilled {
            let time = now()
            await outlets.report(
                JobResult(
                    executionID: start.job.executionID, taskRunID: start.job.taskRunID,
                    attempt: start.job.attempt, state: .killed,
                    startedAt: time,
                    endedAt: time))
        } else if let result = await run.result() {
            await outlets.report(result)
        } else {
            await outlets.giveBack([start.job])
        }
        book.withLock { $0.end(start.job.taskRunID) }
        changed.yield()
    }

    private func wake(at deadline: ContinuousClock.Instant) async {
        let isEmpty = StopSignal()
        book.withLock { $0.whenEmpty(isEmpty) }
        _ = await isEmpty.wait(for: deadline - .now)
        changed.yield()
    }

    private func beat(until stop: StopSignal) async {
        while await stop.wait(for: settings.heartbeatInterval) == nil {
            await outlets.heartbeat(book.withLock { $0.jobs })
        }
    }

    /// What an earlier process left behind.
    private func clearWorkDirectory() {
        let files = FileManager.default
        for name in (try? files.contentsOfDirectory(atPath: settings.workDirectory)) ?? [] {
            let directory = WorkingDirectory(path: "\(settings.workDirectory)/\(name)")
            // Left in place it costs room, no more; the next start tries again.
            _ = try? directory.made()
            try? directory.remove()
        }
    }
}
