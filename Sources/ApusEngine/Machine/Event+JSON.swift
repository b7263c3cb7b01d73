public import ApusModel

/// Events that wait in the store, as JSON: timers, and what could not be carried out in the turn that caused it.
public enum StoredEvent: Hashable, Sendable {
    case event(Event)
    /// A turn used up its budget; inline tasks are left to run.
    case goOn

    public var json: Value {
        switch self {
        case .goOn: ["type": "goOn"]
        case .event(.created): ["type": "created"]
        case .event(.killRequested): ["type": "kill"]
        case .event(.pauseRequested): ["type": "pause"]
        case .event(.restarted): ["type": "restarted"]
        case .event(.taskRunChanged(let id, let state)):
            ["type": "changed", "taskRun": .string(id), "state": .string(state.rawValue)]
        case .event(.statusChanged(let state)): ["type": "status", "state": .string(state.rawValue)]
        case .event(.labelled(let labels)):
            ["type": "labels", "labels": .list(labels.map { [.string($0.key), .string($0.value)] })]
        case .event(.breakpointPassed(let breakpoints)):
            [
                "type": "breakpoint",
                "breakpoints": breakpoints.map { .list($0.map { .string($0.text) }) } ?? .null,
            ]
        case .event(.admitted): ["type": "admitted"]
        case .event(.unqueued(let state)): ["type": "unqueued", "state": .string(state.rawValue)]
        case .event(.startRefused(let reason)): ["type": "startRefused", "reason": .string(reason)]
        case .event(.resumed(let id, let inputs)):
            ["type": "resumed", "taskRun": id.map { .string($0) } ?? .null, "inputs": inputs]
        case .event(.workerLost(let id, let attempt)):
            ["type": "workerLost", "taskRun": .string(id), "attempt": .int(Int64(attempt))]
        case .event(.timerFired(.retry(let id, let attempt))):
            ["type": "retry", "taskRun": .string(id), "attempt": .int(Int64(attempt))]
        case .event(.timerFired(.pauseEnds(let id))): ["type": "pauseEnds", "taskRun": .string(id)]
        case .event(.timerFired(.pauseTimesOut(let id))): ["type": "pauseTimesOut", "taskRun": .string(id)]
        case .event(.timerFired(.nextRound(let id, let round))):
            ["type": "nextRound", "taskRun": .string(id), "attempt": .int(Int64(round))]
        case .event(.timerFired(.serviceLevel(let place))):
            ["type": "serviceLevel", "place": .int(Int64(place))]
        case .event(.taskRunEnded(let id, let attempt, let result)):
            [
                "type": "ended", "taskRun": .string(id), "attempt": .int(Int64(attempt)),
                "state": .string(result.state.rawValue), "outputs": result.outputs ?? .null,
                "startedAt": result.startedAt.map { .int($0.microseconds) } ?? .null,
                "effects": .list(result.effects.map(\.json)),
                "logFile": result.logFile.map { .string($0) } ?? .null,
            ]
        case .event(.subflowEnded(let id, let child, let result)):
            [
                "type": "subflowEnded", "taskRun": .string(id), "child": .string(child),
                "state": .string(result.state.rawValue), "outputs": result.outputs ?? .null,
            ]
        case .event(.rowsLoaded(let id, .success(let rows))):
            ["type": "rows", "taskRun": .string(id), "rows": .list(rows)]
        case .event(.rowsLoaded(let id, .failure(let refused))):
            ["type": "rows", "taskRun": .string(id), "refused": .string(refused.message)]
        case .event(.subflowsBegan(let id, let attempt, let start)):
            [
                "type": "subflowsBegan", "taskRun": .string(id), "attempt": .int(Int64(attempt)),
                "child": start.child.map { .string($0) } ?? .null, "begun": .int(Int64(start.begun)),
                "total": start.total.map { .int(Int64($0)) } ?? .null,
                "uri": start.uri.map { .string($0) } ?? .null,
                "standing": start.standing.map(Self.counts) ?? .null,
                "next": start.next.map { .int(Int64($0)) } ?? .null,
            ]
        }
    }

