import Synchronization

/// Counts the handlers that run, so that stopping can wait for them.
final class ActiveWork: Sendable {
    private let count = Atomic(0)

    func begin() { count.add(1, ordering: .sequentiallyConsistent) }

    func end() { count.subtract(1, ordering: .sequentiallyConsistent) }

    var isIdle: Bool { count.load(ordering: .sequentiallyConsistent) == 0 }

    /// Returns when nothing runs, or when the time is over.
    func drain(within time: Duration) async {
        let deadline = ContinuousClock.now + time
        while !isIdle, ContinuousClock.now < deadline, !Task.isCancelled {
            // Cancellation ends the sleep, and the loop then ends too.
            try? await Task.sleep(for: .milliseconds(5))
        }
    }
}
