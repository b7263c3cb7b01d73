import Dispatch
import Synchronization

/// Work handed from any task to threads that wait for it, with a bound on what waits.
final class BoundedQueue<Element: Sendable>: Sendable {
    enum Push { case accepted, full, closed }

    private struct State {
        var items: [Element] = []
        /// The first item that was not taken yet.
        var head = 0
        var urgent: [Element] = []
        var sleepers = 0
        var isClosed = false

        var count: Int { items.count - head + urgent.count }

        mutating func next() -> Element? {
            if !urgent.isEmpty { return urgent.removeFirst() }
            guard head < items.count else { return nil }
            let item = items[head]
            head += 1
            // Taken items are let go once they are the larger half, so that each is moved at most once.
            if head * 2 >= items.count {
                items.removeFirst(head)
                head = 0
            }
            return item
        }
    }

    private let state = Mutex(State())
    private let awake = DispatchSemaphore(value: 0)
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    var count: Int { state.withLock { $0.count } }

    /// - Parameter isUrgent: Before everything else, and accepted beyond the limit; for the few that block a thread.
    func push(_ element: Element, isUrgent: Bool = false) -> Push {
        let (answer, wakes) = state.withLock { state -> (Push, Bool) in
            guard !state.isClosed else { return (.closed, false) }
            if isUrgent {
                state.urgent.append(element)
            } else {
                guard state.count < limit else { return (.full, false) }
                state.items.append(element)
            }
            guard state.sleepers > 0 else { return (.accepted, false) }
            state.sleepers -= 1
            return (.accepted, true)
        }
        if wakes { awake.signal() }
        return answer
    }

    /// The next item, if one waits.
    func pop() -> Element? { state.withLock { $0.next() } }

    /// The next item; blocks the thread until there is one. `nil` when the queue is closed and empty.
    func popWaiting() -> Element? {
        while true {
            let (item, isOver) = state.withLock { state -> (Element?, Bool) in
                if let item = state.next() { return (item, false) }
                if state.isClosed { return (nil, true) }
                state.sleepers += 1
                return (nil, false)
            }
            if let item { return item }
            if isOver { return nil }
            awake.wait()
        }
    }

    /// Takes nothing more; what waits is still handed out.
    func close() {
        let sleepers = state.withLock { state in
            state.isClosed = true
            defer { state.sleepers = 0 }
            return state.sleepers
        }
        for _ in 0..<sleepers { awake.signal() }
    }
}
