import ApusModel
import Synchronization

/// Those who want to know when lines of an execution were stored.
final class LogFollowers: Sendable {
    private struct State {
        var next = 0
        var streams: [Execution.ID: [Int: AsyncStream<Void>.Continuation]] = [:]
    }

    private let state = Mutex(State())

    func stream(of id: Execution.ID) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.next += 1
            state.streams[id, default: [:]][state.next] = continuation
            return state.next
        }
        continuation.onTermination = { [weak self] _ in self?.remove(number, id) }
        return stream
    }

    private func remove(_ number: Int, _ id: Execution.ID) {
        state.withLock { state in
            state.streams[id]?[number] = nil
            if state.streams[id]?.isEmpty == true { state.streams[id] = nil }
        }
    }

    func wake(_ ids: Set<Execution.ID>) {
        let continuations = state.withLock { state in
            state.streams.isEmpty ? [] : ids.flatMap { state.streams[$0].map { Array($0.values) } ?? [] }
        }
        for continuation in continuations { continuation.yield() }
    }
}
