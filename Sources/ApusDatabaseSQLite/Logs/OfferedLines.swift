import ApusDatabase
import Synchronization

/// Lines that wait to be stored, bounded by number and size, and those who wait for them.
final class OfferedLines: Sendable {
    private static let maxLines = 20_000
    private static let maxBytes = 16 << 20

    private struct State {
        /// The first `taken` are on their way to the disk; they leave once they are there.
        var lines: [LogEntry] = []
        var bytes = 0
        var taken = 0
        var waiters: [CheckedContinuation<Void, any Error>] = []
    }

    private let state = Mutex(State())

    /// Answers false, and takes none, when too much waits already.
    func add(_ entries: [LogEntry]) -> Bool {
        let size = Self.size(entries[...])
        return state.withLock { state in
            // Into an empty buffer everything goes, so that one large offer cannot be refused for ever.
            let fits =
                state.lines.count + entries.count <= Self.maxLines && state.bytes + size <= Self.maxBytes
            guard fits || state.lines.isEmpty else { return false }
            state.lines += entries
            state.bytes += size
            return true
        }
    }

    /// The next lines to store; `nil` when none waits or some are on their way.
    func takePart(_ limit: Int) -> [LogEntry]? {
        state.withLock { state in
            guard state.taken == 0, !state.lines.isEmpty else { return nil }
            state.taken = min(limit, state.lines.count)
            return Array(state.lines.prefix(state.taken))
        }
    }

    /// What became of the lines taken last. Those that were not stored stay, and are taken again by the next
    /// offer or flush.
    func stored(_ result: Result<Void, any Error>) {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, any Error>] in
            if case .success = result {
                state.bytes -= Self.size(state.lines.prefix(state.taken))
                state.lines.removeFirst(state.taken)
            }
            state.taken = 0
            if case .success = result, !state.lines.isEmpty { return [] }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume(with: result) }
    }

    /// Keeps the continuation until everything is stored or storing fails. Answers false when nothing waits.
    func wait(_ continuation: CheckedContinuation<Void, any Error>) -> Bool {
        state.withLock { state in
            guard !state.lines.isEmpty else { return false }
            state.waiters.append(continuation)
            return true
        }
    }

    private static func size(_ entries: ArraySlice<LogEntry>) -> Int {
        entries.reduce(0) { $0 + $1.line.message.utf8.count + 200 }
    }
}
