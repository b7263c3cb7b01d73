import ApusDatabase
import ApusEngine
public import ApusModel

/// What a person does about executions that do not run.
extension Executor {
    /// Lets an execution run that waits for its date, for a slot, or in a pause. It takes a slot of its flow even
    /// when none is free. One that runs already stays as it is.
    ///
    /// - Throws: `RequestRefused`: `notFound`, and `invalid` for one that has ended or is being killed.
    public func forceRun(_ id: Execution.ID) async throws -> ExecutionSnapshot {
        try await queueRequest(id) { [self] state, connection in
            switch state {
            case .created:
                // The event that waits for the date, and nothing else.
                try Inbox.removeAll(executionID: id, connection)
                try force(id, connection)
                return .created
            case .queued:
                try force(id, connection)
                return .admitted
            case .paused: return .resumed(nil, inputs: .map([:]))
            case .running, .retrying, .restarted, .breakpoint, .submitted: return nil
            case .killing, .success, .warning, .failed, .killed, .cancelled, .retried, .skipped, .resubmitted:
                throw RequestRefused.invalid(
                    "Only an execution that is CREATED, QUEUED, PAUSED or RUNNING can be forced to run; this one is \(state.rawValue)"
                )
            }
        }
    }

    /// Takes an execution out of the queue of its flow.
    ///
    /// - Parameter target: RUNNING lets it run, whether a slot is free or not; CANCELLED and FAILED end it.
    /// - Throws: `RequestRefused`: `notFound`, and `invalid` for one that is not QUEUED, and for another state.
    public func unqueue(_ id: Execution.ID, as target: State = .running) async throws -> ExecutionSnapshot {
        guard [.running, .cancelled, .failed].contains(target) else {
            throw RequestRefused.invalid(
                "An execution can be unqueued to RUNNING, CANCELLED or FAILED; found \(target.rawValue)")
        }
        return try await queueRequest(id) { [self] state, connection in
            guard state == .queued else {
                throw RequestRefused.invalid(
                    "Only a QUEUED execution can be unqueued; this one is \(state.rawValue)")
            }
            guard target != .running else {
                try force(id, connection)
                return .admitted
            }
            // Its tasks of `afterExecution` run without a slot.
            if let execution = try Executions.load(id, connection) { try release(execution, connection) }
            return .unqueued(target)
        }
    }

    private func force(_ id: Execution.ID, _ connection: any Connection) throws {
        guard let flow = try Executions.load(id, connection)?.flow else { return }
        let standing = try Slots.standing(of: id, connection)
        let isLimited = try Slots.limit(namespace: flow.namespace, flowID: flow.id, connection) != nil
        guard standing == .waits || (standing == nil && isLimited) else { return }
        try Slots.put(id, namespace: flow.namespace, flowID: flow.id, as: .holdsByForce, connection)
    }

    /// Applies the event that an execution in its present state needs; none leaves it as it is.
    private func queueRequest(
        _ id: Execution.ID,
        _ event: @escaping @Sendable (State, any Connection) throws -> Event?
    ) async throws -> ExecutionSnapshot {
        let snapshot = try await write { [self] connection in
            guard let state = try Executions.state(of: id, connection) else {
                throw RequestRefused.notFound("Execution `\(id)` not found")
            }
            let event = try event(state, connection)
            guard let snapshot = try turn(id, event.map { [$0] } ?? [], connection) else {
                throw RequestRefused.notFound("Execution `\(id)` not found")
            }
            return snapshot
        }
        return try await whole(snapshot)
    }
}
