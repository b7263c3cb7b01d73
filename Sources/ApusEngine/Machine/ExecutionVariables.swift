import ApusExpressions
import ApusModel

/// The variables that expressions of an execution see, made only when they are asked for.
///
/// Holds a copy of the machine; drop it before the machine changes again, or the change copies everything.
struct ExecutionVariables: VariableSource {
    let machine: ExecutionMachine
    /// The task run whose expressions are rendered; `nil` for those of the flow.
    let place: Int?

    var names: [String] {
        var names = ["flow", "execution", "outputs", "vars", "labels", "tasks"]
        if inputs != nil { names.append("inputs") }
        if machine.execution.trigger != nil { names.append("trigger") }
        if place != nil { names += ["task", "taskrun"] }
        if let place, machine.iteration(around: place) != nil { names.append("item") }
        if !ancestors.isEmpty { names += ["parent", "parents"] }
        return names + machine.surroundings.variables.keys
    }

    func variable(_ name: String) throws(ExpressionError) -> Value? {
        switch name {
        case "flow": flow
        case "execution": execution
        case "inputs": inputs
        case "outputs": machine.visibleOutputs(at: place)
        case "item": machine.item(at: place)
        case "vars": machine.execution.variables
        case "labels": labels
        case "trigger": machine.execution.trigger?["variables"]
        case "task": task
        case "taskrun": taskRun
        case "tasks": tasks
        case "parent": ancestors.first
        case "parents": ancestors.isEmpty ? nil : .list(ancestors)
        default: machine.surroundings.variables[name]
        }
    }

    /// Absent when the flow has no inputs, so that a wrong reference is found.
    private var inputs: Value? {
        guard machine.execution.inputs.mapValue?.isEmpty == false else { return nil }
        return machine.surroundings.revealed(machine.execution.inputs)
    }

    private var flow: Value {
        let reference = machine.execution.flow
        return [
            "id": .string(reference.id), "namespace": .string(reference.namespace),
            "revision": .int(Int64(reference.revision)), "tenantId": "main",
        ]
    }

    private var execution: Value {
        let execution = machine.execution
        var values: OrderedMap<Value> = [
            "id": .string(execution.id), "state": .string(execution.state.current.rawValue),
            "startDate": .extended(.instant(execution.state.startDate)),
            "originalId": .string(execution.originalID),
        ]
        if let outputs = execution.outputs { values["outputs"] = outputs }
        if execution.state.current.isTerminal, let end = execution.state.endDate {
            values["endDate"] = .extended(.instant(end))
        }
        return .map(values)
    }

    private var labels: Value {
        var values: Value = .map([:])
        for label in machine.execution.labels { values.set(.string(label.value), atDotted: label.key) }
        return values
    }

    private var task: Value? {
        place.map {
            let task = machine.flow.tasks[machine.details[$0].task]
            return ["id": .string(task.id), "type": .string(task.type)]
        }
    }

    private var taskRun: Value? {
        guard let place else { return nil }
        let run = machine.runs[place]
        var values: OrderedMap<Value> = [
            "id": .string(run.id), "startDate": .extended(.instant(run.state.startDate)),
            "attemptsCount": .int(Int64(max(0, run.attempts.count - 1))),
        ]
        if let parent = run.parentID { values["parentId"] = .string(parent) }
        let item = machine.runs[machine.itemPlace(of: place)]
        if let value = item.value { values["value"] = .string(value) }
        if let iteration = item.iteration { values["iteration"] = .int(Int64(iteration)) }
        return .map(values)
    }

    /// `tasks.<id>.state`, with a level for each loop.
    private var tasks: Value {
        var values: Value = .map([:])
        for place in machine.runs.indices {
            let run = machine.runs[place]
            let state: Value = ["state": .string(run.state.current.rawValue)]
            values.set(state, at: run.value.map { [run.taskID, $0] } ?? [run.taskID])
        }
        return values
    }

    /// The flow task runs around this one that have a value or outputs, nearest first.
    private var ancestors: [Value] {
        guard let place else { return [] }
        var result: [Value] = []
        var current = machine.runs[place].parentID.flatMap { machine.placeOf[$0] }
        while let here = current {
            let run = machine.runs[here]
            if run.value != nil || run.outputs != nil {
                var values: OrderedMap<Value> = [:]
                if let value = run.value { values["taskrun"] = ["value": .string(value)] }
                if let outputs = run.outputs { values["outputs"] = outputs }
                result.append(.map(values))
            }
            current = run.parentID.flatMap { machine.placeOf[$0] }
        }
        return result
    }
}

extension Value {
    fileprivate mutating func set(_ value: Value, at path: [String]) { set(value, at: path[...]) }
}
