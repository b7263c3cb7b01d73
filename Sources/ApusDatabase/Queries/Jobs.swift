public import ApusModel

/// An attempt of a task run that waits for a worker or is held by one.
public struct JobRow: Hashable, Sendable {
    public var taskRunID: TaskRun.ID
    /// From 1.
    public var attempt: Int
    public var executionID: Execution.ID
    /// `nil` while no worker has taken it.
    public var leasedBy: String?
    /// When the lease ends; in the past for a job nobody holds.
    public var leaseUntil: Timestamp
    /// JSON; may be empty.
    public var body: String
}

/// The table of jobs.
public enum Jobs {
    /// Adds a job, held by a worker from the start when one is named.
    public static func add(
        taskRunID: TaskRun.ID, attempt: Int, executionID: Execution.ID, leasedBy: String? = nil,
        leaseUntil: Timestamp? = nil, body: String = "", _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO jobs(task_run_id, attempt, execution_id, leased_by, lease_until, body)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            .text(taskRunID), .int(attempt), .text(executionID), .text(leasedBy),
            .time(leaseUntil ?? Timestamp(microseconds: 0)), .text(body))
    }

    /// Answers whether the job was still there: only then does its result count.
    @discardableResult
    public static func remove(taskRunID: TaskRun.ID, attempt: Int, _ connection: any Connection) throws
        -> Bool
    {
        try connection.execute(
            "DELETE FROM jobs WHERE task_run_id = ? AND attempt = ?", .text(taskRunID), .int(attempt)) > 0
    }

    /// Takes jobs nobody holds, those that were never held first, in the order they came.
    public static func claim(
        worker: String, at now: Timestamp, until: Timestamp, limit: Int, _ connection: any Connection
    ) throws -> [JobRow] {
        try connection.rows(
            """
            UPDATE jobs SET leased_by = ?, lease_until = ?
            WHERE seq IN (SELECT seq FROM jobs WHERE lease_until <= ? ORDER BY lease_until, seq LIMIT ?)
            RETURNING task_run_id, attempt, execution_id, leased_by, lease_until, body
            """,
            .text(worker), .time(until), .time(now), .int(limit), map: row)
    }

    /// Extends all leases of a worker. Answers how many it holds.
    @discardableResult
    public static func renew(worker: String, until: Timestamp, _ connection: any Connection) throws -> Int {
        try connection.execute(
            "UPDATE jobs SET lease_until = ? WHERE leased_by = ?", .time(until), .text(worker))
    }

    /// Jobs held by any other name: after a start of the only process, those of a process that is gone.
    public static func leasedByOthers(
        than worker: String, limit: Int, _ connection: any Connection
    ) throws -> [JobRow] {
        try connection.rows(
            """
            SELECT task_run_id, attempt, execution_id, leased_by, lease_until, body FROM jobs
            WHERE leased_by IS NOT NULL AND leased_by <> ? ORDER BY seq LIMIT ?
            """,
            .text(worker), .int(limit), map: row)
    }

    /// Jobs whose lease has ended without a result.
    public static func expired(at now: Timestamp, limit: Int, _ connection: any Connection) throws -> [JobRow]
    {
        try connection.rows(
            """
            SELECT task_run_id, attempt, execution_id, leased_by, lease_until, body FROM jobs
            WHERE leased_by IS NOT NULL AND lease_until <= ? ORDER BY lease_until, seq LIMIT ?
            """,
            .time(now), .int(limit), map: row)
    }

    public static func forExecution(_ id: Execution.ID, _ connection: any Connection) throws -> [JobRow] {
        try connection.rows(
            """
            SELECT task_run_id, attempt, execution_id, leased_by, lease_until, body FROM jobs
            WHERE execution_id = ? ORDER BY seq
            """,
            .text(id), map: row)
    }

    public static func count(_ connection: any Connection) throws -> Int {
        try connection.row("SELECT count(*) FROM jobs") { $0.int(0) } ?? 0
    }

    private static func row(_ row: any Row) -> JobRow {
        JobRow(
            taskRunID: row.text(0), attempt: row.int(1), executionID: row.text(2),
            leasedBy: row.optionalText(3),
            leaseUntil: row.time(4), body: row.text(5))
    }
}
