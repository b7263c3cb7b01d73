import ApusDatabase
import ApusEngine
import ApusExpressions
import ApusModel

/// Polling triggers: a worker of this process looks, and what it found is one transaction.
extension Executor {
    /// Marks a trigger as being evaluated, and hands it to the worker once that is durable.
    func evaluate(
        _ row: inout TriggerRow, _ properties: TemplateTree, _ flow: CompiledFlow, _ trigger: CompiledTrigger,
        id: Execution.ID, now: Timestamp, _ connection: any Connection
    ) throws {
        row.due = nil
        guard row.isActive, row.evaluating == nil, row.executionID == nil else { return }
        row.evaluating = now
        row.workerID = surroundings.worker
        var description = description(of: trigger, row.key, properties, flow)
        // What cannot be read any more counts as nothing: the trigger looks as it did at first.
        description.state = try TriggerStates.load(row.key, connection).flatMap { try? JSONParser.parse($0) }
        description.executionID = id
        description.startedAt = now
        connection.afterCommit { [surroundings, description] in surroundings.evaluate(description) }
    }

    /// Records what an evaluation found: its state, the execution it leads to and when the next one comes are one
    /// transaction. A late or doubled report changes nothing.
    ///
    @discardableResult
    public func evaluated(_ report: EvaluationReport) async throws -> EvaluationEnd {
        try await write { [self] connection in
            guard var row = try Triggers.load(report.key, connection), row.kind == .polling,
                row.evaluating == report.startedAt, row.workerID == surroundings.worker
            else { return .dropped }
            let now = surroundings.now()
            row.evaluating = nil
            row.workerID = nil
            row.updated = now
            var end = EvaluationEnd.dropped
            let key = report.key
            if let flow = try flows.compiled(
                namespace: key.namespace, id: key.flowID, revision: nil, connection),
                let trigger = flow.trigger(key.triggerID), case .polling(let interval, _) = trigger.kind
            {
                row.next = now.advanced(by: interval)
                // Switched off meanwhile, it keeps what it knew: it looks again when it is switched on.
                if row.isActive { end = try take(report, &row, flow, trigger, at: now, connection) }
            }
            row.due = row.dueDate(at: now)
            try Triggers.put(row, connection)
            if let due = row.due {
                connection.afterCommit { [wakeup = flows.triggerTimers] in wakeup.wake(by: due) }
            }
            return end
        }
    }

    private func take(
        _ report: EvaluationReport, _ row: inout TriggerRow, _ flow: CompiledFlow, _ trigger: CompiledTrigger,
        at now: Timestamp, _ connection: any Connection
    ) throws -> EvaluationEnd {
        let id = report.executionID
        var firing = Firing(flow: flow, trigger: trigger, variables: [:])
        let snapshot: ExecutionSnapshot
        switch report.outcome {
        case .failed(let reason):
            let message = "Trigger `\(trigger.id)` cannot be evaluated: \(reason)"
            if LogLevel.error >= trigger.logLevel ?? .trace {
                let line = LogLine(
                    triggerID: trigger.id, of: flow.reference, level: .error, date: now, message: message)
                try surroundings.log([KeyedLine(key: "polling/\(id)", line: line)], connection)
            }
            guard trigger.failsOnError else { return .dropped }
            snapshot = try startFailed(firing, id: id, message, connection)
        case .found(let outputs, let state):
            if let state { try TriggerStates.put(state.json, of: row.key, connection) }
            guard let outputs else { return .stored }
            firing.variables = outputs
            guard let started = try fireOrFail(firing, id: id, connection) else { return .stored }
            snapshot = started
        }
        let isOpen = !snapshot.execution.state.current.isTerminal
        row.last = now
        if isOpen, !trigger.allowsConcurrent { row.executionID = id }
        try stop(&row, trigger, after: id, isOpen: isOpen, connection)
        return .started
    }

    /// Starts an execution when the conditions of its trigger hold. What cannot be rendered or does not fit shows as
    /// an execution that has failed: what the trigger saw would be lost otherwise.
    func fireOrFail(
        _ firing: Firing, id: Execution.ID, _ connection: any Connection
    ) throws -> ExecutionSnapshot? {
        let trigger = firing.trigger
        switch try fire(firing, id: id, connection) {
        case .started(let snapshot): return snapshot
        case .notMet: return nil
        case .unreadable(let reason):
            return try startFailed(
                firing, id: id, "Trigger `\(trigger.id)` cannot be evaluated: \(reason)", connection)
        case .refused(let reasons):
            return try startFailed(
                firing, id: id,
                "Trigger `\(trigger.id)` cannot start the flow: \(reasons.joined(separator: "; "))",
                connection)
        }
    }

    func description(
        of trigger: CompiledTrigger, _ key: TriggerKey, _ properties: TemplateTree, _ flow: CompiledFlow
    ) -> TriggerDescription {
        var variables = flow.inputVariables(labels: [], surroundings: surroundings.variables)
        variables["trigger"] = ["id": .string(trigger.id), "type": .string(trigger.type)]
        return TriggerDescription(
            key: key, flow: flow.reference, type: trigger.type, properties: properties, variables: variables,
            executionID: "", startedAt: surroundings.now(), edition: flow.edition, logLevel: trigger.logLevel)
    }

    /// Triggers whose marks are cleared in one transaction.
    private static let markBatch = 500

    /// Evaluations of processes that are gone are begun anew; once, at the start.
    func clearEvaluations() async throws {
        while true {
            let count = try await write { [self] connection -> Int in
                let now = surroundings.now()
                let rows = try Triggers.evaluated(
                    notBy: surroundings.worker, limit: Self.markBatch, connection)
                for var row in rows {
                    row.evaluating = nil
                    row.workerID = nil
                    row.updated = now
                    row.due = row.dueDate(at: now)
                    try Triggers.put(row, connection)
                }
                return rows.count
            }
            if count < Self.markBatch { return }
        }
    }
}
