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
        case .event(.resumed(let id, let inputs)):
            ["type": "resumed", "taskRun": id.map { .string($0) } ?? .null, "inputs": inputs]
        case .event(.workerLost(let id, let attempt)):
            ["type": "workerLost", "taskRun": .string(id), "attempt": .int(Int64(attempt))]
        case .event(.timerFired(.retry(let id, let attempt))):
            ["type": "retry", "taskRun": .string(id), "attempt": .int(Int64(attempt))]
        case .event(.timerFired(.pauseEnds(let id))): ["type": "pauseEnds", "taskRun": .string(id)]
        case .event(.timerFired(.pauseTimesOut(let id))): ["type": "pauseTimesOut", "taskRun": .string(id)]
        case .event(.taskRunEnded(let id, let attempt, let result)):
            [
                "type": "ended", "taskRun": .string(id), "attempt": .int(Int64(attempt)),
                "state": .string(result.state.rawValue), "outputs": result.outputs ?? .null,
                "startedAt": result.startedAt.map { .int($0.microseconds) } ?? .null,
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
        case ("resumed", let run, _): self = .event(.resumed(run, inputs: json["inputs"] ?? .map([:])))
        case ("workerLost", let run?, let attempt?): self = .event(.workerLost(run, attempt: attempt))
        case ("retry", let run?, let attempt?): self = .event(.timerFired(.retry(run, attempt: attempt)))
        case ("pauseEnds", let run?, _): self = .event(.timerFired(.pauseEnds(run)))
        case ("pauseTimesOut", let run?, _): self = .event(.timerFired(.pauseTimesOut(run)))
        case ("ended", let run?, let attempt?):
            guard let state = Self.state(json) else { return nil }
            let outputs = json["outputs"].flatMap { $0.isNull ? nil : $0 }
            let started = json["startedAt"]?.intValue.map { Timestamp(microseconds: $0) }
            let result = TaskResult(state: state, outputs: outputs, startedAt: started)
            self = .event(.taskRunEnded(run, attempt: attempt, result))
        default: return nil
        }
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
