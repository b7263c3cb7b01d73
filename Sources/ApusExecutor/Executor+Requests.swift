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

    /// Goes on from what failed.
    public func restart(_ id: Execution.ID) async throws -> ExecutionSnapshot {
        try await request(.restarted, for: id) { machine in
            if machine.canRestart { return nil }
            let state = machine.execution.state.current
            guard state.isTerminal || state == .paused, state != .killed else {
                return .conflict(
                    "Execution must be terminated to be restarted, current state is '\(state.rawValue)' !")
            }
            guard !machine.isCleaningUp else {
                return .conflict(
                    "Execution is \(state.rawValue), but tasks of it still run, such as those of `errors`, `finally` or `afterExecution`"
                )
            }
            return .invalid("No task found to restart execution from!")
        }
    }

    /// Forgets an execution and everything of it in the database.
    public func delete(_ id: Execution.ID) async throws {
        try await database.write { [self] connection in
            guard let execution = try Executions.load(id, connection) else {
                throw RequestRefused.notFound("Execution `\(id)` not found")
            }
            guard execution.state.current.isTerminal else {
                throw RequestRefused.conflict(
                    "Execution is \(execution.state.current.rawValue); kill it before deleting it")
            }
            cache.forget(id)
            try Inbox.removeAll(executionID: id, connection)
            try Executions.delete(id, connection)
        }
    }

    private func request(
        _ event: Event, for id: Execution.ID,
        unless refusal: @escaping @Sendable (ExecutionMachine) -> RequestRefused?
    ) async throws -> ExecutionSnapshot {
        try await database.write { [self] connection in
            guard let machine = try machine(id, connection) else {
                throw RequestRefused.notFound("Execution `\(id)` not found")
            }
            let refused = refusal(machine)
            cache.keep(machine)
            if let refused { throw refused }
            guard let snapshot = try turn(id, [event], connection) else {
                throw RequestRefused.notFound("Execution `\(id)` not found")
            }
            return snapshot
        }
    }
}
