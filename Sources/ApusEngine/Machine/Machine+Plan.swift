import ApusExpressions
import ApusModel

/// A rule of the flow could not be applied; the message tells the user why.
struct RuleFailure: Error, Hashable {
    var message: String

    init(_ message: String) { self.message = message }
}

extension ExecutionMachine {
    /// What a flow task that begins has to run, decided once.
    mutating func plan(_ task: FlowTask, _ place: Int, _ moment: Moment) throws(MissingFacts)
        -> Result<Frame, RuleFailure>
    {
        switch try decide(task, place, moment) {
        case .failure(let failure):
            return .failure(failure)
        case .success(let decision):
            if let outputs = decision.outputs {
                runs[place].outputs = outputs
                index(outputs, of: place)
            }
            runs[place].plan = decision.plan
            changes.note(place)
            var frame = Frame(owner: place, plan: .chain([]))
            (frame.plan, frame.values, frame.waiting) = storedPlan(of: place)
            frame.round = round(of: place)
            return .success(frame)
        }
    }

    /// What is stored of a decision: enough to find the same lanes again.
    private struct Decision {
        var outputs: Value?
        var plan: Value?
    }

    private func decide(_ task: FlowTask, _ place: Int, _ moment: Moment) throws(MissingFacts)
        -> Result<Decision, RuleFailure>
    {
        switch task {
        case .sequential, .allowFailure, .pause, .workingDirectory, .loop, .iteration:
            return .success(Decision())
        case .loopUntil:
            return .success(Decision(outputs: Self.rounds(1)))
        case .parallel(let concurrent, _), .dag(_, let concurrent, _):
            return try integer(concurrent, place, moment).map { Decision(plan: ["limit": .int(Int64($0))]) }
        case .ifElse(let condition, _, _):
            guard let condition else { return .success(Decision(outputs: ["evaluationResult": false])) }
            return try render(condition, for: place, moment).map {
                Decision(outputs: ["evaluationResult": .bool(isTruthy(rendered: $0))])
            }
        case .switchOn(let value, let cases, let defaults):
            guard let value else { return .failure(RuleFailure("the switch has no `value`")) }
            return try render(value, for: place, moment).flatMap { value in
                let isCase = cases.contains { $0.name == value }
                guard isCase || defaults != nil else {
                    let names = cases.map { "`\($0.name)`" }.joined(separator: ", ")
                    return .failure(
                        RuleFailure(
                            "the value `\(value)` is none of the cases \(names), and there are no `defaults`")
                    )
                }
                return .success(Decision(outputs: ["value": .string(value), "defaults": .bool(!isCase)]))
            }
        case .forEach(let values, let limit):
            let items: Result<[Value], RuleFailure> = try renderValue(values, for: place, moment).flatMap(
                Self.items)
            let bound = try integer(limit, place, moment)
            return items.flatMap { items in
                bound.map { Decision(plan: ["limit": .int(Int64($0)), "values": .list(items)]) }
            }
        }
    }

    /// The lanes of a flow task run that has decided.
    func storedPlan(of place: Int) -> (LanePlan, [Value], DagWaits?) {
        let task = flow.tasks[details[place].task]
        guard case .flow(let flowTask) = task.kind else { return (.chain([]), [], nil) }
        let run = runs[place]
        let bound = Int(clamping: run.plan?["limit"]?.intValue ?? 0)
        let limit = bound <= 0 ? Int.max : bound
        let children = task.lists.tasks
        switch flowTask {
        case .sequential, .allowFailure, .pause, .loopUntil, .workingDirectory, .iteration:
            return (.chain(children), [], nil)
        case .parallel:
            return (LanePlan(list: children, shape: .spread, lanes: children.count, limit: limit), [], nil)
        case .dag(let waitsFor, _, _):
            let plan = LanePlan(list: children, shape: .spread, lanes: children.count, limit: limit)
            return (plan, [], DagWaits(waitsFor: waitsFor))
        case .ifElse(_, let then, let otherwise):
            return (.chain(run.outputs?["evaluationResult"] == true ? then : otherwise), [], nil)
        case .switchOn(_, let cases, let defaults):
            let value = run.outputs?["value"]?.stringValue
            let chosen = cases.first { $0.name == value }?.tasks ?? defaults ?? []
            return (.chain(chosen), [], nil)
        case .forEach, .loop:
            let values = run.plan?["values"]?.listValue ?? []
            let lanes = children.isEmpty ? 0 : values.count
            return (LanePlan(list: children, shape: .chain, lanes: lanes, limit: limit), values, nil)
        }
    }

    func integer(_ property: IntegerProperty, _ place: Int, _ moment: Moment) throws(MissingFacts)
        -> Result<Int, RuleFailure>
    {
        switch property {
        case .literal(let number):
            return .success(number)
        case .template(let template):
            return try render(template, for: place, moment).flatMap { text in
                guard let number = Int(text), number >= 0 else {
                    return .failure(RuleFailure("`\(text)` is not a whole number of 0 or more"))
                }
                return .success(number)
            }
        }
    }

    /// The items of a loop: of a list, of JSON text, or the entries of a map. Doubles are dropped, nulls refused.
    static func items(_ value: Value) -> Result<[Value], RuleFailure> {
        var items: [Value]
        switch value {
        case .list(let list):
            items = list
        case .map(let entries):
            items = entries.map { ["key": .string($0), "value": $1] }
        case .string(let text):
            guard let parsed = try? JSONParser.parse(text) else {
                // Not JSON: the message below shows the text itself.
                return .failure(RuleFailure("the values of a loop must be a list; found the text `\(text)`"))
            }
            if case .string = parsed {
                return .failure(RuleFailure("the values of a loop must be a list; found the text \(text)"))
            }
            return Self.items(parsed)
        case .null, .bool, .int, .double, .extended:
            return .failure(
                RuleFailure("the values of a loop must be a list; found the \(value.kind) \(value.json)"))
        }
        let nulls = items.count { $0.isNull }
        guard nulls == 0 else {
            return .failure(
                RuleFailure("Found '\(nulls)' null values on Each, with values=\(plain(.list(items)))"))
        }
        var seen: Set<String> = []
        items.removeAll { !seen.insert(text(of: $0)).inserted }
        return .success(items)
    }

    /// `[1, null, {key=my-key}]`, the form clients know from messages about loops.
    private static func plain(_ value: Value) -> String {
        switch value {
        case .list(let items): "[" + items.map(plain).joined(separator: ", ") + "]"
        case .map(let entries): "{" + entries.map { "\($0)=\(plain($1))" }.joined(separator: ", ") + "}"
        case .string(let text): text
        case .null, .bool, .int, .double, .extended: value.json
        }
    }
}
