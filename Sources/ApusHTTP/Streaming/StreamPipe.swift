import Synchronization

/// Carries a streamed body from the task that writes it to the network thread that sends it.
///
/// Holds at most `capacity` bytes and one write more; the writer waits, the connection sleeps while it is empty.
final class StreamPipe: Sendable {
    static let capacity = 128 * 1024

    private enum End { case open, ended, broken }

    private struct State {
        var pending: [UInt8] = []
        var sent = 0
        var end = End.open
        var connection: NetworkConnection?
        var isSuspended = false
        var writers: [CheckedContinuation<Void, any Error>] = []

        var unsent: Int { pending.count - sent }

        mutating func wakeConnection() {
            guard isSuspended, let connection else { return }
            isSuspended = false
            connection.resume()
        }

        mutating func takeWriters() -> [CheckedContinuation<Void, any Error>] {
            defer { writers = [] }
            return writers
        }
    }

    private let state = Mutex(State())
    /// Tells whether the server is stopping; a connection must not be suspended any more then.
    private let isStopping: @Sendable () -> Bool

    init(isStopping: @escaping @Sendable () -> Bool) {
        self.isStopping = isStopping
    }

    /// Called before the response is queued.
    func attach(_ connection: NetworkConnection) {
        state.withLock { $0.connection = connection }
    }

    func write(_ bytes: [UInt8]) async throws {
        try Task.checkCancellation()
        let isFull = try state.withLock { state throws(ClientGone) in
            guard state.end == .open else { throw ClientGone() }
            if state.sent > 0 {
                state.pending.removeFirst(state.sent)
                state.sent = 0
            }
            state.pending.append(contentsOf: bytes)
            state.wakeConnection()
            return state.unsent > Self.capacity
        }
        if isFull { try await waitForSpace() }
    }

    private func waitForSpace() async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome: Result<Void, any Error>? = state.withLock { state in
                    if state.end != .open { return .failure(ClientGone()) }
                    if state.unsent <= Self.capacity { return .success(()) }
                    if Task.isCancelled { return .failure(CancellationError()) }
                    state.writers.append(continuation)
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            for writer in state.withLock({ $0.takeWriters() }) {
                writer.resume(throwing: CancellationError())
            }
        }
    }

    /// Nothing more will be written.
    func finish() { close(.ended) }

    /// The body is cut short: by a writer that failed, a client that left, a server that stops.
    func breakOff() { close(.broken) }

    private func close(_ end: End) {
        let writers = state.withLock { state in
            if state.end == .open || end == .broken { state.end = end }
            state.wakeConnection()
            return state.takeWriters()
        }
        for writer in writers { writer.resume(throwing: ClientGone()) }
    }

    /// The connection is not asked again: the response is over.
    func detach() {
        let writers = state.withLock { state in
            state.end = .broken
            state.connection = nil
            state.isSuspended = false
            state.pending = []
            state.sent = 0
            return state.takeWriters()
        }
        for writer in writers { writer.resume(throwing: ClientGone()) }
    }

    /// Gives the network thread what there is, or puts the connection to sleep (0).
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        var awakened: [CheckedContinuation<Void, any Error>] = []
        let count = state.withLock { state -> Int in
            if state.end == .broken { return endWithError }
            if state.unsent > 0 {
                let count = min(buffer.count, state.unsent)
                state.pending.withUnsafeBytes { pending in
                    buffer.copyMemory(
                        from: UnsafeRawBufferPointer(rebasing: pending[state.sent..<state.sent + count]))
                }
                state.sent += count
                if state.unsent == 0 {
                    state.pending.removeAll(keepingCapacity: state.pending.count <= Self.capacity)
                    state.sent = 0
                }
                if state.unsent <= Self.capacity / 2 { awakened = state.takeWriters() }
                return count
            }
            if state.end == .ended { return endOfStream }
            guard let connection = state.connection, !isStopping() else { return endWithError }
            state.isSuspended = true
            connection.suspend()
            return 0
        }
        for writer in awakened { writer.resume() }
        return count
    }
}

// The library's own values are macros with casts, which Swift does not see.
private let endOfStream = -1
private let endWithError = -2
