import ApusModel
import ApusSchema

/// What holds back the tasks of a listener.
public struct ListenerGate: Sendable {
    public var condition: Predicate
    /// The place in `afterExecution` behind the listener's tasks.
    public var next: Int
}

/// `listeners` of edition 1: their tasks run when the execution has ended, each listener's when its conditions hold.
///
/// They stand behind the tasks of `afterExecution`, in one list with them.
extension TaskCompiler {
    mutating func listeners(_ value: Value?, after: inout [Int]) -> [Int: ListenerGate] {
        guard let value, !value.isNull else { return [:] }
        let path = ValuePath().key("listeners")
        guard let items = value.listValue else {
            fault("expected a list of listeners, found a \(value.kind)", at: path)
            return [:]
        }
        if !items.isEmpty {
            add([
                Fault(
                    .warning, "`listeners` is deprecated", at: path, position: positions.positionOfKey(path),
                    remedy: "write the tasks into `afterExecution`, with `runIf`")
            ])
        }
        var gates: [Int: ListenerGate] = [:]
        for (place, item) in items.enumerated() {
            let path = path.index(place)
            guard let map = item.mapValue else {
                fault("expected a listener with `tasks`, found a \(item.kind)", at: path)
                continue
            }
            let first = after.count
            guard let condition = listener(map, at: path, after: &after), after.count > first else {
                continue
            }
            gates[first] = ListenerGate(condition: condition, next: after.count)
        }
        return gates
    }

    /// - Returns: The conditions; `nil` when there are none.
    private mutating func listener(_ map: OrderedMap<Value>, at path: ValuePath, after: inout [Int])
        -> Predicate?
    {
        var reader = PropertyReader(map, at: path, positions: positions, edition: edition)
        reader.refuseUnknown(besides: ["id", "description", "conditions", "tasks"], of: "listener")
        add(reader.faults)
        after += list(map["tasks"], at: path.key("tasks"), parent: nil, isRequired: true)
        var conditions = ConditionReader(
            catalogue: catalogue, positions: positions, edition: edition, subject: .own)
        let all = conditions.all(map["conditions"] ?? .null, at: path.key("conditions"))
        add(conditions.faults)
        return all.isEmpty ? nil : .all(all)
    }
}
