import ApusDatabase
import ApusEngine
import ApusExpressions
import ApusModel

/// One child of a task run: which flow, with which inputs and labels.
extension Turn {
    /// More rounds of loading facts than this mean that expressions ask for ever new things.
    private static let maxRounds = 20

    /// Creates a child with the event that begins it.
    ///
    /// - Parameter items: The URI of its batch.
    /// - Throws: `SubflowRefused`.
    mutating func create(_ needs: SubflowNeeds, batch: Int, items: String?, _ machine: ExecutionMachine)
        throws
        -> Execution.ID
    {
        let properties = try rendered(needs, batch: batch, items: items, machine)
        let flow = try flow(properties)
        try refuseRunaway(flow, machine)
        let labels = try labels(properties, machine)
        let resolution = try inputs(properties["inputs"], of: flow, labels: labels, machine)
        guard resolution.faults.isEmpty else {
            throw SubflowRefused(
                messages: resolution.faults.map {
                    "`\(flow.reference.namespace).\(flow.reference.id)` cannot be started: \($0.message)"
                })
        }
        let id = Identifier.text(high: surroundings.random(), low: surroundings.random())
        warn(
            resolution.unknown.map {
                "Input `\($0)` is not declared by `\(flow.reference.namespace).\(flow.reference.id)` and was ignored"
            },
            needs, machine)
        var child = Execution(
            id: id, flow: flow.reference, createdAt: now, inputs: resolution.values,
            variables: flow.variables,
            trigger: trigger(needs, batch: items == nil ? nil : batch, machine))
        child.labels = Executor.labels(of: NewExecution(flow: flow, labels: labels), id: id)
        child.callers = Lineage.callers(after: machine.execution)
        let date = try scheduleDate(properties)
        if let date, date > now { child.scheduleDate = date }
        try Executions.insert(child, connection)
        try Subflows.forget(taskRunID: needs.taskRun.id, batch: batch, connection)
        try Subflows.add(
            SubflowRow(
                childID: id, parentID: machine.execution.id, taskRunID: needs.taskRun.id,
                parentRunID: needs.taskRun.parentID, batch: batch, waits: needs.call.waits), connection)
        let due = max(date ?? now, now)
        try Inbox.add(executionID: id, due: due, body: StoredEvent.event(.created).json.json, connection)
        earliestTimer = min(earliestTimer ?? due, due)
        return id
    }

    private func rendered(_ needs: SubflowNeeds, batch: Int, items: String?, _ machine: ExecutionMachine)
        throws
        -> Value
    {
        var facts = Facts()
        let result: Result<Value, ExpressionError> = try knowing(&facts, machine) {
            (facts) throws(MissingFacts) in
            guard var context = machine.context(for: needs.taskRun.id, at: now, knowing: facts) else {
                return .success(.map([:]))
            }
            if let items {
                context.variables = BatchVariables(base: context.variables, items: items, iteration: batch)
                context.seed ^= UInt64(truncatingIfNeeded: batch + 1) &* 0x9E37_79B9_7F4A_7C15
            }
            return try Self.rendered(needs.call.properties, context)
        }
        switch result {
        case .success(let properties): return properties
        case .failure(let error): throw SubflowRefused(error.message)
        }
    }

    private func flow(_ properties: Value) throws -> CompiledFlow {
        guard let namespace = properties["namespace"]?.stringValue,
            let id = properties["flowId"]?.stringValue,
            !namespace.isEmpty, !id.isEmpty
        else { throw SubflowRefused("`namespace` and `flowId` must name a flow; one of them is empty") }
        var revision: Int?
        if let written = properties["revision"], !written.isNull, written != "" {
            revision = Int(written.stringValue ?? written.json)
            if revision == nil { throw SubflowRefused("`\(written.json)` is not the revision of a flow") }
        }
        guard
            let flow = try flows.compiled(namespace: namespace, id: id, revision: revision, connection)
        else {
            let wanted = revision.map { " in revision \($0)" } ?? ""
            throw SubflowRefused(
                "Unable to find the flow `\(namespace).\(id)`\(wanted); it does not exist, or it is not valid any more"
            )
        }
        guard !flow.isDisabled else {
            throw SubflowRefused("Cannot execute a flow which is disabled: `\(namespace).\(id)`")
        }
        return flow
    }

