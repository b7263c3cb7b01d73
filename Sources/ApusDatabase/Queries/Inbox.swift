public import ApusModel

/// An event that waits for its execution.
public struct InboxRow: Hashable, Sendable {
    /// Grows with each event; never used twice.
    public var sequence: Int
    public var executionID: Execution.ID
    /// Not to be handled before.
    public var due: Timestamp
    /// JSON.
    public var body: String
}

/// The table of events for executions; timers are events of the future.
public enum Inbox {
    public static func add(
        executionID: Execution.ID, due: Timestamp, body: String, _ connection: any Connection
    ) throws {
        try connection.execute(
            "INSERT INTO inbox(execution_id, due, body) VALUES (?, ?, ?)", .text(executionID), .time(due),
            .text(body))
    }

    /// The events that are due, the longest due first.
    public static func due(at now: Timestamp, limit: Int, _ connection: any Connection) throws -> [InboxRow] {
        try connection.rows(
            "SELECT seq, execution_id, due, body FROM inbox WHERE due <= ? ORDER BY due, seq LIMIT ?",
            .time(now), .int(limit), map: row)
    }

    /// The events of one execution that are due.
    public static func due(
        executionID: Execution.ID, at now: Timestamp, limit: Int, _ connection: any Connection
    ) throws -> [InboxRow] {
        try connection.rows(
            """
            SELECT seq, execution_id, due, body FROM inbox WHERE execution_id = ? AND due <= ?
            ORDER BY due, seq LIMIT ?
            """,
            .text(executionID), .time(now), .int(limit), map: row)
    }

    /// All events of one execution, those of the future too.
    public static func waiting(executionID: Execution.ID, _ connection: any Connection) throws -> [InboxRow] {
        try connection.rows(
            "SELECT seq, execution_id, due, body FROM inbox WHERE execution_id = ? ORDER BY due, seq",
            .text(executionID), map: row)
    }

    /// When the next event is due, past or future; `nil` when none waits.
    public static func next(_ connection: any Connection) throws -> Timestamp? {
        try connection.row("SELECT min(due) FROM inbox") { $0.optionalTime(0) } ?? nil
    }

    /// Answers whether the event was still there.
    @discardableResult
    public static func remove(_ sequence: Int, _ connection: any Connection) throws -> Bool {
        try connection.execute("DELETE FROM inbox WHERE seq = ?", .int(sequence)) > 0
    }

    public static func removeAll(executionID: Execution.ID, _ connection: any Connection) throws {
        try connection.execute("DELETE FROM inbox WHERE execution_id = ?", .text(executionID))
    }

    private static func row(_ row: any Row) -> InboxRow {
        InboxRow(sequence: row.int(0), executionID: row.text(1), due: row.time(2), body: row.text(3))
    }
}
