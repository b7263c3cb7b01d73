import Synchronization

/// Starts executions at a steady rate, whether the server is there or not, and remembers those it acknowledged.
final class Load: Sendable {
    struct Started: Sendable {
        var id: String
        var flow: LoadFlow
    }

    private struct State {
        var acknowledged: [Started] = []
        var open = 0
        var isOver = false
    }

    /// Requests in flight; above this a tick passes without one.
    private static let most = 100

    private let client: APIClient
    private let state = Mutex(State())

    init(_ client: APIClient) { self.client = client }

    var acknowledged: [Started] { state.withLock { $0.acknowledged } }

    /// Lets `run` return, once what is in flight has ended.
    func end() { state.withLock { $0.isOver = true } }

    func run(perSecond rate: Int) async {
        await withDiscardingTaskGroup { group in
            var tick = 0
            let begin = ContinuousClock.now
            while !state.withLock({ $0.isOver }), !Task.isCancelled {
                let flow = LoadFlow.allCases[tick % LoadFlow.allCases.count]
                if open() { group.addTask { await self.start(flow) } }
                tick += 1
                // Cancellation ends the loop at its head.
                try? await Task.sleep(until: begin + .seconds(1) * tick / rate)
            }
        }
    }

    private func open() -> Bool {
        state.withLock {
            guard $0.open < Self.most else { return false }
            $0.open += 1
            return true
        }
    }

    private func start(_ flow: LoadFlow) async {
        // A refused connection is what a killed server looks like: nothing was promised.
        let execution = try? await client.start(flow.name)
        state.withLock {
            $0.open -= 1
            if let execution { $0.acknowledged.append(Started(id: execution.id, flow: flow)) }
        }
    }
}
