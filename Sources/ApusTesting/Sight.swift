import ApusDatabase
import ApusDatabaseSQLite
import ApusEngine
import ApusModel
import Synchronization

/// What is stored, as auditors look at it: after each step several times, so nothing is read twice between two
/// commits, and of what is read only what changed is decoded.
final class Sight: Sendable {
    private struct Seen {
        var commits = -1
        var executions: [Execution.ID: (Execution, [TaskRun])] = [:]
        var jobs: [Execution.ID: [JobRow]] = [:]
        var waiting: [Execution.ID: [InboxRow]] = [:]
        var children: [SubflowRow]?
        // Kept from commit to commit.
        var bodies: [Execution.ID: (bytes: [UInt8], execution: Execution)] = [:]
        var runs: [Execution.ID: [Int: (bytes: [UInt8], run: TaskRun)]] = [:]
    }

    private let database: SteppedDatabase
    private let seen = Mutex(Seen())

    init(_ database: SteppedDatabase) { self.database = database }

    func stored(_ id: Execution.ID) async throws -> (Execution, [TaskRun])? {
        if let known = look({ $0.executions[id] }) { return known }
        let (body, rows) = try await database.read { connection in
            (
                try connection.row("SELECT body FROM executions WHERE id = ?", .text(id)) { $0.bytes(0) },
                try connection.rows(
                    "SELECT seq, body FROM task_runs WHERE execution_id = ? ORDER BY seq", .text(id)
                ) { (sequence: $0.int(0), bytes: $0.bytes(1)) }
            )
        }
        guard let body else { return nil }
        return try seen.withLock { seen in
            var execution: Execution
            if let known = seen.bodies[id], known.bytes == body {
                execution = known.execution
            } else {
                execution = try Execution(storedJSON: body)
                seen.bodies[id] = (body, execution)
            }
            let old = seen.runs[id] ?? [:]
            var new: [Int: (bytes: [UInt8], run: TaskRun)] = [:]
            var runs: [TaskRun] = []
            for row in rows {
                if let known = old[row.sequence], known.bytes == row.bytes {
                    new[row.sequence] = known
                    runs.append(known.run)
                } else {
                    let run = try TaskRun(storedJSON: row.bytes)
                    new[row.sequence] = (row.bytes, run)
                    runs.append(run)
                }
            }
            seen.runs[id] = new
            seen.executions[id] = (execution, runs)
            return (execution, runs)
        }
    }

    func jobs(of id: Execution.ID) async throws -> [JobRow] {
        if let known = look({ $0.jobs[id] }) { return known }
        let rows = try await database.read { try Jobs.forExecution(id, $0) }
        seen.withLock { $0.jobs[id] = rows }
        return rows
    }

    /// Its rows in the inbox.
    func waiting(of id: Execution.ID) async throws -> [InboxRow] {
        if let known = look({ $0.waiting[id] }) { return known }
        let rows = try await database.read { try Inbox.waiting(executionID: id, $0) }
        seen.withLock { $0.waiting[id] = rows }
        return rows
    }

    /// The executions that task runs started.
    func children() async throws -> [SubflowRow] {
        if let known = look({ $0.children }) { return known }
        let rows = try await database.read { connection in
            try connection.rows(
                """
                SELECT child_id, parent_id, task_run_id, parent_run_id, batch, waits FROM subflows
                ORDER BY parent_id, task_run_id, batch, child_id
                """
            ) { row in
                SubflowRow(
                    childID: row.text(0), parentID: row.text(1), taskRunID: row.text(2),
                    parentRunID: row.optionalText(3), batch: row.int(4), waits: row.int(5) == 1)
            }
        }
        seen.withLock { $0.children = rows }
        return rows
    }

    /// The ids of all executions, in a fixed order.
    func executions() async throws -> [Execution.ID] {
        try await database.read { try $0.rows("SELECT id FROM executions ORDER BY id") { $0.text(0) } }
    }

    private func look<Answer>(_ at: (Seen) -> Answer?) -> Answer? {
        let commits = database.commitCount
        return seen.withLock { seen in
            if seen.commits != commits {
                seen.commits = commits
                seen.executions = [:]
                seen.jobs = [:]
                seen.waiting = [:]
                seen.children = nil
            }
            return at(seen)
        }
    }
}
