import ApusDatabase
import ApusEngine
public import ApusModel

extension Executor {
    /// The execution as last committed; `nil` when there is none.
    public func snapshot(_ id: Execution.ID) async throws -> ExecutionSnapshot? {
        try await database.read { connection in
            guard let execution = try Executions.load(id, connection) else { return nil }
            return ExecutionSnapshot(
                execution: execution, taskRuns: try TaskRuns.load(executionID: id, connection))
        }
    }

    /// The same execution with all its task runs, those that left memory read again.
    public func whole(_ snapshot: ExecutionSnapshot) async throws -> ExecutionSnapshot {
        if snapshot.isWhole { return snapshot }
        return try await self.snapshot(snapshot.execution.id) ?? snapshot
    }

    /// The state of an execution as last committed, without reading the rest of it.
    public func state(of id: Execution.ID) async throws -> State? {
        try await database.read { try Executions.state(of: id, $0) }
    }

    /// Ends an execution: what waits is KILLED at once, what runs is told to stop.
    public func kill(_ id: Execution.ID) async throws -> ExecutionSnapshot {
        try await request(.killRequested, for: id) { machine in
            machine.execution.state.current.isTerminal
                ? .conflict("Execution is already finished, can't kill it") : nil
        }
    }

    /// Lets nothing new begin until the execution is resumed.
    public func pause(_ id: Execution.ID) async throws -> ExecutionSnapshot {
        try await request(.pauseRequested, for: id) { machine in
            let state = machine.execution.state.current
            return state == .running
                ? nil : .invalid("Only a running execution can be paused; this one is \(state.rawValue)")
        }
    }

    /// Ends the pauses of an execution.
    ///
    /// - Parameter inputs: The checked values of `onResume`. A map.
    public func resume(_ id: Execution.ID, inputs: Value = .map([:])) async throws -> ExecutionSnapshot {
        try await request(.resumed(nil, inputs: inputs), for: id) { machine in
            machine.canResume
                ? nil
                : .conflict("Execution is not paused, it is \(machine.execution.state.current.rawValue)")
        }
    }

    /// Forgets an execution and everything of it in the database.
    ///
    /// - Parameter evenOpen: One that has not ended is killed first; what a worker still runs of it is told to stop.
    public func delete(_ id: Execution.ID, evenOpen: Bool = false) async throws {
        try await write { [self] connection in
            guard let execution = try Executions.load(id, connection) else {
                throw RequestRefused.notFound("Execution `\(id)` not found")
            }
            if evenOpen, !execution.state.current.isTerminal {
                _ = try turn(id, [.killRequested], connection)
            } else if !execution.state.current.isTerminal {
                throw RequestRefused.conflict(
                    "Execution is \(execution.state.current.rawValue); kill it before deleting it")
            }
            cache.forget(id)
            try release(execution, connection)
            try Inbox.removeAll(executionID: id, connection)
            try Executions.delete(id, connection)
        }
    }

    func request(
        _ event: Event, for id: Execution.ID,
        unless refusal: @escaping @Sendable (ExecutionMachine) -> RequestRefused?
    ) async throws -> ExecutionSnapshot {
        let snapshot = try await write { [self] connection in
            guard let machine = try machine(id, connection) else {
                throw RequestRefused.notFound("Execution `\(id)` not found")
            }
            let refused = refusal(machine)
            if !machine.isOver { cache.keep(machine) }
            if let refused { throw refused }
            guard let snapshot = try turn(id, [event], connection) else {
                throw RequestRefused.notFound("Execution `\(id)` not found")
            }
            return snapshot
        }
        return try await whole(snapshot)
    }
}
