/// What polling triggers remember, as JSON.
public enum TriggerStates {
    public static func load(_ key: TriggerKey, _ connection: any Connection) throws -> String? {
        try connection.rows(
            built: "SELECT state FROM trigger_states WHERE namespace = ? AND flow_id = ? AND trigger_id = ?",
            with: Triggers.values(key)
        ) { $0.text(0) }.first
    }

    public static func put(_ state: String, of key: TriggerKey, _ connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO trigger_states(namespace, flow_id, trigger_id, state) VALUES (?,?,?,?)
            ON CONFLICT(namespace, flow_id, trigger_id) DO UPDATE SET state = excluded.state
            """,
            with: Triggers.values(key) + [.text(state)])
    }

    public static func delete(_ key: TriggerKey, _ connection: any Connection) throws {
        try connection.execute(
            "DELETE FROM trigger_states WHERE namespace = ? AND flow_id = ? AND trigger_id = ?",
            with: Triggers.values(key))
    }
}

extension Triggers {
    /// Those that a worker of another process evaluates, or did before that process ended.
    public static func evaluated(
        notBy worker: String, limit: Int, _ connection: any Connection
    ) throws -> [TriggerRow] {
        try connection.rows(
            built: """
                SELECT \(columns) FROM triggers
                WHERE evaluating IS NOT NULL AND (worker_id IS NULL OR worker_id <> ?) LIMIT ?
                """,
            with: [.text(worker), .int(limit)], map: row)
    }

    /// The realtime triggers that are switched on.
    public static func realtime(_ connection: any Connection) throws -> [TriggerRow] {
        try connection.rows(
            built: """
                SELECT \(columns) FROM triggers WHERE kind = 'realtime' AND NOT disabled AND NOT off
                ORDER BY namespace, flow_id, trigger_id
                """,
            with: [], map: row)
    }
}
