import ApusModel

extension Function {
    /// Functions that look into the execution.
    static let executions: [Function] = [
        Function("tasksWithState", ["state*"], reads: ["tasks"]) { (call) throws(ExpressionError) in
            let state = try call.string(0).uppercased()
            let tasks = try call.evaluator.variable("tasks")?.mapValue ?? [:]
            var found: [Value] = []
            for (id, entry) in tasks {
                for (value, run) in try runs(entry) where run["state"]?.stringValue?.uppercased() == state {
                    var item: OrderedMap<Value> = ["taskId": .string(id), "state": .string(state)]
                    item["value"] = value.map { .string($0) }
                    found.append(.map(item))
                }
            }
            return .list(found)
        },
        Function("currentEachOutput", ["outputs*"], reads: ["taskrun", "parents"]) {
            (call) throws(ExpressionError) in
            let map = try call.map(0)
            guard let own = try call.loopValue() else {
                throw .failed("\(call.subject) is used outside a loop")
            }
            return LoopOutputs.follow(try call.parentValues() + [own], in: .map(map))
        },
        Function("parentOutput", ["index", "outputs"], reads: ["outputs", "parent", "parents"]) {
            (call) throws(ExpressionError) in
            try LoopOutputs(call).ofParent()
        },
        Function(
            "iterationOutput", ["outputs", "iteration", "taskId"],
            reads: ["item", "outputs", "parents", "task", "taskrun"]
        ) { (call) throws(ExpressionError) in
            try LoopOutputs(call).ofIteration()
        },
        Function("loopOutputs", ["outputs*", "name*"]) { (call) throws(ExpressionError) in
            let name = try call.string(1)
            var values: [Value] = []
            // One for each iteration, so that places stay comparable.
            for item in try call.list(0) { values.append(item["outputs"]?[name] ?? .null) }
            return .list(values)
        },
        Function("env", ["name*", "default"], reads: ["envs"]) { (call) throws(ExpressionError) in
            let name = try call.string(0)
            let known = try call.evaluator.variable("envs")?.mapValue ?? [:]
            let value = known[name] ?? known[name.lowercased()] ?? .null
            return value.isEmptyOrNull ? call[1] ?? .null : value
        },
    ]

    /// The runs of a task: one, or one for each value of its loop.
    private static func runs(_ entry: Value) throws(ExpressionError) -> [(value: String?, run: Value)] {
        guard case .map(let entries) = entry else { return [] }
        if entries["state"]?.stringValue != nil { return [(nil, entry)] }
        return entries.map { ($0, $1) }
    }
}

extension Arguments {
    func taskRun(key: String) throws(ExpressionError) -> Value? {
        try evaluator.variable("taskrun")?[key]
    }

    /// The item of the innermost loop, as text.
    func loopValue() throws(ExpressionError) -> String? {
        guard let value = try taskRun(key: "value"), !value.isNull else { return nil }
        return value.printed
    }

    /// The items of the loops around the innermost one, outermost first.
    func parentValues() throws(ExpressionError) -> [String] {
        let parents = try evaluator.variable("parents")?.listValue ?? []
        return parents.reversed().compactMap { parent in
            guard let value = parent["taskrun"]?["value"], !value.isNull else { return nil }
            return value.printed
        }
    }
}
