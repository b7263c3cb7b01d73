import ApusEngine
import ApusExecutor
import ApusModel

/// What users do to executions besides holding and killing them.
extension Simulation {
    /// Executions in one simulation, the replays counted.
    private static let maxExecutions = 3

    mutating func restart(_ id: Execution.ID) async throws {
        isUntouched = false
        try await allowReopening(of: id)
        _ = try await executor.restart(id)
    }

    /// A replay, a restart as a new execution, or a state given by hand.
    mutating func changeCourse(of id: Execution.ID) async throws {
        guard let (_, runs) = try await world.stored(id) else { return }
        isUntouched = false
        switch random.below(auditors.count - children.count < Self.maxExecutions ? 6 : 2) {
        case 0:
            guard let run = pick(runs) else { return }
            try await allowReopening(of: id)
            _ = try await executor.changeState(
                id, of: run.id, to: random.pick([.success, .failed, .warning]))
        case 1:
            try await allowReopening(of: id)
            _ = try await executor.changeStatus(id, to: random.pick([.success, .failed, .warning]))
        case 2:
            try await branch(from: id) { executor, new, _ in
                _ = try await executor.replay(id, as: new)
            }
        case 3:
            // With the revision it has.
            guard !children.contains(id) else { return }
            try await branch(from: id) { [flow] executor, new, _ in
                _ = try await executor.restart(id, of: flow, as: new)
            }
        default:
            guard let run = pick(runs) else { return }
            try await branch(from: id) { executor, new, breakpoints in
                var changes = ExecutionMachine.ReplayChanges()
                changes.breakpoints = breakpoints
                _ = try await executor.replay(id, from: run.id, changes, as: new)
            }
        }
    }

    /// A request that makes another execution. Whether it did is looked up when its answer is lost.
    private mutating func branch(
        from id: Execution.ID,
        _ request: (Executor, Execution.ID, [Breakpoint]) async throws -> Void
    ) async throws {
        let new = Identifier.text(high: random.next(), low: random.next())
        guard let source = auditors.first(where: { $0.id == id })?.auditor else { return }
        let auditor = source.forReplay
        do {
            try await request(executor, new, random.chance(20) ? breakpoints() : [])
        } catch {
            if try await world.stored(new) != nil { auditors.append((new, auditor)) }
            throw error
        }
        auditors.append((new, auditor))
    }

    private mutating func pick(_ runs: [TaskRun]) -> TaskRun? {
        runs.isEmpty ? nil : runs[random.below(runs.count)]
    }

    mutating func breakpoints() -> [Breakpoint] {
        flow.tasks.map(\.id).filter { _ in random.chance(25) }.map { Breakpoint(taskID: $0) }
    }

    /// A restart may go on to children that failed.
    private mutating func allowReopening(of id: Execution.ID) async throws {
        let family = try await family(of: id)
        for place in auditors.indices where family.contains(auditors[place].id) {
            auditors[place].auditor.allowedReopenings += 1
        }
    }
}
