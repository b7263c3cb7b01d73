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
        case ("resumed", let run, _): self = .event(.resumed(run, inputs: json["inputs"] ?? .map([:])))
        case ("workerLost", let run?, let attempt?): self = .event(.workerLost(run, attempt: attempt))
        case ("retry", let run?, let attempt?): self = .event(.timerFired(.retry(run, attempt: attempt)))
        case ("pauseEnds", let run?, _): self = .event(.timerFired(.pauseEnds(run)))
        case ("pauseTimesOut", let run?, _): self = .event(.timerFired(.pauseTimesOut(run)))
        case ("ended", let run?, let attempt?):
            guard let state = json["state"]?.stringValue.flatMap(State.init(rawValue:)) else { return nil }
            let outputs = json["outputs"].flatMap { $0.isNull ? nil : $0 }
            let started = json["startedAt"]?.intValue.map { Timestamp(microseconds: $0) }
            let result = TaskResult(state: state, outputs: outputs, startedAt: started)
            self = .event(.taskRunEnded(run, attempt: attempt, result))
        default: return nil
        }
    }
}
