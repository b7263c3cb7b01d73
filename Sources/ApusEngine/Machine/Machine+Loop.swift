import ApusExpressions
import ApusModel

/// `Loop`: iterations that are executions to those who look at them, and lanes of one frame to the machine.
///
/// Each iteration is a task run of a task of its own, with the loop's `tasks`, `errors` and `finally` inside, so
/// that it costs one row more than a lane of `ForEach`.
extension ExecutionMachine {
    func isIteration(_ place: Int) -> Bool {
        if case .flow(.iteration) = flow.tasks[details[place].task].kind { true } else { false }
    }

    /// The nearest iteration around a task run, or itself.
    func iteration(around place: Int) -> Int? {
        var current: Int? = place
        while let here = current {
            if isIteration(here) { return here }
            current = runs[here].parentID.flatMap { placeOf[$0] }
        }
        return nil
    }

    func loop(_ place: Int) -> LoopProperties? {
        if case .flow(.loop(let loop)) = flow.tasks[details[place].task].kind { loop } else { nil }
    }

    mutating func beginLoop(_ loop: LoopProperties, _ place: Int, _ moment: Moment) throws(MissingFacts) {
        let limit = try integer(loop.concurrencyLimit, place, moment)
        let items = try renderValue(loop.values, for: place, moment).flatMap(LoopItems.read)
        switch limit.flatMap({ limit in items.map { (limit, $0) } }) {
        case .failure(let failure):
            refuseLoop(place, failure, moment)
        case .success((let limit, .items(let values, let keys))):
            var plan: OrderedMap<Value> = ["limit": .int(Int64(limit)), "values": .list(values)]
            if let keys { plan["keys"] = .list(keys.map { .string($0) }) }
            beginIterations(place, .map(plan), count: values.count)
        case .success((let limit, .rows(let uri))):
            runs[place].plan = ["limit": .int(Int64(limit)), "rows": .string(uri)]
            changes.note(place)
            commands.append(.loadRows(runs[place].id, uri: uri))
        }
    }

    /// Whether a loop waits for the rows of its file; it has no frame then.
    func isLoading(_ place: Int) -> Bool {
        guard case .map(let plan)? = runs[place].plan else { return false }
        return plan["rows"] != nil && plan["values"] == nil
    }

    /// The rows of the file are here, or the reason why they are not.
    mutating func rowsLoaded(_ id: TaskRun.ID, _ rows: Result<[Value], RowsRefused>, _ moment: Moment) {
        guard let place = placeOf[id], runs[place].state.current == .running, isLoading(place) else { return }
        switch rows {
        case .failure(let refused):
            refuseLoop(place, RuleFailure(refused.message), moment)
        case .success(let values):
            guard case .map(var plan)? = runs[place].plan else { return }
            plan["values"] = .list(values)
            beginIterations(place, .map(plan), count: values.count)
        }
    }

    private mutating func refuseLoop(_ place: Int, _ failure: RuleFailure, _ moment: Moment) {
        log(place, .error, failure.message, moment)
        runs[place].plan = Self.undecided
        changes.note(place)
        frames[place] = Frame(owner: place, plan: .chain([]))
        frames[place]?.note(.failed)
        steps.add(.advance(place))
    }

    private mutating func beginIterations(_ place: Int, _ plan: Value, count: Int) {
        runs[place].plan = plan
        let outputs: Value = [
            "iterationCount": .int(Int64(count)), "runningIterations": 0, "terminatedIterations": [:],
        ]
        runs[place].outputs = outputs
        index(outputs, of: place)
        changes.note(place)
        frames[place] = loopFrame(of: place)
        steps.add(.advance(place))
    }

    func loopFrame(of place: Int) -> Frame {
        var frame = Frame(owner: place, plan: .chain([]))
        (frame.plan, frame.values, frame.waiting) = storedPlan(of: place)
        frame.toleratesFailures = loop(place)?.transmitsFailure == false
        return frame
    }

