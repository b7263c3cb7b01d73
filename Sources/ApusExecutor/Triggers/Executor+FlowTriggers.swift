import ApusDatabase
import ApusEngine
import ApusExpressions
import ApusModel

/// What an execution that changed its state means for one flow trigger.
extension Executor {
    /// Draws the consequences of an event, once.
    func look(at event: FlowTriggerEvent) async throws {
        let id = newID()
        try await write { [self] connection in
            guard try FlowTriggerEvents.remove(event.sequence, connection),
                try Triggers.load(event.key, connection)?.isActive == true,
                let flow = try flows.compiled(
                    namespace: event.key.namespace, id: event.key.flowID, revision: nil, connection),
                let trigger = flow.trigger(event.key.triggerID), case .flow(let listener) = trigger.kind,
                !trigger.isDisabled, !flow.isDisabled,
                let execution = try Executions.load(event.executionID, connection)
            else { return }
            let glance = FlowGlance(
                event: event, execution: execution, flow: flow, trigger: trigger, listener: listener, id: id)
            try look(glance, connection)
        }
    }

    private func look(_ glance: FlowGlance, _ connection: any Connection) throws {
        let candidates = glance.listener.requirements.filter { $0.fits(glance.signal) }
        guard !candidates.isEmpty else { return }
        let scope = try scope(of: glance, candidates, connection)
        var met: [FlowRequirement] = []
        switch try scope.holds(glance.trigger.condition) {
        case .success(true): break
        case .success(false): return
        case .failure(let error): return try unreadable("its conditions", error, glance, connection)
        }
        for requirement in candidates {
            switch try scope.holds(requirement.condition) {
            case .success(true): met.append(requirement)
            case .success(false): break
            case .failure(let error):
                try unreadable("the condition of `\(requirement.key)`", error, glance, connection)
            }
        }
        guard !met.isEmpty else { return }
        let hits = met.map { glance.evidence(for: $0) }
        let key = glance.event.key
        let known =
            glance.listener.keepsEvidence
            ? try FlowTriggerEvidence.all(key, connection).map(FlowEvidence.init) : []
        switch glance.listener.take(hits, knowing: known) {
        case .outside: return
        case .waits(let seen):
            try FlowTriggerEvidence.replace(key, by: seen.map(FlowTriggerEvidenceRow.init), connection)
        case .fires(let seen, let kept):
            if glance.listener.keepsEvidence {
                try FlowTriggerEvidence.replace(key, by: kept.map(FlowTriggerEvidenceRow.init), connection)
            }
            try fire(glance, seen: seen, scope, connection)
        }
    }

    /// Where the expressions of the trigger are rendered. Task runs are read only when one of them asks for them.
    private func scope(
        of glance: FlowGlance, _ candidates: [FlowRequirement], _ connection: any Connection
    ) throws -> TriggerScope {
        let execution = glance.execution
        let templates = ([glance.trigger.condition] + candidates.map(\.condition)).flatMap(\.templates)
        let reads =
            templates.flatMap(\.reads) + (glance.trigger.inputs?.reads ?? [])
            + glance.trigger.labels.flatMap(\.value.reads)
        let needsRuns = reads.contains { ["outputs", "tasks", "attemptStates", "*"].contains($0.root) }
        var own = glance.flow.inputVariables(labels: [], surroundings: surroundings.variables)
        // Those of the execution that fires.
        for name in ["labels", "vars"] { own[name] = nil }
        var base: any VariableSource = Variables(glance.known)
        // A revision that does not compile any more leaves what the execution itself tells.
        if let flow = try flows.compiled(execution.flow, connection) {
            let stored = needsRuns ? try TaskRuns.loadNumbered(executionID: execution.id, connection) : []
            let machine =
                needsRuns
                ? ExecutionMachine(
                    execution: execution, flow: flow, stored: stored, surroundings: surroundings.expressions)
                : ExecutionMachine(execution: execution, flow: flow, surroundings: surroundings.expressions)
            if let context = machine.context(for: nil, at: glance.event.date, knowing: Facts()) {
                base = context.variables
            }
            var states: OrderedMap<Value> = [:]
            for attempt in stored.flatMap(\.run.attempts) { states[attempt.state.current.rawValue] = true }
            own["attemptStates"] = .map(states)
        }
        own["trigger"] = .map(glance.shown(glance.variables(outputs: execution.outputs)))
        return TriggerScope(
            surroundings: surroundings, outside: outside, connection: connection, flow: glance.flow,
            execution: glance.id, now: surroundings.now(),
            variables: UpstreamVariables(base: base, state: glance.event.state, own: own))
    }

