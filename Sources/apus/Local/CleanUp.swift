import Synchronization

/// What is left to do when the process ends at once.
final class CleanUp: Sendable {
    private let action = Mutex<(@Sendable () -> Void)?>(nil)

    func set(_ action: @escaping @Sendable () -> Void) { self.action.withLock { $0 = action } }

    func callAsFunction() { action.withLock { $0 }?() }
}