    /// `nil` for JSON of another form, such as one a newer version wrote.
    public init?(json: Value) {
        let run = json["taskRun"]?.stringValue
        let attempt = json["attempt"]?.intValue.map { Int(clamping: $0) }
        switch (json["type"]?.stringValue, run, attempt) {
        case ("goOn", _, _): self = .goOn
        case ("created", _, _): self = .event(.created)
        case ("kill", _, _): self = .event(.killRequested)
        case ("pause", _, _): self = .event(.pauseRequested)
        case ("restarted", _, _): self = .event(.restarted)
        case ("changed", let run?, _):
            guard let state = Self.state(json) else { return nil }
            self = .event(.taskRunChanged(run, state))
        case ("status", _, _):
            guard let state = Self.state(json) else { return nil }
            self = .event(.statusChanged(state))
        case ("labels", _, _):
            self = .event(.labelled((json["labels"]?.listValue ?? []).compactMap(Self.label)))
        case ("breakpoint", _, _):
            let texts = json["breakpoints"]?.listValue
            self = .event(
                .breakpointPassed(
                    texts.map { $0.compactMap { $0.stringValue.flatMap { Breakpoint(text: $0) } } }))
        case ("admitted", _, _): self = .event(.admitted)
        case ("unqueued", _, _):
            guard let state = json["state"]?.stringValue.flatMap(State.init(rawValue:)) else { return nil }
            self = .event(.unqueued(state))
        case ("resumed", let run, _): self = .event(.resumed(run, inputs: json["inputs"] ?? .map([:])))
        case ("startRefused", _, _): self = .event(.startRefused(json["reason"]?.stringValue ?? ""))
        case ("serviceLevel", _, _):
            guard let place = json["place"]?.intValue else { return nil }
            self = .event(.timerFired(.serviceLevel(Int(clamping: place))))
        case ("workerLost", let run?, let attempt?): self = .event(.workerLost(run, attempt: attempt))
        case ("retry", let run?, let attempt?): self = .event(.timerFired(.retry(run, attempt: attempt)))
        case ("pauseEnds", let run?, _): self = .event(.timerFired(.pauseEnds(run)))
        case ("pauseTimesOut", let run?, _): self = .event(.timerFired(.pauseTimesOut(run)))
        case ("nextRound", let run?, let round?):
            self = .event(.timerFired(.nextRound(run, round: round)))
        case ("ended", let run?, let attempt?):
            guard let result = TaskResult(json: json) else { return nil }
            self = .event(.taskRunEnded(run, attempt: attempt, result))
        case ("rows", let run?, _):
            if let message = json["refused"]?.stringValue {
                self = .event(.rowsLoaded(run, .failure(RowsRefused(message))))
            } else {
                self = .event(.rowsLoaded(run, .success(json["rows"]?.listValue ?? [])))
            }
        case ("subflowEnded", let run?, _):
            guard let child = json["child"]?.stringValue, let result = TaskResult(json: json) else {
                return nil
            }
            self = .event(.subflowEnded(run, child: child, result))
        case ("subflowsBegan", let run?, let attempt?):
            let start = SubflowStart(
                child: json["child"]?.stringValue,
                begun: json["begun"]?.intValue.map { Int(clamping: $0) } ?? 0,
                total: json["total"]?.intValue.map { Int(clamping: $0) }, uri: json["uri"]?.stringValue,
                standing: json["standing"]?.mapValue.map(Self.counts),
                next: json["next"]?.intValue.map { Int(clamping: $0) })
            self = .event(.subflowsBegan(run, attempt: attempt, start))
        default: return nil
        }
    }

    private static func counts(_ counts: [State: Int]) -> Value {
        var entries: OrderedMap<Value> = [:]
        for state in State.allCases { entries[state.rawValue] = counts[state].map { .int(Int64($0)) } }
        return .map(entries)
    }

    private static func counts(_ entries: OrderedMap<Value>) -> [State: Int] {
        var counts: [State: Int] = [:]
        for (name, count) in entries {
            if let state = State(rawValue: name) { counts[state] = count.intValue.map { Int(clamping: $0) } }
        }
        return counts
    }

    private static func state(_ json: Value) -> State? {
        json["state"]?.stringValue.flatMap(State.init(rawValue:))
    }

    private static func label(_ json: Value) -> Label? {
        guard let pair = json.listValue, pair.count == 2, let key = pair[0].stringValue,
            let value = pair[1].stringValue
        else { return nil }
        return Label(key, value)
    }
}

extension TaskResult {
    fileprivate init?(json: Value) {
        guard let state = json["state"]?.stringValue.flatMap(State.init(rawValue:)) else { return nil }
        var effects: [ExecutionEffect] = []
        for stored in json["effects"]?.listValue ?? [] {
            guard let effect = ExecutionEffect(json: stored) else { return nil }
            effects.append(effect)
        }
        self.init(
            state: state, outputs: json["outputs"].flatMap { $0.isNull ? nil : $0 },
            startedAt: json["startedAt"]?.intValue.map { Timestamp(microseconds: $0) }, effects: effects,
            logFile: json["logFile"]?.stringValue)
    }
}
