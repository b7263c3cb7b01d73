import ApusModel
import Synchronization

/// Wakes those who wait for news of an execution.
final class Followers: Sendable {
    private struct Content {
        var next = 0
        var streams: [Execution.ID: [Int: AsyncStream<Void>.Continuation]] = [:]
        var ends: [Execution.ID: [Int: AsyncStream<ExecutionSnapshot>.Continuation]] = [:]
    }

    private let content = Mutex(Content())

    /// Yields after each commit that touched the execution. Only the fact is kept, never a backlog.
    func stream(of id: Execution.ID) -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let number = content.withLock { content in
                content.next += 1
                content.streams[id, default: [:]][content.next] = continuation
                return content.next
            }
            continuation.onTermination = { [self] _ in
                content.withLock { content in
                    content.streams[id]?[number] = nil
                    if content.streams[id]?.isEmpty == true { content.streams[id] = nil }
                }
            }
        }
    }

    /// Yields the execution once it has ended, as the turn that ended it left it, and finishes.
    func end(of id: Execution.ID) -> AsyncStream<ExecutionSnapshot> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let number = content.withLock { content in
                content.next += 1
                content.ends[id, default: [:]][content.next] = continuation
                return content.next
            }
            continuation.onTermination = { [self] _ in
                content.withLock { content in
                    content.ends[id]?[number] = nil
                    if content.ends[id]?.isEmpty == true { content.ends[id] = nil }
                }
            }
        }
    }

    func ended(_ snapshot: ExecutionSnapshot) {
        let waiting = content.withLock { $0.ends[snapshot.execution.id].map { Array($0.values) } ?? [] }
        for continuation in waiting {
            continuation.yield(snapshot)
            continuation.finish()
        }
    }

    func wake(_ id: Execution.ID) {
        let waiting = content.withLock { $0.streams[id].map { Array($0.values) } ?? [] }
        for continuation in waiting { continuation.yield() }
    }
}
