import ApusDatabase
import ApusEngine
import ApusModel

/// A flow trigger and the execution it looks at.
struct FlowGlance {
    let event: FlowTriggerEvent
    /// That changed its state.
    let execution: Execution
    /// The flow with the trigger.
    let flow: CompiledFlow
    let trigger: CompiledTrigger
    let listener: FlowTrigger
    /// Of the execution that may be started.
    let id: Execution.ID

    var signal: FlowSignal {
        FlowSignal(
            namespace: execution.flow.namespace, flowID: execution.flow.id, state: event.state,
            labels: execution.labels, date: event.date)
    }

    func evidence(for requirement: FlowRequirement) -> FlowEvidence {
        FlowEvidence(
            requirement: requirement.key, executionID: execution.id, namespace: execution.flow.namespace,
            flowID: execution.flow.id, date: event.date, outputs: execution.outputs)
    }

    private var labels: Value {
        var labels: Value = .map([:])
        for label in execution.labels { labels.set(.string(label.value), atDotted: label.key) }
        return labels
    }

    /// What expressions see of the execution when its flow cannot be read.
    var known: OrderedMap<Value> {
        ["labels": labels, "vars": execution.variables, "execution": ["id": .string(execution.id)]]
    }

    /// What the execution that is started sees as `trigger`.
    func variables(outputs: Value?) -> OrderedMap<Value> {
        var variables: OrderedMap<Value> = [
            "executionId": .string(execution.id), "executionLabels": labels,
            "state": .string(event.state.rawValue), "namespace": .string(execution.flow.namespace),
            "flowId": .string(execution.flow.id), "flowRevision": .int(Int64(execution.flow.revision)),
        ]
        if let outputs, outputs.mapValue?.isEmpty != true { variables["outputs"] = outputs }
        return variables
    }

    /// `trigger` in the expressions of the trigger itself.
    func shown(_ variables: OrderedMap<Value>) -> OrderedMap<Value> {
        var shown = variables
        shown["id"] = .string(trigger.id)
        shown["type"] = .string(trigger.type)
        return shown
    }

    func message(_ refusal: Lineage.Refusal) -> String {
        switch refusal {
        case .depth:
            "Trigger `\(trigger.id)` starts nothing more: \(Lineage.maxCallers) executions have led to each other; do these flows trigger each other?"
        case .count(let count):
            "Trigger `\(trigger.id)` starts nothing more: `\(Lineage.name(of: flow.reference))` leads to itself, by way of other flows, and \(count) executions follow from one"
        }
    }
}

extension FlowEvidence {
    init(_ row: FlowTriggerEvidenceRow) {
        self.init(
            requirement: row.requirement, executionID: row.executionID, namespace: row.namespace,
            flowID: row.flowID, date: row.date, outputs: row.outputs.flatMap { try? JSONParser.parse($0) })
    }
}

extension FlowTriggerEvidenceRow {
    init(_ evidence: FlowEvidence) {
        self.init(
            requirement: evidence.requirement, executionID: evidence.executionID,
            namespace: evidence.namespace, flowID: evidence.flowID, date: evidence.date,
            outputs: evidence.outputs?.json)
    }
}