    /// An iteration began or ended: its loop counts them.
    mutating func countIteration(_ place: Int, ended state: State?) {
        let key = details[place].frame
        guard key != Self.top, case .map(var outputs)? = runs[key].outputs else { return }
        let running = outputs["runningIterations"]?.intValue ?? 0
        outputs["runningIterations"] = .int(max(0, running + (state == nil ? 1 : -1)))
        if let state, case .map(var ended)? = outputs["terminatedIterations"] {
            ended[state.rawValue] = .int((ended[state.rawValue]?.intValue ?? 0) + 1)
            outputs["terminatedIterations"] = .map(ended)
        }
        runs[key].outputs = .map(outputs)
        changes.note(key)
        index(.map(outputs), of: key)
        if state == nil {
            frames[key]?.members.append(place)
        } else {
            scopes[place] = nil
        }
    }

    /// An iteration goes: its loop does not count it any more.
    mutating func forgetIteration(_ place: Int) {
        if runs[place].state.current.isTerminal { uncountIteration(place) }
        let key = details[place].frame
        guard key != Self.top, case .map(var outputs)? = runs[key].outputs else { return }
        outputs["runningIterations"] = .int(max(0, (outputs["runningIterations"]?.intValue ?? 1) - 1))
        runs[key].outputs = .map(outputs)
        changes.note(key)
        frames[key]?.members.removeAll { $0 == place }
    }

    /// An iteration that had ended runs again.
    mutating func uncountIteration(_ place: Int) {
        let key = details[place].frame
        guard key != Self.top, case .map(var outputs)? = runs[key].outputs,
            case .map(var ended)? = outputs["terminatedIterations"]
        else { return }
        let name = runs[place].state.current.rawValue
        let left = (ended[name]?.intValue ?? 1) - 1
        ended[name] = left > 0 ? .some(.int(left)) : .none
        outputs["terminatedIterations"] = .map(ended)
        outputs["runningIterations"] = .int((outputs["runningIterations"]?.intValue ?? 0) + 1)
        outputs["outputs"] = .none
        runs[key].outputs = .map(outputs)
        changes.note(key)
    }

    /// An iteration has ended: a failure stops the others, and `breakWhen` may end the loop.
    mutating func iterationEnded(_ place: Int, _ moment: Moment) throws(MissingFacts) {
        let key = details[place].frame
        guard let loop = key == Self.top ? nil : loop(key), frames[key] != nil else { return }
        let state = runs[place].state.current
        if Self.stops(state), loop.transmitsFailure, execution.state.current != .killing {
            let item = "\(runs[place].iteration ?? 0) (`\(runs[place].value ?? "")`)"
            log(key, .error, "Iteration \(item) ended \(state.rawValue); no other one begins.", moment)
            endOpen(in: key, .failed, moment)
        }
        guard let condition = loop.breakWhen else { return }
        switch try render(condition, for: place, moment) {
        case .success(let text):
            guard isTruthy(rendered: text), let lanes = frames[key]?.plan.lanes else { return }
            frames[key]?.begun = lanes
        case .failure(let failure):
            log(key, .error, "`breakWhen`: \(failure.message)", moment)
            frames[key]?.note(.failed)
            endOpen(in: key, .failed, moment)
        }
    }

    /// All iterations are over: what they gave becomes the outputs of the loop.
    mutating func collectIterations(_ key: Int, _ frame: Frame) {
        guard let loop = loop(key), !loop.outputs.isEmpty, case .map(var outputs)? = runs[key].outputs else {
            return
        }
        let members = frame.members.sorted { (runs[$0].iteration ?? 0) < (runs[$1].iteration ?? 0) }
        outputs["outputs"] = .list(
            members.compactMap { place in
                runs[place].outputs.map { ["item": item(of: place), "outputs": $0] }
            })
        runs[key].outputs = .map(outputs)
        changes.note(key)
        index(.map(outputs), of: key)
    }

    /// `{value, iteration, key}` in the outputs of a loop.
    private func item(of place: Int) -> Value {
        var item: OrderedMap<Value> = [
            "value": .string(runs[place].value ?? ""), "iteration": .int(Int64(runs[place].iteration ?? 0)),
        ]
        if let key = key(of: place) { item["key"] = .string(key) }
        return .map(item)
    }

