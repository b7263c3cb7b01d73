import Foundation

/// A few threads for work that waits on the disk, so that no task of Swift does.
final class StorageThreads: Sendable {
    /// Operations at a time; more wait.
    private static let width = 4

    private let queue: OperationQueue

    init() {
        queue = OperationQueue()
        queue.name = "apus-storage"
        queue.maxConcurrentOperationCount = Self.width
    }

    func run<T: Sendable>(_ work: @Sendable @escaping () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.addOperation { continuation.resume(with: Result(catching: work)) }
        }
    }
}
