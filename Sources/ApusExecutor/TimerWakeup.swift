import ApusModel
import Synchronization

/// Tells the timer loop that something is due earlier than it knows.
final class TimerWakeup: Sendable {
    private let state = Mutex<(earliest: Timestamp?, sleeper: CheckedContinuation<Void, Never>?)>((nil, nil))

    /// Something is due by this time.
    func wake(by date: Timestamp) {
        let sleeper = state.withLock { state in
            if let earliest = state.earliest, earliest <= date {
                return nil as CheckedContinuation<Void, Never>?
            }
            state.earliest = date
            defer { state.sleeper = nil }
            return state.sleeper
        }
        sleeper?.resume()
    }

    /// Ends a wait at once; used to stop.
    func interrupt() { wake(by: Timestamp(microseconds: .min)) }

    /// The earliest time told since the last call.
    func takeEarliest() -> Timestamp? {
        state.withLock { state in
            defer { state.earliest = nil }
            return state.earliest
        }
    }

    /// Waits for `wake`, at most until `limit` passes.
    func wait(atMost limit: Duration) async {
        let nap = Task { [self] in
            // Owned by this call: cancelled and awaited below. A cancelled sleep has nothing to report.
            try? await Task.sleep(for: limit)
            release()
        }
        await withCheckedContinuation { continuation in
            let isDue = state.withLock { state in
                if state.earliest != nil { return true }
                state.sleeper = continuation
                return false
            }
            if isDue || nap.isCancelled { continuation.resume() }
        }
        nap.cancel()
        await nap.value
    }

    private func release() {
        let sleeper = state.withLock { state in
            defer { state.sleeper = nil }
            return state.sleeper
        }
        sleeper?.resume()
    }
}
