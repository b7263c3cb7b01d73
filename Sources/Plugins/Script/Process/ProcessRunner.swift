import Foundation
import Synchronization

/// Runs programs to their end and hands on what they write, line by line.
///
/// What a program started ends with it: whatever is left of its process group is terminated. A process that
/// means to stay leaves the group (`setsid`).
public struct ProcessRunner: Sendable {
    /// How long terminated processes may take to end before they are killed.
    public var gracePeriod: Duration
    /// How long after the end of the program its children may go on writing.
    public var lingerPeriod: Duration
    /// Bytes of a line that are kept; the rest of the line is dropped.
    public var lineLimit: Int
    /// Lines that begin with the first may have as many bytes as the second says.
    public var longLines: (prefix: String, limit: Int)

    public init(
        gracePeriod: Duration = .seconds(5), lingerPeriod: Duration = .seconds(1), lineLimit: Int = 64 * 1024,
        longLines: (prefix: String, limit: Int) = ("", 0)
    ) {
        self.gracePeriod = gracePeriod
        self.lingerPeriod = lingerPeriod
        self.lineLimit = lineLimit
        self.longLines = longLines
    }

    /// Takes some lines of one stream, in order. The next bytes of that stream are read when it returns, so a
    /// slow taker holds the program back.
    public typealias LineTaker = @Sendable (ProcessStream, [String]) async -> Void

    /// Runs a program until it and its group have ended and all it wrote is taken.
    ///
    /// Cancellation terminates the group, kills it after the grace period, and waits for it to be gone; the exit
    /// is returned then too.
    /// - Throws: `ProcessError` when it cannot be started, `CancellationError` when cancelled before that.
    public func run(_ command: ProcessCommand, lines take: @escaping LineTaker) async throws -> ProcessExit {
        try Task.checkCancellation()
        let child = try ChildProcess.start(command)
        let run: Run
        do {
            run = try Run(child: child, runner: self, take: take)
        } catch {
            child.signalGroup(SIGKILL)
            _ = child.reap()
            throw error
        }
        defer { run.endWatches() }
        return await withTaskCancellationHandler {
            async let out: Void = run.read(.out)
            async let errors: Void = run.read(.error)
            let exit = await run.end()
            _ = await (out, errors)
            return exit
        } onCancel: {
            run.cancel()
        }
    }
}

/// The course of one run.
private final class Run: Sendable {
    private let child: ChildProcess
    private let runner: ProcessRunner
    private let take: ProcessRunner.LineTaker
    private let ended: Readiness.Watch
    private let output: Readiness.Watch
    private let errors: Readiness.Watch
    /// Interrupted when both streams are at their end.
    private let allRead: Readiness.Watch
    private let openStreams = Atomic(2)
    /// The group is gone: what is in the pipes now is all there is.
    private let isOver = Atomic(false)
    private let isCancelled = Atomic(false)

    private static let chunkBytes = 64 * 1024
    /// A pipe holds no more than this; who writes on after the end has left the group.
    private static let lastBytes = 1 << 20

    init(child: ChildProcess, runner: ProcessRunner, take: @escaping ProcessRunner.LineTaker)
        throws(ProcessError)
    {
        self.child = child
        self.runner = runner
        self.take = take
        ended = try Readiness.shared.watch(child.endDescriptor)
        output = try Readiness.shared.watch(child.output)
        errors = try Readiness.shared.watch(child.errors)
        allRead = Readiness.shared.timer()
    }

    func cancel() {
        isCancelled.store(true, ordering: .relaxed)
        ended.interrupt()
    }

    func endWatches() {
        for watch in [ended, output, errors, allRead] { watch.end() }
    }

    /// Waits for the end of the process, then of its group.
    func end() async -> ProcessExit {
        await leaderEnds()
        if !isCancelled.load(ordering: .relaxed) {
            _ = await allRead.wait(until: .now + runner.lingerPeriod)
        }
        child.signalGroup(SIGTERM)
        let exit = child.reap()
        await groupEnds()
        isOver.store(true, ordering: .releasing)
        output.interrupt()
        errors.interrupt()
        return exit
    }

    private func leaderEnds() async {
        var deadline: ContinuousClock.Instant?
        while !child.hasEnded {
            switch await ended.wait(until: deadline) {
            case .ready: continue
            case .interrupted:
                child.signalGroup(SIGTERM)
                deadline = .now + runner.gracePeriod
            case .timedOut:
                child.signalGroup(SIGKILL)
                deadline = nil
            }
        }
    }

    /// The kernel reports the end of children only, not of their children: look, at growing intervals.
    private func groupEnds() async {
        let deadline = ContinuousClock.now + runner.gracePeriod
        let end = deadline + .seconds(2)
        var pause: Duration = .milliseconds(1)
        let clock = Readiness.shared.timer()
        defer { clock.end() }
        while child.groupIsRunning, ContinuousClock.now < end {
            if ContinuousClock.now >= deadline { child.signalGroup(SIGKILL) }
            _ = await clock.wait(until: .now + pause)
            pause = min(pause * 2, .milliseconds(50))
        }
    }

    /// Reads a stream to its end, or after the end of the group until it is empty.
    func read(_ stream: ProcessStream) async {
        let (descriptor, watch) = stream == .out ? (child.output, output) : (child.errors, errors)
        var splitter = LineSplitter(
            limit: runner.lineLimit, longPrefix: runner.longLines.prefix, longLimit: runner.longLines.limit)
        var chunk = [UInt8](repeating: 0, count: Self.chunkBytes)
        var bytesAfterEnd = 0
        while bytesAfterEnd < Self.lastBytes {
            let isOver = isOver.load(ordering: .acquiring)
            let count = Foundation.read(descriptor, &chunk, chunk.count)
            if count > 0 {
                if isOver { bytesAfterEnd += count }
                var lines: [String] = []
                splitter.append(chunk[..<count], to: &lines)
                if !lines.isEmpty { await take(stream, lines) }
                // Much output must not hold a thread that others wait for.
                await Task.yield()
            } else if count < 0, errno == EAGAIN, !isOver {
                _ = await watch.wait()
            } else if count == 0 || errno != EINTR {
                break
            }
        }
        var lines: [String] = []
        splitter.finish(&lines)
        if !lines.isEmpty { await take(stream, lines) }
        if openStreams.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { allRead.interrupt() }
    }
}
