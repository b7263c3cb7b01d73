public import ApusModel

/// The dates for which schedules have fired: each at most once in its series.
public enum Ticks {
    /// Records that a date fires; answers false when it has already.
    ///
    /// - Parameter series: Empty for the schedule itself, else the id of the backfill.
    public static func add(
        _ key: TriggerKey, series: String, date: Timestamp, execution id: Execution.ID,
        _ connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            INSERT INTO ticks(namespace, flow_id, trigger_id, series, date, execution_id)
            VALUES (?,?,?,?,?,?) ON CONFLICT DO NOTHING
            """,
            with: Triggers.values(key) + [.text(series), .time(date), .text(id)]) > 0
    }

    /// The trigger and series that an execution was started for; `nil` for one that no schedule started.
    public static func origin(of id: Execution.ID, _ connection: any Connection) throws
        -> (key: TriggerKey, series: String)?
    {
        try connection.row(
            "SELECT namespace, flow_id, trigger_id, series FROM ticks WHERE execution_id = ?", .text(id)
        ) { row in
            let key = TriggerKey(namespace: row.text(0), flowID: row.text(1), triggerID: row.text(2))
            return (key, row.text(3))
        }
    }

    /// The state of the newest execution for a date, whatever the series; `nil` when there is none.
    public static func state(_ key: TriggerKey, date: Timestamp, _ connection: any Connection) throws
        -> State?
    {
        try connection.rows(
            built: """
                SELECT e.state FROM ticks t JOIN executions e ON e.id = t.execution_id
                WHERE t.namespace = ? AND t.flow_id = ? AND t.trigger_id = ? AND t.date = ?
                ORDER BY e.created DESC LIMIT 1
                """,
            with: Triggers.values(key) + [.time(date)]
        ) { State(rawValue: $0.text(0)) }.first ?? nil
    }

    /// A date does not fire after all.
    public static func remove(execution id: Execution.ID, _ connection: any Connection) throws {
        try connection.execute("DELETE FROM ticks WHERE execution_id = ?", .text(id))
    }

    /// Forgets what a trigger has fired for.
    public static func deleteAll(_ key: TriggerKey, _ connection: any Connection) throws {
        try connection.execute(
            "DELETE FROM ticks WHERE namespace = ? AND flow_id = ? AND trigger_id = ?",
            with: Triggers.values(key))
    }
}
