public import ApusModel

/// An execution that a task run of another one started.
public struct SubflowRow: Hashable, Sendable {
    public var childID: Execution.ID
    public var parentID: Execution.ID
    /// The task run that started it.
    public var taskRunID: TaskRun.ID
    /// The task run around that one.
    public var parentRunID: TaskRun.ID?
    /// Which batch it is for, from 0.
    public var batch: Int
    /// Whether the task run has still to hear of its end.
    public var waits: Bool

    public init(
        childID: Execution.ID, parentID: Execution.ID, taskRunID: TaskRun.ID, parentRunID: TaskRun.ID?,
        batch: Int,
        waits: Bool
    ) {
        self.childID = childID
        self.parentID = parentID
        self.taskRunID = taskRunID
        self.parentRunID = parentRunID
        self.batch = batch
        self.waits = waits
    }
}

/// The table of parents and children.
public enum Subflows {
    public static func add(_ row: SubflowRow, _ connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO subflows(child_id, parent_id, task_run_id, parent_run_id, batch, waits)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            .text(row.childID), .text(row.parentID), .text(row.taskRunID), .text(row.parentRunID),
            .int(row.batch), .int(row.waits ? 1 : 0))
    }

    /// The row of a child whose end its parent has to hear of; from now on it has heard.
    public static func takeWaiting(child: Execution.ID, _ connection: any Connection) throws -> SubflowRow? {
        let found = try connection.row(
            """
            SELECT child_id, parent_id, task_run_id, parent_run_id, batch, waits FROM subflows
            WHERE child_id = ? AND waits = 1
            """,
            .text(child), map: row)
        guard let found else { return nil }
        try connection.execute("UPDATE subflows SET waits = 0 WHERE child_id = ?", .text(child))
        return found
    }

    /// The children of a task run whose ends it waits for.
    public static func waiting(taskRunID: TaskRun.ID, _ connection: any Connection) throws -> [SubflowRow] {
        try connection.rows(
            """
            SELECT child_id, parent_id, task_run_id, parent_run_id, batch, waits FROM subflows
            WHERE task_run_id = ? AND waits = 1 ORDER BY batch
            """,
            .text(taskRunID), map: row)
    }

    /// The children of a task run with the states they are in, by batch.
    public static func standing(taskRunID: TaskRun.ID, _ connection: any Connection) throws
        -> [(row: SubflowRow, state: State)]
    {
        try connection.rows(
            """
            SELECT s.child_id, s.parent_id, s.task_run_id, s.parent_run_id, s.batch, s.waits, e.state
            FROM subflows s JOIN executions e ON e.id = s.child_id
            WHERE s.task_run_id = ? ORDER BY s.batch
            """,
            .text(taskRunID)
        ) { (row: row($0), state: State(rawValue: $0.text(6)) ?? .failed) }
    }

    /// Forgets the child of a batch, whose place another one takes.
    public static func forget(taskRunID: TaskRun.ID, batch: Int, _ connection: any Connection) throws {
        try connection.execute(
            "DELETE FROM subflows WHERE task_run_id = ? AND batch = ?", .text(taskRunID), .int(batch))
    }

    /// Forgets the children of earlier attempts of a task run.
    public static func forgetAll(taskRunID: TaskRun.ID, _ connection: any Connection) throws {
        try connection.execute("DELETE FROM subflows WHERE task_run_id = ?", .text(taskRunID))
    }

    /// A parent waits again for a child that goes on.
    public static func waitAgain(child: Execution.ID, _ connection: any Connection) throws {
        try connection.execute("UPDATE subflows SET waits = 1 WHERE child_id = ?", .text(child))
    }

    /// Another execution takes the place of a child.
    public static func replace(child: Execution.ID, by other: Execution.ID, _ connection: any Connection)
        throws
    {
        try connection.execute(
            "UPDATE subflows SET child_id = ? WHERE child_id = ? AND waits = 1", .text(other), .text(child))
    }

    /// The outputs of the children below a task run, by batch.
    ///
    /// - Parameter batch: The last batch of the page before.
    public static func outputs(
        parentID: Execution.ID, parentRunID: TaskRun.ID, after batch: Int, limit: Int,
        _ connection: any Connection
    ) throws -> [(batch: Int, outputs: Value)] {
        try connection.rows(
            """
            SELECT s.batch, e.body FROM subflows s JOIN executions e ON e.id = s.child_id
            WHERE s.parent_id = ? AND s.parent_run_id = ? AND s.batch > ? ORDER BY s.batch LIMIT ?
            """,
            .text(parentID), .text(parentRunID), .int(batch), .int(limit)
        ) { (batch: $0.int(0), outputs: try Execution(storedJSON: $0.bytes(1)).outputs ?? .map([:])) }
    }

    static func deleteAll(of id: Execution.ID, _ connection: any Connection) throws {
        try connection.execute(
            "DELETE FROM subflows WHERE child_id = ? OR parent_id = ?", .text(id), .text(id))
    }

    private static func row(_ row: any Row) -> SubflowRow {
        SubflowRow(
            childID: row.text(0), parentID: row.text(1), taskRunID: row.text(2),
            parentRunID: row.optionalText(3),
            batch: row.int(4), waits: row.int(5) == 1)
    }
}
