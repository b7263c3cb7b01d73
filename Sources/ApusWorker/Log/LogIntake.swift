import ApusModel
import Synchronization

/// Gathers the log lines of all jobs and hands them on in batches.
///
/// `add` never waits. Writers of many lines call `room`; who does not and outruns the sink has its lines dropped
/// beyond a bound, and the log says how many.
final class LogIntake: Sendable {
    /// Lines handed on at once, at most.
    static let maxBatch = 1000
    /// Lines that wait for the sink before `room` makes writers wait.
    static let highWater = 4000
    /// Bytes of the same.
    static let highWaterBytes = 4 << 20
    static let maxBytes = 64 << 20

    fileprivate struct Waiter {
        /// Resumed when as many lines in all have been taken.
        var target: Int
        var continuation: CheckedContinuation<Void, Never>
    }

    fileprivate struct Waiting {
        var lines: [LogLine] = []
        var bytes = 0
        /// Lines ever added, and of them taken by the sink.
        var added = 0
        var taken = 0
        /// By task run: its last dropped line, and how many.
        var dropped: [TaskRun.ID: (line: LogLine, count: Int)] = [:]
        var flushes: [Waiter] = []
        var isClosed = false
        /// The run loop, while it has nothing to do.
        var idle: CheckedContinuation<Void, Never>?
    }

    /// Lines that wait for the sink, at most.
    private let maxLines: Int
    private let waiting = Mutex(Waiting())
    private let sink: @Sendable ([LogLine]) async -> Void

    /// - Parameter writers: Jobs that may write at the same time.
    init(writers: Int, sink: @escaping @Sendable ([LogLine]) async -> Void) {
        // Each writer may add some hundred lines between two calls of `room`.
        maxLines = 2 * Self.highWater + 512 * min(writers, 1000)
        self.sink = sink
    }

    func add(_ line: LogLine) {
        let idle = waiting.withLock { waiting in
            guard waiting.lines.count < maxLines, waiting.bytes < Self.maxBytes else {
                let key = line.taskRunID ?? ""
                waiting.dropped[key] = (line, (waiting.dropped[key]?.count ?? 0) + 1)
                return waiting.takeIdle()
            }
            waiting.append(line)
            return waiting.takeIdle()
        }
        idle?.resume()
    }

    /// Suspends while much is waiting.
    func room() async {
        await wait { waiting in
            let isFull = waiting.lines.count >= Self.highWater || waiting.bytes >= Self.highWaterBytes
            return isFull ? waiting.taken + waiting.lines.count / 2 : nil
        }
    }

    /// Suspends until all lines added so far are taken.
    func flush() async {
        await wait { waiting in
            waiting.taken < waiting.added || !waiting.dropped.isEmpty ? waiting.added : nil
        }
    }

    private func wait(for target: @Sendable (inout Waiting) -> Int?) async {
        await withCheckedContinuation { continuation in
            let isDone = waiting.withLock { waiting in
                guard let target = target(&waiting), !waiting.isClosed || waiting.taken < waiting.added else {
                    return true
                }
                waiting.flushes.append(Waiter(target: target, continuation: continuation))
                return false
            }
            if isDone { continuation.resume() }
        }
    }

    /// Hands lines on until closed, and then what is left. Not ended by cancellation.
    func run() async {
        while true {
            let (batch, isClosed) = waiting.withLock { ($0.takeBatch(), $0.isClosed) }
            if !batch.isEmpty {
                await sink(batch)
                for done in waiting.withLock({ $0.took(batch.count) }) { done.continuation.resume() }
            } else if isClosed {
                return
            } else {
                await idle()
            }
        }
    }

    private func idle() async {
        await withCheckedContinuation { continuation in
            let hasWork = waiting.withLock { waiting in
                guard waiting.lines.isEmpty, waiting.dropped.isEmpty, !waiting.isClosed else { return true }
                waiting.idle = continuation
                return false
            }
            if hasWork { continuation.resume() }
        }
    }

    /// Ends `run` when all is handed on.
    func close() {
        let idle = waiting.withLock { waiting in
            waiting.isClosed = true
            return waiting.takeIdle()
        }
        idle?.resume()
    }
}

extension LogIntake.Waiting {
    fileprivate mutating func append(_ line: LogLine) {
        lines.append(line)
        bytes += line.message.utf8.count
        added += 1
    }

    fileprivate mutating func takeIdle() -> CheckedContinuation<Void, Never>? {
        defer { idle = nil }
        return idle
    }

    fileprivate mutating func takeBatch() -> [LogLine] {
        for (line, count) in dropped.values {
            var note = line
            note.level = .warn
            note.message = "\(count) lines were dropped here: the task wrote faster than the log can take"
            append(note)
        }
        dropped.removeAll()
        let batch = Array(lines.prefix(LogIntake.maxBatch))
        lines.removeFirst(batch.count)
        for line in batch { bytes -= line.message.utf8.count }
        return batch
    }

    /// Those whose wait is over after some more lines were taken.
    fileprivate mutating func took(_ count: Int) -> [LogIntake.Waiter] {
        taken += count
        let done = flushes.filter { $0.target <= taken }
        if !done.isEmpty { flushes.removeAll { $0.target <= taken } }
        return done
    }
}
