package import ApusModel

extension ExecutionView {
    /// Reads the API's form of an execution; `nil` when the parts that matter are missing.
    package init?(json: Value) {
        guard let id = json["id"]?.stringValue, let namespace = json["namespace"]?.stringValue,
            let flowID = json["flowId"]?.stringValue, let state = StateFields(json["state"])
        else { return nil }
        self.id = id
        self.namespace = namespace
        self.flowID = flowID
        revision = json["flowRevision"]?.intValue.map { Int(clamping: $0) }
        self.state = state.current
        startDate = state.start
        endDate = state.end
        outputs = json["outputs"]
        error = json["error"]?["message"]?.stringValue
        runs = (json["taskRunList"]?.listValue ?? []).compactMap(Run.init(json:))
    }
}

extension ExecutionView.Run {
    init?(json: Value) {
        guard let id = json["id"]?.stringValue, let taskID = json["taskId"]?.stringValue,
            let state = StateFields(json["state"])
        else { return nil }
        self.id = id
        self.taskID = taskID
        parentID = json["parentTaskRunId"]?.stringValue
        value = json["value"]?.stringValue
        self.state = state.current
        startDate = state.start
        endDate = state.end
        attempts = json["attempts"]?.listValue?.count ?? 0
        iterations = Iterations(outputs: json["outputs"])
    }
}

/// `{current, startDate, endDate?}`
private struct StateFields {
    var current: State
    var start: Timestamp
    var end: Timestamp?

    init?(_ json: Value?) {
        guard let json, let current = json["current"]?.stringValue.flatMap(State.init(rawValue:)),
            let start = json["startDate"]?.stringValue.flatMap({ Timestamp(iso: $0) })
        else { return nil }
        self.current = current
        self.start = start
        end = json["endDate"]?.stringValue.flatMap { Timestamp(iso: $0) }
    }
}
