import ApusModel

/// Flow tasks that are more than lists of tasks: loops, pauses, directories, graphs and calls of another flow.
extension FlowGenerator {
    /// Rounds are bounded by the condition, or where `outputs` has levels, by their number.
    mutating func loopUntil(depth: Int) -> OrderedMap<Value> {
        var task = flowTask("LoopUntil", depth: depth)
        let name = task["id"]?.stringValue ?? ""
        let rounds = Int64(1 + random.below(3))
        var bounds: OrderedMap<Value> = ["interval": "PT2S"]
        if levels == 0, random.chance(70) {
            task["condition"] = .string("{{ outputs.\(name).iterationCount >= \(rounds) }}")
        } else {
            task["condition"] = "false"
            bounds["maxIterations"] = .int(rounds)
        }
        if random.chance(15) {
            bounds["maxDuration"] = "PT3S"
            isCertain = false
        }
        task["checkFrequency"] = .map(bounds)
        if random.chance(30) { task["failOnMaxReached"] = true }
        return task
    }

    /// The tasks in it hold no others. In its id stands whether putting files in, or taking them out, fails.
    mutating func workingDirectory() -> OrderedMap<Value> {
        let fault = random.chance(8) ? "unready" : random.chance(8) ? "unkept" : ""
        let id = "workingdirectory\(fault)\(count)"
        let children = (0...random.below(3)).map { number in
            var child = leaf(inline: random.chance(25))
            // Leaves are named after the number of tasks so far, which stands still here.
            let name = "\(child["id"]?.stringValue ?? "")x\(number)"
            child["id"] = .string(name)
            if child["name"] != nil { child["name"] = .string(name) }
            return Value.map(child)
        }
        var task: OrderedMap<Value> = [
            "id": .string(id), "type": "io.kestra.plugin.core.flow.WorkingDirectory",
            "tasks": .list(children),
        ]
        if fault == "unready" || random.chance(40) { task["inputFiles"] = ["a.txt": "a"] }
        if fault == "unkept" || random.chance(40) { task["outputFiles"] = ["*.txt"] }
        if random.chance(15) { task["errors"] = .list(tasks(1, depth: 3)) }
        if random.chance(15) { task["finally"] = .list(tasks(1, depth: 3)) }
        return task
    }

    mutating func loop(depth: Int) -> OrderedMap<Value> {
        var task = flowTask("Loop", depth: depth)
        let name = task["id"]?.stringValue ?? ""
        let limit = random.below(3)
        task["values"] = .list((0..<random.below(4)).map { .int(Int64($0)) })
        task["concurrencyLimit"] = .int(Int64(limit))
        if random.chance(40) { task["transmitFailed"] = false }
        if random.chance(40) {
            task["outputs"] = [["id": "o", "type": "STRING", "value": "{{ item.index }}"]]
            if random.chance(40) { task["fetchType"] = "STORE" }
        }
        if random.chance(20) {
            if limit != 1 { isCertain = false }
            task["breakWhen"] = .string(
                "{{ (outputs.\(name).terminatedIterations.SUCCESS ?? 0) >= \(1 + random.below(2)) }}")
        }
        return task
    }

    mutating func pause(depth: Int) -> OrderedMap<Value> {
        var task: OrderedMap<Value> = [
            "id": .string("pause\(count)"), "type": "io.kestra.plugin.core.flow.Pause",
        ]
        if random.chance(60) {
            task["pauseDuration"] = "PT5S"
            if random.chance(30) { task["behavior"] = .string(random.pick(["WARN", "FAIL", "CANCEL"])) }
        }
        if task["behavior"] != nil { isCertain = false }
        if random.chance(30) {
            // A pause may end before it.
            isCertain = false
            task["onPause"] = .list(tasks(1, depth: 3)).listValue?.first ?? .null
        }
        if !isSecondEdition, random.chance(30) { task["tasks"] = .list(tasks(1, depth: depth + 1)) }
        return task
    }

    mutating func dag(depth: Int) -> OrderedMap<Value> {
        var task = flowTask("Dag", depth: depth)
        var earlier: [Value] = []
        var entries: [Value] = []
        for child in task["tasks"]?.listValue ?? [] {
            var entry: OrderedMap<Value> = ["task": child]
            if !earlier.isEmpty, random.chance(50) { entry["dependsOn"] = .list([random.pick(earlier)]) }
            entries.append(.map(entry))
            if let id = child["id"] { earlier.append(id) }
        }
        task["tasks"] = .list(entries)
        if isSecondEdition { addAnswerToFailure(&task) }
        return task
    }

    mutating func addAnswerToFailure(_ task: inout OrderedMap<Value>) {
        guard random.chance(60) else { return }
        task["onChildFailure"] = .string(random.pick(["CONTINUE", "CANCEL", "FAIL"]))
    }

    /// In its id stands how many batches there are, and whether making them fails.
    mutating func forEachItem() -> OrderedMap<Value> {
        let id = "each\(count)\(random.chance(8) ? "unsplit" : "")b\(random.below(4))"
        return call([
            "id": .string(id), "type": "io.kestra.plugin.core.flow.ForEachItem",
            "items": "kestra:///items.txt", "batch": ["rows": 1],
        ])
    }

    mutating func subflow() -> OrderedMap<Value> {
        call(["id": .string("sub\(count)"), "type": "io.kestra.plugin.core.flow.Subflow"])
    }

    private mutating func call(_ task: OrderedMap<Value>) -> OrderedMap<Value> {
        calls = true
        var task = task
        task["namespace"] = "simulation"
        task["flowId"] = .string(Self.called)
        if random.chance(25) { task["wait"] = false }
        if random.chance(30) { task["transmitFailed"] = false }
        if random.chance(25) { task["restartBehavior"] = "NEW_EXECUTION" }
        return task
    }
}
