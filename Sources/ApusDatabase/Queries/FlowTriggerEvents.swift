public import ApusModel

/// A change of state of an execution that a flow trigger has to look at.
public struct FlowTriggerEvent: Hashable, Sendable {
    /// Grows with each event; never used twice.
    public var sequence: Int
    public var key: TriggerKey
    public var executionID: Execution.ID
    public var state: State
    public var date: Timestamp
}

/// The table of events for flow triggers.
public enum FlowTriggerEvents {
    public static func add(
        _ key: TriggerKey, execution id: Execution.ID, state: State, date: Timestamp,
        _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO flow_trigger_events(namespace, flow_id, trigger_id, execution_id, state, date)
            VALUES (?,?,?,?,?,?)
            """,
            with: Triggers.values(key) + [.text(id), .text(state.rawValue), .time(date)])
    }

    /// The oldest.
    public static func first(_ limit: Int, _ connection: any Connection) throws -> [FlowTriggerEvent] {
        try connection.rows(
            """
            SELECT seq, namespace, flow_id, trigger_id, execution_id, state, date FROM flow_trigger_events
            ORDER BY seq LIMIT ?
            """, .int(limit)
        ) { row in
            FlowTriggerEvent(
                sequence: row.int(0),
                key: TriggerKey(namespace: row.text(1), flowID: row.text(2), triggerID: row.text(3)),
                executionID: row.text(4), state: State(rawValue: row.text(5)) ?? .created, date: row.time(6))
        }
    }

    /// Answers whether the event was still there.
    public static func remove(_ sequence: Int, _ connection: any Connection) throws -> Bool {
        try connection.execute("DELETE FROM flow_trigger_events WHERE seq = ?", .int(sequence)) > 0
    }

    /// Whether a trigger has something to look at.
    public static func hasAny(_ key: TriggerKey, _ connection: any Connection) throws -> Bool {
        try connection.count(
            built: """
                SELECT EXISTS(SELECT 1 FROM flow_trigger_events
                WHERE namespace = ? AND flow_id = ? AND trigger_id = ?)
                """,
            with: Triggers.values(key)) > 0
    }

    /// Forgets what a trigger has not looked at.
    public static func deleteAll(_ key: TriggerKey, _ connection: any Connection) throws {
        try connection.execute(
            "DELETE FROM flow_trigger_events WHERE namespace = ? AND flow_id = ? AND trigger_id = ?",
            with: Triggers.values(key))
    }
}
