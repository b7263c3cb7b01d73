import ApusModel

/// Finds outputs of other places of the loops around a task run, for `parentOutput` and `iterationOutput`.
struct LoopOutputs {
    private let call: Arguments

    init(_ call: Arguments) { self.call = call }

    /// What a path of loop items leads to; null when a level is missing.
    static func follow(_ path: [String], in outputs: Value) -> Value {
        var value = outputs
        for key in path {
            guard let next = value[key] else { return .null }
            value = next
        }
        return value
    }

    /// Outputs of a loop around the task run: the nearest, or the one at `index`, 0 being the outermost.
    ///
    /// With a map as argument, what the items of the loops around lead to in it.
    func ofParent() throws(ExpressionError) -> Value {
        if let map = try given() { return Self.follow(try call.parentValues(), in: .map(map)) }
        let parents = try call.evaluator.variable("parents")?.listValue ?? []
        guard let index = try call.optionalInt(0) else {
            let named = try call.evaluator.variable("parent")
            guard let parent = named ?? parents.first else {
                throw .failed("\(call.subject) is used outside a loop")
            }
            return try outputs(of: parent)
        }
        guard parents.indices.contains(index) else {
            throw .argument("there is no parent \(index), there are \(parents.count)")
        }
        return try outputs(of: parents[parents.count - 1 - index])
    }

    private func given() throws(ExpressionError) -> OrderedMap<Value>? {
        if let first = call[0]?.mapValue { return first }
        return call[1] == nil ? nil : try call.map(1)
    }

    private func outputs(of parent: Value) throws(ExpressionError) -> Value {
        if let outputs = parent["outputs"] { return outputs }
        guard let id = parent["task"]?["id"]?.stringValue else { return .null }
        let all = try call.evaluator.variable("outputs")
        guard let outputs = all?[id] else { return .null }
        guard let item = parent["taskrun"]?["value"], !item.isNull else { return outputs }
        return outputs[item.printed] ?? .null
    }

    /// Outputs of a task in another iteration of the innermost loop, the previous one when none is named.
    func ofIteration() throws(ExpressionError) -> Value {
        let own = try call.taskRun(key: "iteration")
        let current = try call.evaluator.variable("item")?["index"] ?? own
        let previous = current?.wholeNumber.map { $0 > 0 ? Int(clamping: $0) - 1 : -1 }
        guard let place = try call.optionalInt(1) ?? previous else {
            throw .failed("\(call.subject) is used outside a loop")
        }
        guard place >= 0 else { throw .failed("there is no iteration before the first one") }
        let iterations: [Value]
        switch try source() {
        case .null: return .null
        case .list(let items): iterations = items
        case .map(let entries):
            if let named = entries[String(place)] { return named }
            iterations = entries.values
        case let other: throw .wrongType(call.subject, expected: "a map or a list", found: other)
        }
        guard iterations.indices.contains(place) else {
            throw .failed("there is no iteration \(place) yet, there are \(iterations.count)")
        }
        return iterations[place]
    }

    /// The iterations: given as such, or of a task, the present one when none is named.
    private func source() throws(ExpressionError) -> Value {
        if let given = call[0], given.stringValue == nil { return given }
        let present = try call.evaluator.variable("task")?["id"]?.stringValue
        let named = try call.optionalString(2)
        guard let id = call[0]?.stringValue ?? named ?? present else {
            throw .argument("\(call.subject) needs the argument `outputs`")
        }
        guard let outputs = try call.evaluator.variable("outputs")?[id] else { return .null }
        return Self.follow(try call.parentValues(), in: outputs)
    }
}
