public import ApusModel

/// A flow, or any, whose executions a flow trigger waits for.
public struct FlowTriggerSource: Hashable, Sendable {
    /// `nil` for any.
    public var namespace: String?
    /// `nil` for any.
    public var flowID: String?
    public var states: Set<State>

    public init(namespace: String?, flowID: String?, states: Set<State>) {
        self.namespace = namespace
        self.flowID = flowID
        self.states = states
    }

    var text: String { "\(namespace ?? "")/\(flowID ?? "")" }
}

/// The index from flows to the triggers that may listen to their executions.
public enum FlowTriggerSources {
    /// What a trigger listens to from now on; nothing when it is gone.
    public static func replace(
        _ key: TriggerKey, by sources: [FlowTriggerSource], _ connection: any Connection
    ) throws {
        try connection.execute(
            "DELETE FROM flow_trigger_sources WHERE namespace = ? AND flow_id = ? AND trigger_id = ?",
            with: Triggers.values(key))
        var states: OrderedMap<Set<State>> = [:]
        for source in sources { states[source.text] = source.states.union(states[source.text] ?? []) }
        for (text, states) in states {
            let names = State.allCases.filter(states.contains).map(\.rawValue).joined(separator: ",")
            try connection.execute(
                """
                INSERT INTO flow_trigger_sources(source, namespace, flow_id, trigger_id, states)
                VALUES (?,?,?,?,?)
                """,
                with: [.text(text)] + Triggers.values(key) + [.text(names)])
        }
    }

    /// The triggers of other flows, switched on, that may listen to executions of a flow, each with the states it
    /// looks at.
    public static func listening(
        namespace: String, flowID: String, _ connection: any Connection
    ) throws -> [(key: TriggerKey, states: Set<State>)] {
        var found: [(key: TriggerKey, states: Set<State>)] = []
        try connection.forEachRow(
            .fixed(
                """
                SELECT s.namespace, s.flow_id, s.trigger_id, s.states FROM flow_trigger_sources s
                JOIN triggers t ON t.namespace = s.namespace AND t.flow_id = s.flow_id
                    AND t.trigger_id = s.trigger_id
                WHERE s.source IN (?, ?, ?, ?) AND t.disabled = 0 AND t.off = 0
                    AND NOT (s.namespace = ? AND s.flow_id = ?)
                ORDER BY s.namespace, s.flow_id, s.trigger_id
                """),
            with: [
                .text("\(namespace)/\(flowID)"), .text("\(namespace)/"), .text("/\(flowID)"), .text("/"),
                .text(namespace), .text(flowID),
            ]
        ) { row in
            let key = TriggerKey(namespace: row.text(0), flowID: row.text(1), triggerID: row.text(2))
            let states = Set(row.text(3).split(separator: ",").compactMap { State(rawValue: String($0)) })
            if let last = found.indices.last, found[last].key == key {
                found[last].states.formUnion(states)
            } else {
                found.append((key, states))
            }
        }
        return found
    }
}
