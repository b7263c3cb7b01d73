import ApusModel

/// Makes flows of every shape the machine knows, from a seed.
///
/// What a task does is in its id, so that a run without faults tells what a run with faults must come to: `ok…`
/// succeeds, `ko…` fails every time, `in…` is an inline task that succeeds, `il…` one that fails, `va…` sets a variable
/// of its name, `ex…` ends the execution.
struct FlowGenerator {
    var random: Randomness
    private(set) var count = 0
    private var left: Int
    /// How many flow tasks around the next task run others beside it.
    var crowds = 0
    /// Whether the outcome does not depend on what comes first: no exit beside other tasks, nothing that time ends.
    var isCertain = true

    /// Loops around the next task that add a level to `outputs`.
    var levels = 0
    /// Whether the flow is one of edition 2: `Loop` in place of `ForEach`, no listeners.
    let isSecondEdition: Bool
    private let id: String
    /// Whether tasks may start executions of the flow `called`.
    let mayCall: Bool
    /// Whether one does.
    var calls = false
    private let mayReplace: Bool
    /// Whether a failure may have another execution made in place of its own.
    var mayBeReplaced = false

    /// The id of the flow that subflows are executions of.
    static let called = "called"

    /// - Parameter tasks: About how many tasks a flow has at most.
    init(
        seed: UInt64, tasks: Int = 14, id: String = "generated", mayCall: Bool = true, mayReplace: Bool = true
    ) {
        self.mayReplace = mayReplace
        random = Randomness(seed: seed)
        left = tasks
        self.id = id
        self.mayCall = mayCall
        isSecondEdition = random.chance(50)
    }

    mutating func flow() -> Value {
        var flow: OrderedMap<Value> = [
            "id": .string(id), "namespace": "simulation",
            "tasks": .list(tasks(1 + random.below(4), depth: 0)),
        ]
        if random.chance(25) { flow["errors"] = .list(tasks(1 + random.below(2), depth: 2)) }
        if random.chance(25) { flow["finally"] = .list(tasks(1 + random.below(2), depth: 2)) }
        if random.chance(20) { flow["afterExecution"] = .list(tasks(1, depth: 2)) }
        if random.chance(15) { flow["sla"] = .list([serviceLevel()]) }
        if random.chance(8) { flow["retry"] = retry(replacing: 30) }
        if !isSecondEdition, random.chance(20) {
            flow["listeners"] = .list((0...random.below(2)).map { _ in listener() })
        }
        return .map(flow)
    }

    /// - Parameter percent: How often another execution takes the place of the one that failed.
    private mutating func retry(replacing percent: Int) -> Value {
        var retry: OrderedMap<Value> = [
            "type": "constant", "interval": "PT1S", "maxAttempts": .int(Int64(1 + random.below(3))),
        ]
        if random.chance(percent), mayReplace {
            retry["behavior"] = "CREATE_NEW_EXECUTION"
            // What runs beside the failure may or may not have begun.
            isCertain = false
            mayBeReplaced = true
        }
        return .map(retry)
    }

    private mutating func serviceLevel() -> Value {
        let behavior = random.pick(["NONE", "NONE", "FAIL", "CANCEL"])
        if behavior != "NONE" { isCertain = false }
        return [
            "id": "late", "type": "MAX_DURATION", "duration": .string("PT\(1 + random.below(8))S"),
            "behavior": .string(behavior), "labels": ["late": "yes"],
        ]
    }

    private mutating func listener() -> Value {
        let states: Value = .list([.string(random.pick(["SUCCESS", "FAILED", "WARNING", "KILLED"]))])
        let condition: Value = [
            "type": "io.kestra.plugin.core.condition.ExecutionStatus",
            random.chance(50) ? "in" : "notIn": states,
        ]
        return ["conditions": [condition], "tasks": .list(tasks(1 + random.below(2), depth: 2))]
    }

    mutating func tasks(_ number: Int, depth: Int) -> [Value] {
        (0..<number).map { _ in task(depth: depth) }
    }

