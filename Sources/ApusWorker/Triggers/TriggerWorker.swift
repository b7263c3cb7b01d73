public import ApusModel
public import ApusPlugin
import Foundation
import Synchronization

/// Runs triggers of plugins: evaluates those that poll when they are due, and listens to those of real time as long
/// as they are switched on.
///
/// What is durable is elsewhere: what this worker does not finish is begun anew by the next process.
public final class TriggerWorker: Sendable {
    /// Longer pauses than this are not made before listening begins again.
    private static let longestPause = Duration.seconds(60)

    private let settings: WorkerSettings
    private let registry: PluginRegistry
    private let services: Services
    private let facts: any FactProvider
    private let outlets: TriggerOutlets
    private let evaluationTimeout: ISODuration
    private let shortestPause: Duration
    private let log: LogIntake
    private let book: Mutex<TriggerBook>
    private let changes: AsyncStream<Void>
    private let changed: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - settings: The working directory must be this worker's alone.
    ///   - evaluationTimeout: An evaluation that takes longer is given up.
    ///   - shortestPause: Before listening begins again after an error; it doubles each time, up to a minute.
    public init(
        settings: WorkerSettings, registry: PluginRegistry, services: Services = Services(),
        facts: any FactProvider, outlets: TriggerOutlets, evaluationTimeout: ISODuration = .seconds(600),
        shortestPause: Duration = .seconds(1)
    ) {
        self.settings = settings
        self.registry = registry
        self.services = services
        self.facts = facts
        self.outlets = outlets
        self.evaluationTimeout = evaluationTimeout
        self.shortestPause = shortestPause
        log = LogIntake(writers: settings.concurrentJobs, sink: outlets.log)
        book = Mutex(TriggerBook(maxEvaluations: settings.concurrentJobs))
        // A change is a hint to look into the book: one is as good as many.
        (changes, changed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Hands in a trigger to be evaluated once. Never waits.
    public func evaluate(_ trigger: TriggerJob) {
        book.withLock { $0.evaluate(trigger) }
        changed.yield()
    }

    /// Says which triggers to listen to: these and no others. Never waits.
    public func subscribe(_ triggers: [TriggerJob]) {
        book.withLock { $0.subscribe(triggers) }
        changed.yield()
    }

    /// Whether it neither evaluates nor listens.
    public var isIdle: Bool { book.withLock { $0.isIdle } }

    /// Lets `run` return, after everything that runs was cancelled and has ended.
    public func stop() {
        book.withLock { $0.stop() }
        changed.yield()
    }

    /// Works until stopped or cancelled. Call it once.
    public func run() async {
        removeLeftovers()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.log.run() }
            await work()
            log.close()
        }
    }

    private func work() async {
        await withTaskGroup(of: Void.self) { group in
            let changes = changes
            group.addTask {
                await withDiscardingTaskGroup { running in
                    for await _ in changes {
                        let turn = self.book.withLock { $0.turn() }
                        for start in turn.evaluations { running.addTask { await self.evaluate(start) } }
                        for start in turn.subscriptions { running.addTask { await self.listen(start) } }
                        if turn.isOver { break }
                    }
                    running.cancelAll()
                }
            }
            await group.waitForAll()
        }
    }

    private func evaluate(_ start: TriggerBook.Start) async {
        let run = run(of: start.trigger)
        let end = await race(timeout: evaluationTimeout, stop: start.stop) { try await run.evaluate() }
        defer { run.clean() }
        // What is stopped from outside leaves its mark, and is begun anew by who removes it.
        switch end {
        case _ where Task.isCancelled: break
        case .stopped: break
        case .timedOut:
            _ = await outlets.report(
                start.trigger,
                .failure(TaskFailure("it took longer than \(evaluationTimeout.iso) and was given up")))
        case .finished(.success(let evaluation)):
            if await outlets.report(start.trigger, .success(evaluation)) { await evaluation.afterwards?() }
        case .finished(.failure(let error)):
            _ = await outlets.report(start.trigger, .failure(TaskFailure(run.words(for: error))))
        }
        book.withLock { $0.endEvaluation(start.trigger.key) }
        changed.yield()
    }

    /// Listens again and again until stopped.
    private func listen(_ start: TriggerBook.Start) async {
        var pause = shortestPause
        while !Task.isCancelled {
            let run = run(of: start.trigger)
            let end = await race(timeout: nil, stop: start.stop) { try await run.listen() }
            run.clean()
            if case .stopped = end { break }
            if Task.isCancelled { break }
            if run.hasEmitted { pause = shortestPause }
            switch end {
            case .finished(.failure(let error)):
                run.write("\(run.words(for: error)); listens again in \(pause)", .error)
            case .finished(.success), .timedOut, .stopped:
                run.write("The source has ended; listens again in \(pause)", .warn)
            }
            if await start.stop.wait(for: pause) != nil { break }
            pause = min(pause * 2, Self.longestPause)
        }
        book.withLock { $0.endSubscription(start.trigger.key) }
        changed.yield()
    }

    private func run(of trigger: TriggerJob) -> TriggerRun {
        TriggerRun(
            trigger: trigger, settings: settings, registry: registry, services: services, facts: facts,
            outlets: outlets, log: log)
    }

    /// What an earlier process left behind.
    private func removeLeftovers() {
        let files = FileManager.default
        for name in (try? files.contentsOfDirectory(atPath: settings.workDirectory)) ?? [] {
            let directory = WorkingDirectory(path: "\(settings.workDirectory)/\(name)")
            // Left in place it costs room, no more; the next start tries again.
            _ = try? directory.made()
            try? directory.remove()
        }
    }
}
