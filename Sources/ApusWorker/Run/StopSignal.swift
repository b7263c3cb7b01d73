import Synchronization

/// Why a job is stopped from outside.
enum StopReason: Sendable {
    case killed
    /// The worker ends; the job may be run elsewhere.
    case workerEnds
}

/// Lets somebody else stop a piece of work. The first reason counts, and stays.
final class StopSignal: Sendable {
    private struct State {
        var reason: StopReason?
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func stop(_ reason: StopReason) {
        wake { state in if state.reason == nil { state.reason = reason } }
    }

    /// Suspends until stopped; `nil` when the waiting task is cancelled first. One waiter at a time.
    func wait() async -> StopReason? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDone = state.withLock { state in
                    if state.reason != nil || Task.isCancelled { return true }
                    state.waiter = continuation
                    return false
                }
                if isDone { continuation.resume() }
            }
        } onCancel: {
            wake { _ in }
        }
        return state.withLock { $0.reason }
    }

    /// Suspends until stopped; `nil` when the period is over first.
    func wait(for period: Duration) async -> StopReason? {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = await self.wait() }
            group.addTask { try? await Task.sleep(for: period) }  // cancelled when stopped
            await group.next()
            group.cancelAll()
        }
        return state.withLock { $0.reason }
    }

    private func wake(_ change: (inout State) -> Void) {
        let waiter = state.withLock { state in
            change(&state)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }
}