    private mutating func task(depth: Int) -> Value {
        count += 1
        left -= 1
        var task: OrderedMap<Value>
        let kind = random.below(depth < 3 && left > 0 ? 20 : 5)
        switch kind {
        case 0...2: task = leaf(inline: false)
        case 3...4: task = leaf(inline: true)
        case 5: task = flowTask("Sequential", depth: depth)
        case 6: task = flowTask("AllowFailure", depth: depth)
        case 7, 8:
            task = flowTask("Parallel", depth: depth)
            if random.chance(40) { task["concurrent"] = .int(Int64(1 + random.below(2))) }
            if isSecondEdition { addAnswerToFailure(&task) }
        case 9: task = loop(depth: depth)
        case 10 where isSecondEdition: task = loop(depth: depth)
        case 10:
            levels += 1
            defer { levels -= 1 }
            task = flowTask("ForEach", depth: depth)
            task["values"] = .list((0..<random.below(4)).map { .int(Int64($0)) })
            task["concurrencyLimit"] = .int(Int64(random.below(3)))
        case 11:
            task = flowTask("If", depth: depth)
            task["condition"] = random.chance(50) ? "true" : "false"
            task["then"] = task["tasks"]
            task["tasks"] = nil
            if random.chance(50) { task["else"] = .list(tasks(1, depth: depth + 1)) }
        case 12:
            task = flowTask("Switch", depth: depth)
            task["value"] = .string(random.pick(["a", "b", "c"]))
            task["cases"] = .map([
                "a": task["tasks"] ?? .list([]), "b": .list(self.tasks(1, depth: depth + 1)),
            ])
            task["tasks"] = nil
            if random.chance(70) { task["defaults"] = .list(self.tasks(1, depth: depth + 1)) }
        case 13:
            task = pause(depth: depth)
        case 14, 15:
            task = loopUntil(depth: depth)
        case 16, 17:
            task = workingDirectory()
        case 18 where mayCall:
            task = random.chance(60) ? subflow() : forEachItem()
        default:
            task = dag(depth: depth)
        }
        if random.chance(8) { task["allowFailure"] = true }
        if random.chance(6) { task["runIf"] = "false" }
        if random.chance(15) {
            task["retry"] = retry(replacing: 6)
        }
        return .map(task)
    }

    mutating func leaf(inline: Bool) -> OrderedMap<Value> {
        if inline, random.chance(25) { return change() }
        let fails = random.chance(18)
        let prefix = inline ? (fails ? "il" : "in") : (fails ? "ko" : "ok")
        let id = "\(prefix)\(count)"
        guard inline else { return ["id": .string(id), "type": .string(SimulatedTypes.runnable)] }
        return ["id": .string(id), "type": .string(SimulatedTypes.inline), "name": .string(id)]
    }

    private mutating func change() -> OrderedMap<Value> {
        guard random.chance(40) else {
            let id = "va\(count)"
            return ["id": .string(id), "type": .string(SimulatedTypes.setter), "name": .string(id)]
        }
        if crowds > 0 { isCertain = false }
        let state = random.pick(["SUCCESS", "WARNING", "FAILED", "CANCELLED", "KILLED"])
        return [
            "id": .string("ex\(count)"), "type": .string(SimulatedTypes.exit), "state": .string(state),
        ]
    }

    mutating func flowTask(_ name: String, depth: Int) -> OrderedMap<Value> {
        let id = "\(name.lowercased())\(count)"
        let isCrowd = ["Parallel", "ForEach", "Loop", "Dag"].contains(name)
        if isCrowd { crowds += 1 }
        defer { if isCrowd { crowds -= 1 } }
        var task: OrderedMap<Value> = [
            "id": .string(id), "type": .string("io.kestra.plugin.core.flow.\(name)"),
            "tasks": .list(tasks(1 + random.below(3), depth: depth + 1)),
        ]
        if random.chance(15) { task["errors"] = .list(tasks(1, depth: depth + 1)) }
        if random.chance(15) { task["finally"] = .list(tasks(1, depth: depth + 1)) }
        return task
    }
}
