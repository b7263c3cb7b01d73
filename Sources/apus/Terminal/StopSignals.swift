import Dispatch
import Foundation
import Synchronization

/// SIGINT and SIGTERM: the first is a request to stop, the second ends the process at once.
final class StopSignals: Sendable {
    /// Yields once, at the first signal.
    let requests: AsyncStream<Void>
    private let counter = Counter()
    private let sources: Mutex<[any DispatchSourceSignal]>

    /// - Parameter lastWords: Called on the second signal, before the process ends; must not wait for anything.
    init(lastWords: @escaping @Sendable () -> Void = {}) {
        let (requests, continuation) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingOldest(1))
        self.requests = requests
        let queue = DispatchQueue(label: "apus.signals")
        let sources = [SIGINT, SIGTERM].map { [counter] number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                if counter.next() == 1 {
                    continuation.yield()
                } else {
                    lastWords()
                    _exit(128 + number)
                }
            }
            source.activate()
            return source
        }
        self.sources = Mutex(sources)
    }

    private final class Counter: Sendable {
        private let count = Mutex(0)

        func next() -> Int {
            count.withLock { count in
                count += 1
                return count
            }
        }
    }
}