    private func fire(
        _ glance: FlowGlance, seen: [FlowEvidence], _ scope: TriggerScope, _ connection: any Connection
    ) throws {
        let (flow, trigger, execution) = (glance.flow, glance.trigger, glance.execution)
        if let refusal = try Lineage.refusal(of: flow.reference, after: execution, connection) {
            return try tell(.error, glance.message(refusal), glance, connection)
        }
        let outputs = glance.listener.outputs(execution.outputs, of: execution.id, seen: seen)
        var firing = Firing(
            flow: flow, trigger: trigger, variables: glance.variables(outputs: outputs))
        firing.callers = Lineage.callers(after: execution)
        firing.labels = execution.labels.filter { $0.key == "system.correlationId" }
        firing.mayLeaveOutInputs = glance.listener.mayLeaveOutInputs
        var inputScope = scope
        if var variables = scope.variables as? UpstreamVariables {
            variables.own["trigger"] = .map(
                glance.listener.inputsSeeTrigger
                    ? glance.shown(firing.variables) : ["outputs": outputs ?? .map([:])])
            inputScope.variables = variables
        }
        switch try start(firing, id: glance.id, in: inputScope, connection) {
        case .started: break
        case .notMet: return
        case .unreadable(let reason):
            try refused("Trigger `\(trigger.id)` cannot be evaluated: \(reason)", firing, glance, connection)
        case .refused(let reasons):
            try refused(
                "Trigger `\(trigger.id)` cannot start the flow: \(reasons.joined(separator: "; "))", firing,
                glance, connection)
        }
        // The execution may have ended already, and changed the row.
        guard var row = try Triggers.load(glance.event.key, connection) else { return }
        row.last = glance.event.date
        row.updated = surroundings.now()
        try Triggers.put(row, connection)
    }

    private func refused(
        _ message: String, _ firing: Firing, _ glance: FlowGlance, _ connection: any Connection
    ) throws {
        if glance.listener.failsOnInputs || glance.trigger.failsOnError {
            _ = try startFailed(firing, id: glance.id, message, connection)
        } else {
            try tell(.warn, message, glance, connection)
        }
    }

    /// A condition that cannot be rendered does not hold; the flow with the trigger is told, and nobody else.
    private func unreadable(
        _ what: String, _ error: ExpressionError, _ glance: FlowGlance, _ connection: any Connection
    ) throws {
        let message = "Trigger `\(glance.trigger.id)` cannot be evaluated: \(what): \(error.message)"
        guard glance.trigger.failsOnError else { return try tell(.warn, message, glance, connection) }
        var firing = Firing(
            flow: glance.flow, trigger: glance.trigger,
            variables: glance.variables(outputs: glance.execution.outputs))
        firing.callers = Lineage.callers(after: glance.execution)
        firing.labels = glance.execution.labels.filter { $0.key == "system.correlationId" }
        guard try Lineage.refusal(of: glance.flow.reference, after: glance.execution, connection) == nil
        else {
            return try tell(.error, message, glance, connection)
        }
        _ = try startFailed(firing, id: newID(), message, connection)
    }

    /// Writes a line into the log of the trigger.
    private func tell(
        _ level: LogLevel, _ message: String, _ glance: FlowGlance, _ connection: any Connection
    ) throws {
        guard level >= glance.trigger.logLevel ?? .trace else { return }
        let line = LogLine(
            triggerID: glance.trigger.id, of: glance.flow.reference, level: level, date: surroundings.now(),
            message: "\(message) (execution \(glance.execution.id), \(glance.event.state.rawValue))")
        let key = "flow-trigger/\(glance.event.sequence)/\(message.utf8.count)"
        try surroundings.log([KeyedLine(key: key, line: line)], connection)
    }
}