    /// Flows that call each other in a circle are stopped before they fill the machine.
    private func refuseRunaway(_ flow: CompiledFlow, _ machine: ExecutionMachine) throws {
        switch try Lineage.refusal(of: flow.reference, after: machine.execution, connection) {
        case nil: return
        case .depth:
            throw SubflowRefused(
                "Subflows are nested more than \(Lineage.maxCallers) deep; do they call each other?")
        case .count(let count):
            throw SubflowRefused(
                "`\(Lineage.name(of: flow.reference))` calls itself, by way of other flows, and has been started \(count) times below one execution"
            )
        }
    }

    private func labels(_ properties: Value, _ machine: ExecutionMachine) throws -> [Label] {
        var labels: [Label] = []
        let inherits = properties["inheritLabels"].map { $0 == true || $0 == "true" } ?? false
        for label in machine.execution.labels {
            let isSystem = label.key.hasPrefix("system.")
            if label.key == "system.correlationId" || (inherits && (!isSystem || label.key == "system.from"))
            {
                labels.append(label)
            }
        }
        guard let written = properties["labels"], !written.isNull else { return labels }
        guard let given = LabelValues.read(written) else {
            throw SubflowRefused(
                "`labels` must be a map, or a list of `key` and `value`; found \(written.json)")
        }
        for label in given {
            guard !label.key.hasPrefix("system."), !label.key.isEmpty, !label.value.isEmpty else {
                throw SubflowRefused(
                    "the label `\(label.key)` with the value `\(label.value)` cannot be given to an execution"
                )
            }
        }
        return labels + given
    }

    private func inputs(_ given: Value?, of flow: CompiledFlow, labels: [Label], _ machine: ExecutionMachine)
        throws
        -> InputResolution
    {
        let values = (given?.mapValue ?? [:]).map { (id: $0, value: GivenInput.value($1)) }
        let resolver = InputResolver(definitions: flow.inputs, edition: flow.edition)
        var context = RenderContext(
            variables: Variables(flow.inputVariables(labels: labels, surroundings: surroundings.variables)),
            now: now, seed: surroundings.random(), edition: flow.edition)
        for _ in 0..<Self.maxRounds {
            do throws(ExpressionError) {
                return try resolver.resolve(values, context: context, encrypt: surroundings.conceal)
            } catch {
                guard case .missingFacts(let requests) = error.reason else {
                    throw SubflowRefused(error.message)
                }
                // As the parent may read them: the child does not exist yet.
                for (request, answer) in try answers(to: requests, machine) {
                    context.facts[request] = answer
                }
            }
        }
        throw SubflowRefused("the inputs of `\(flow.reference.id)` need too many values from outside")
    }

    private func scheduleDate(_ properties: Value) throws -> Timestamp? {
        guard let written = properties["scheduleDate"], !written.isNull, written != "" else { return nil }
        guard let date = written.stringValue.flatMap(Timestamp.init(iso:)) else {
            throw SubflowRefused("`\(written.json)` is not a date and time such as 2030-01-31T12:00:00Z")
        }
        return date
    }

    /// What the child sees as `trigger`.
    private func trigger(_ needs: SubflowNeeds, batch: Int?, _ machine: ExecutionMachine) -> Value {
        let parent = machine.execution
        var variables: OrderedMap<Value> = [
            "executionId": .string(parent.id), "namespace": .string(parent.flow.namespace),
            "flowId": .string(parent.flow.id), "flowRevision": .int(Int64(parent.flow.revision)),
            "taskRunId": .string(needs.taskRun.id), "taskId": .string(needs.taskRun.taskID),
        ]
        if let value = needs.taskRun.value { variables["taskRunValue"] = .string(value) }
        if let iteration = batch ?? needs.taskRun.iteration {
            variables["taskRunIteration"] = .int(Int64(iteration))
        }
        return [
            "id": .string(needs.taskRun.taskID), "type": .string(needs.taskType),
            "variables": .map(variables),
        ]
    }
}

/// `taskrun.items` and `taskrun.iteration` for the batch a child is made for.
private struct BatchVariables: VariableSource {
    let base: any VariableSource
    let items: String
    let iteration: Int

    var names: [String] { base.names }

    func variable(_ name: String) throws(ExpressionError) -> Value? {
        let value = try base.variable(name)
        guard name == "taskrun", case .map(var entries)? = value else { return value }
        entries["items"] = .string(items)
        entries["iteration"] = .int(Int64(iteration))
        return .map(entries)
    }
}
