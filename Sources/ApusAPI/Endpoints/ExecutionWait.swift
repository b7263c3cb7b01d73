import ApusExecutor
import ApusModel

/// Waits for an execution to end, at most for `limit`.
struct ExecutionWait {
    /// A start with `wait` answers after this time in any case, with the execution as it is then.
    static let limit = Duration.seconds(600)

    let executor: Executor

    init(_ services: APIServices) { executor = services.executor }

    func end(of snapshot: ExecutionSnapshot) async throws -> ExecutionSnapshot {
        guard !snapshot.hasEnded else { return snapshot }
        let executor = executor
        let id = snapshot.execution.id
        let last = try await withThrowingTaskGroup(of: ExecutionSnapshot?.self) { group in
            group.addTask {
                // The stream first: an end between reading and waiting is then not missed.
                let ends = executor.end(of: id)
                if try await executor.state(of: id)?.isTerminal == true,
                    let now = try await executor.snapshot(id),
                    now.hasEnded
                {
                    return now
                }
                for await end in ends { return end }
                return nil
            }
            group.addTask {
                try await Task.sleep(for: Self.limit)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        if let last { return try await executor.whole(last) }
        return try await executor.snapshot(id) ?? snapshot
    }
}

extension ExecutionSnapshot {
    /// Nothing will happen any more: the final state is set, and tasks of `afterExecution` have ended too.
    var hasEnded: Bool {
        execution.state.current.isTerminal && taskRuns.allSatisfy(\.state.current.isTerminal)
    }
}
