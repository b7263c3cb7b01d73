public import ApusModel

extension TaskRun {
    /// The body under which it is stored.
    public func storedJSON() throws(DatabaseError) -> String { try storedJSON(plan: plan) }

    /// The same with another plan.
    func storedJSON(plan: Value?) throws(DatabaseError) -> String {
        var body = BodyWriter()
        body.add("id", id)
        body.add("task", taskID)
        body.add("parent", parentID)
        body.add("value", value)
        body.add("iteration", iteration)
        body.add("state", state)
        body.add("attempts", attempts.map(\.state))
        if attempts.contains(where: { $0.logFile != nil }) {
            try body.add("logFiles", .list(attempts.map { $0.logFile.map { .string($0) } ?? .null }))
        }
        try body.add("outputs", outputs)
        try body.add("plan", plan)
        body.add("scope", scope)
        return body.finish()
    }

    /// - Throws: `DatabaseError` (`unreadable`) for a body of another form.
    public init(storedJSON bytes: [UInt8]) throws(DatabaseError) {
        let body = try BodyReader(bytes, "task run")
        let state = try body.history("state")
        self.init(
            id: try body.text("id"), taskID: try body.text("task"), parentID: body.optionalText("parent"),
            value: body.optionalText("value"), iteration: body.optionalInt("iteration"),
            createdAt: state.startDate)
        self.state = state
        attempts = try body.histories("attempts").map(Attempt.init(state:))
        for (place, uri) in (try body.value("logFiles")?.listValue ?? []).enumerated()
        where attempts.indices.contains(place) {
            attempts[place].logFile = uri.stringValue
        }
        outputs = try body.value("outputs")
        plan = try body.value("plan")
        scope = body.optionalText("scope")
    }
}