    /// The key of an iteration over a map.
    func key(of place: Int) -> String? {
        let owner = details[place].frame
        guard owner != Self.top, let lane = runs[place].iteration,
            case .list(let keys)? = runs[owner].plan?["keys"], keys.indices.contains(lane)
        else { return nil }
        return keys[lane].stringValue
    }

    /// Computes what an iteration gives; answers the state it ends in, `nil` while its outputs are being stored.
    mutating func closeIteration(_ place: Int, _ state: State, _ moment: Moment) throws(MissingFacts)
        -> State?
    {
        let key = details[place].frame
        guard let loop = key == Self.top ? nil : loop(key), !loop.outputs.isEmpty,
            state == .success || state == .warning, execution.state.current != .killing
        else { return state }
        let result: Result<Value, OutputFault>
        do {
            result = try OutputDefinition.render(
                loop.outputs, context(for: place, moment), encrypt: surroundings.conceal)
        } catch {
            guard case .missingFacts(let requests) = error.reason else {
                log(key, .error, error.message, moment)
                return .failed
            }
            throw MissingFacts(requests: requests)
        }
        switch result {
        case .failure(let fault):
            log(key, .error, fault.message, moment)
            return .failed
        case .success(let values):
            guard stores(loop, key) else {
                runs[place].outputs = values
                changes.note(place)
                return state
            }
            runs[place].plan = ["store": values, "state": .string(state.rawValue)]
            changes.note(place)
            commands.append(.dispatch(runs[place].id, attempt: runs[place].attempts.count))
            return nil
        }
    }

    private func stores(_ loop: LoopProperties, _ key: Int) -> Bool {
        switch loop.fetchType {
        case .store: true
        case .fetch: false
        case .auto: runs[key].plan?["rows"] != nil
        }
    }

    /// Whether a worker is putting the outputs of an iteration into a file; it has no frame then.
    func isStoring(_ place: Int) -> Bool { isIteration(place) && runs[place].plan?["store"] != nil }

    mutating func outputsStored(_ place: Int, attempt: Int, _ result: TaskResult, _ moment: Moment) {
        guard runs[place].attempts.count == attempt, runs[place].state.current == .running else { return }
        let state = runs[place].plan?["state"]?.stringValue.flatMap(State.init(rawValue:)) ?? .success
        runs[place].plan = nil
        runs[place].outputs = result.outputs
        end(place, result.state == .success ? state : result.state, moment)
    }

    func storeJob(of place: Int) -> JobDescription? {
        guard isStoring(place), case .map(let plan)? = runs[place].plan else { return nil }
        let key = details[place].frame
        let loop = flow.tasks[key == Self.top ? details[place].task : details[key].task]
        return JobDescription(
            executionID: execution.id, flow: execution.flow, taskID: loop.id, type: "\(loop.type)$Store",
            taskRunID: runs[place].id, attempt: runs[place].attempts.count, isInline: false,
            properties: .literal(["content": plan["store"] ?? .null]), timeout: nil, logLevel: nil,
            edition: flow.edition, variables: [:])
    }
}

/// Why the rows of a loop cannot be had.
public struct RowsRefused: Error, Hashable, Sendable {
    public var message: String

    public init(_ message: String) { self.message = message }
}

/// What a loop runs for.
enum LoopItems {
    case items([Value], keys: [String]?)
    /// A file, a row for each iteration.
    case rows(uri: String)

    static func read(_ value: Value) -> Result<LoopItems, RuleFailure> {
        switch value {
        case .list(let items): return .success(.items(items, keys: nil))
        case .map(let entries): return .success(.items(entries.values, keys: entries.keys))
        case .string(let text):
            if text.hasPrefix("kestra://") { return .success(.rows(uri: text)) }
            guard let parsed = try? JSONParser.parse(text), parsed.stringValue == nil else { break }
            return read(parsed)
        case .null, .bool, .int, .double, .extended: break
        }
        return .failure(
            RuleFailure(
                "the `values` of a loop must be a list, a map or the URI of a file; found the \(value.kind) "
                    + "`\(value.stringValue ?? value.json)`"))
    }
}
