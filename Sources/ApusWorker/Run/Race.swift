import ApusModel

/// How a piece of work came to its end.
enum RaceEnd<T: Sendable>: Sendable {
    case finished(Result<T, any Error>)
    case timedOut
    case stopped(StopReason)
}

/// Does work until it is done, its time is over, or it is stopped, whichever comes first. In the latter cases the
/// work is cancelled, and its end awaited.
func race<T: Sendable>(
    timeout: ISODuration?, stop: StopSignal, _ work: @escaping @Sendable () async throws -> T
) async -> RaceEnd<T> {
    await withTaskGroup(of: RaceEnd<T>?.self) { group in
        group.addTask {
            do { return .finished(.success(try await work())) } catch { return .finished(.failure(error)) }
        }
        group.addTask { await stop.wait().map { .stopped($0) } }
        if let timeout {
            group.addTask {
                do {
                    try await Task.sleep(for: .microseconds(max(0, timeout.microseconds)))
                    return .timedOut
                } catch { return nil }  // cancelled: somebody else was first
            }
        }
        var end: RaceEnd<T>?
        for await next in group {
            guard let next, end == nil else { continue }
            end = next
            group.cancelAll()
        }
        return end ?? .stopped(.workerEnds)
    }
}
