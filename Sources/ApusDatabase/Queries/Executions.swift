public import ApusModel

/// The table of executions: one row each, with what is searched by in columns of its own.
public enum Executions {
    /// - Throws: `DatabaseError` (`constraint`) when the id exists.
    public static func insert(_ execution: Execution, _ connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO executions(id, namespace, flow_id, revision, state, created, updated, ended, parent_id,
                original_id, trigger_execution_id, labels, body, kind) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)
            """,
            .text(execution.id), .text(execution.flow.namespace), .text(execution.flow.id),
            .int(execution.flow.revision), .text(execution.state.current.rawValue),
            .time(execution.state.startDate),
            .time(updated(execution)), .time(ended(execution)), .text(execution.parentID),
            .text(execution.originalID), .text(triggerExecutionID(execution)),
            .text(LabelText.text(execution.labels)), .text(try execution.storedJSON()),
            .text(execution.kind == .normal ? nil : execution.kind.rawValue))
        try insertLabels(execution, connection)
    }

    /// Writes the present form of an execution. Does nothing when there is no such row.
    public static func update(_ execution: Execution, _ connection: any Connection) throws {
        let labels = SQLValue.text(LabelText.text(execution.labels))
        let body = SQLValue.text(try execution.storedJSON())
        // Labels rarely change; their own table is touched only then.
        let changed = try connection.execute(
            """
            UPDATE executions SET revision = ?, state = ?, updated = ?, ended = ?, parent_id = ?, body = ?
            WHERE id = ? AND labels = ?
            """,
            .int(execution.flow.revision), .text(execution.state.current.rawValue), .time(updated(execution)),
            .time(ended(execution)), .text(execution.parentID), body, .text(execution.id), labels)
        guard changed == 0 else { return }
        let before = try storedLabels(execution.id, connection)
        let found = try connection.execute(
            """
            UPDATE executions SET revision = ?, state = ?, updated = ?, ended = ?, parent_id = ?, body = ?,
                labels = ?
            WHERE id = ?
            """,
            .int(execution.flow.revision), .text(execution.state.current.rawValue), .time(updated(execution)),
            .time(ended(execution)), .text(execution.parentID), body, labels, .text(execution.id))
        guard found > 0 else { return }
        try deleteLabels(execution.id, before, connection)
        try insertLabels(execution, connection)
    }

    /// - Throws: `DatabaseError` (`unreadable`) for a row this version cannot read.
    public static func load(_ id: Execution.ID, _ connection: any Connection) throws -> Execution? {
        try connection.row("SELECT body FROM executions WHERE id = ?", .text(id)) {
            try Execution(storedJSON: $0.bytes(0))
        }
    }

    /// The state alone; `nil` when there is no such execution.
    public static func state(of id: Execution.ID, _ connection: any Connection) throws -> State? {
        try connection.row("SELECT state FROM executions WHERE id = ?", .text(id)) {
            State(rawValue: $0.text(0))
        } ?? nil
    }

    /// How many executions have a label, counted up to a limit.
    public static func countLabelled(_ label: Label, limit: Int, _ connection: any Connection) throws -> Int {
        try connection.row(
            """
            SELECT count(*) FROM (SELECT 1 FROM execution_labels WHERE key = ? AND value = ? LIMIT ?)
            """,
            .text(label.key), .text(label.value), .int(limit)
        ) { $0.int(0) } ?? 0
    }

    /// The executions that are not at their end, oldest first.
    public static func nonTerminal(limit: Int, _ connection: any Connection) throws -> [Execution.ID] {
        try connection.rows(
            "SELECT id FROM executions WHERE ended IS NULL ORDER BY created LIMIT ?", .int(limit)
        ) { $0.text(0) }
    }

    /// Removes an execution with its task runs, events and jobs. Answers whether there was one.
    @discardableResult
    public static func delete(_ id: Execution.ID, _ connection: any Connection) throws -> Bool {
        try deleteLabels(id, try storedLabels(id, connection), connection)
        try connection.execute("DELETE FROM task_runs WHERE execution_id = ?", .text(id))
        try connection.execute("DELETE FROM loop_values WHERE execution_id = ?", .text(id))
        try connection.execute("DELETE FROM inbox WHERE execution_id = ?", .text(id))
        try connection.execute("DELETE FROM jobs WHERE execution_id = ?", .text(id))
        try Subflows.deleteAll(of: id, connection)
        try Ticks.remove(execution: id, connection)
        return try connection.execute("DELETE FROM executions WHERE id = ?", .text(id)) > 0
    }

    private static func insertLabels(_ execution: Execution, _ connection: any Connection) throws {
        for label in execution.labels {
            try connection.execute(
                """
                INSERT INTO execution_labels(key, value, execution_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
                """,
                .text(label.key), .text(label.value), .text(execution.id))
        }
    }

    /// The labels that are stored; `nil` when the row cannot be read.
    private static func storedLabels(_ id: Execution.ID, _ connection: any Connection) throws -> [Label]? {
        do {
            return try load(id, connection)?.labels ?? []
        } catch let error as DatabaseError where error.reason == .unreadable {
            return nil
        }
    }

    private static func deleteLabels(
        _ id: Execution.ID, _ labels: [Label]?, _ connection: any Connection
    ) throws {
        guard let labels else {
            // Slow, but the only way to the labels of a row that cannot be read.
            try connection.execute("DELETE FROM execution_labels WHERE execution_id = ?", .text(id))
            return
        }
        for label in labels {
            try connection.execute(
                "DELETE FROM execution_labels WHERE key = ? AND value = ? AND execution_id = ?",
                .text(label.key),
                .text(label.value), .text(id))
        }
    }

    private static func updated(_ execution: Execution) -> Timestamp {
        execution.state.histories.last?.date ?? execution.state.startDate
    }

    private static func ended(_ execution: Execution) -> Timestamp? {
        execution.state.current.isTerminal ? execution.state.endDate : nil
    }

    private static func triggerExecutionID(_ execution: Execution) -> String? {
        execution.trigger?["variables"]?["executionId"]?.stringValue
    }
}
