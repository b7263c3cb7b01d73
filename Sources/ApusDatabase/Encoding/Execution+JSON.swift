public import ApusModel

extension Execution {
    /// The body under which it is stored.
    public func storedJSON() throws(DatabaseError) -> String {
        var body = BodyWriter()
        body.add("id", id)
        body.add("ns", flow.namespace)
        body.add("flow", flow.id)
        body.add("rev", flow.revision)
        body.add("state", state)
        body.add("labels", labels)
        if inputs != .map([:]) { try body.add("inputs", inputs) }
        if variables != .map([:]) { try body.add("vars", variables) }
        try body.add("outputs", outputs)
        try body.add("trigger", trigger)
        body.add("parent", parentID)
        if originalID != id { body.add("original", originalID) }
        if attemptNumber != 1 { body.add("attempt", attemptNumber) }
        body.add("created", createdDate)
        body.add("scheduled", scheduleDate)
        body.add("error", error)
        if !callers.isEmpty { try body.add("callers", .list(callers.map { .string($0) })) }
        if kind != .normal { body.add("kind", kind.rawValue) }
        if !breakpoints.isEmpty { try body.add("breakpoints", .list(breakpoints.map { .string($0.text) })) }
        body.add("endsAs", endsAs?.rawValue)
        if !violated.isEmpty { try body.add("violated", .list(violated.map { .int(Int64($0)) })) }
        if !passedListeners.isEmpty {
            try body.add("passed", .list(passedListeners.map { .int(Int64($0)) }))
        }
        return body.finish()
    }

    /// - Throws: `DatabaseError` (`unreadable`) for a body of another form.
    public init(storedJSON bytes: [UInt8]) throws(DatabaseError) {
        let body = try BodyReader(bytes, "execution")
        let state = try body.history("state")
        let flow = FlowReference(
            namespace: try body.text("ns"), id: try body.text("flow"), revision: body.optionalInt("rev") ?? 1)
        self.init(
            id: try body.text("id"), flow: flow, createdAt: body.optionalTime("created") ?? state.startDate,
            labels: body.labels("labels"), inputs: try body.value("inputs") ?? .map([:]),
            variables: try body.value("vars") ?? .map([:]), trigger: try body.value("trigger"))
        self.state = state
        outputs = try body.value("outputs")
        parentID = body.optionalText("parent")
        originalID = body.optionalText("original") ?? id
        attemptNumber = body.optionalInt("attempt") ?? 1
        scheduleDate = body.optionalTime("scheduled")
        error = body.optionalText("error")
        callers = try body.value("callers")?.listValue?.compactMap(\.stringValue) ?? []
        kind = body.optionalText("kind").flatMap(ExecutionKind.init(rawValue:)) ?? .normal
        breakpoints = (try body.value("breakpoints")?.listValue ?? []).compactMap {
            $0.stringValue.flatMap { Breakpoint(text: $0) }
        }
        endsAs = body.optionalText("endsAs").flatMap(State.init(rawValue:))
        violated =
            try body.value("violated")?.listValue?.compactMap { $0.intValue.map { Int(clamping: $0) } } ?? []
        passedListeners = (try body.value("passed")?.listValue ?? []).compactMap(\.intValue).map(
            Int.init(clamping:))
    }
}
