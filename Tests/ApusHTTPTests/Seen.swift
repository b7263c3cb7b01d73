import Synchronization

/// What a handler on another thread has noted for the test.
final class Seen<T: Sendable>: Sendable {
    private let state: Mutex<T>

    init(_ value: T) { state = Mutex(value) }

    var value: T { state.withLock { $0 } }

    func change(_ body: @Sendable (inout T) -> Void) {
        state.withLock { state in
            var copy = state
            body(&copy)
            state = copy
        }
    }
}
