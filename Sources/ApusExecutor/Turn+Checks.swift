public import ApusEngine
import ApusExpressions
import ApusModel

extension Turn {
    /// Asks the flow's checks whether an execution may begin; answers the event it begins with.
    ///
    /// - Throws: `RequestRefused.invalid`, naming every check that failed, when one of them blocks.
    mutating func admit(_ machine: ExecutionMachine, isChecked: Bool) throws -> Event {
        guard isChecked, !machine.flow.checks.isEmpty else { return .created }
        let failed = try failedChecks(of: machine)
        guard let strictest = failed.map(\.behavior).max() else { return .created }
        switch strictest {
        case .blockExecution: throw RequestRefused.invalid(FailedCheck.reason(failed))
        case .failExecution: return .startRefused(FailedCheck.reason(failed))
        case .createExecution:
            for check in failed {
                add(
                    LogLine(
                        executionID: machine.execution.id, flow: machine.execution.flow, level: check.level,
                        date: now, message: "A check of the flow failed: \(check.message)"),
                    number: lines.count)
            }
            return .created
        }
    }

    func failedChecks(of machine: ExecutionMachine) throws -> [FailedCheck] {
        var facts = Facts()
        return try knowing(&facts, machine) { (facts) throws(MissingFacts) in
            try machine.failedChecks(at: now, knowing: facts)
        }
    }
}

extension Executor {
    /// The flow's checks that an execution would fail, without starting it. In the order of the flow.
    public func failedChecks(of new: NewExecution) async throws -> [FailedCheck] {
        guard !new.flow.checks.isEmpty else { return [] }
        let id = new.id ?? newID()
        return try await read { [self] connection in
            let now = surroundings.now()
            let turn = Turn(
                surroundings: surroundings, flows: flows, outside: outside, connection: connection, now: now,
                budget: turnBudget)
            return try turn.failedChecks(of: machine(of: new, id: id, at: now))
        }
    }
}
