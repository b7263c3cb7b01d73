public import ApusModel

/// The table of task runs: one row each, numbered within their execution in the order of creation.
public enum TaskRuns {
    /// Writes rows, new or changed.
    ///
    /// - Parameter replanned: Numbers of those whose plan may be another than the one written last; `nil` for all.
    public static func upsert(
        executionID: Execution.ID, _ runs: [(sequence: Int, run: TaskRun)], replanned: Set<Int>? = nil,
        _ connection: any Connection
    ) throws {
        let id = SQLValue.text(executionID)
        for (sequence, run) in runs {
            let (plan, values) = split(run.plan)
            if let values, replanned?.contains(sequence) != false {
                try writeValues(values, executionID: executionID, sequence: sequence, connection)
            }
            try connection.execute(
                """
                INSERT INTO task_runs(execution_id, seq, body, scope, iteration_of, iteration_state)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT(execution_id, seq)
                DO UPDATE SET body = excluded.body, iteration_state = excluded.iteration_state
                """,
                id, .int(sequence), .text(try run.storedJSON(plan: plan)), .text(run.scope),
                .text(run.isIteration ? run.parentID ?? "" : nil),
                .text(run.isIteration ? run.state.current.rawValue : nil))
        }
    }

    /// All task runs of an execution in the order of their numbers. Plans are without the values of loops.
    public static func load(executionID: Execution.ID, _ connection: any Connection) throws -> [TaskRun] {
        try connection.rows(
            "SELECT body FROM task_runs WHERE execution_id = ? ORDER BY seq", .text(executionID)
        ) { try TaskRun(storedJSON: $0.bytes(0)) }
    }

    /// The same with the numbers they are stored under, and with whole plans.
    ///
    /// - Parameters:
    ///   - sequence: Only those with greater numbers.
    ///   - limit: As many at most; `nil` for all.
    public static func loadNumbered(
        executionID: Execution.ID, after sequence: Int = -1, limit: Int? = nil, _ connection: any Connection
    ) throws -> [(sequence: Int, run: TaskRun)] {
        var runs = try connection.rows(
            "SELECT seq, body FROM task_runs WHERE execution_id = ? AND seq > ? ORDER BY seq LIMIT ?",
            .text(executionID), .int(sequence), .int(limit ?? -1)
        ) { (sequence: $0.int(0), run: try TaskRun(storedJSON: $0.bytes(1))) }
        for place in runs.indices where runs[place].run.plan != nil {
            runs[place].run.plan = try join(
                runs[place].run.plan, executionID: executionID, sequence: runs[place].sequence, connection)
        }
        return runs
    }

    /// A part of the task runs of an execution that run in no iteration, or of those of one iteration, its own first.
    public static func load(
        executionID: Execution.ID, scope: TaskRun.ID?, offset: Int = 0, limit: Int,
        _ connection: any Connection
    ) throws -> [TaskRun] {
        try connection.rows(
            """
            SELECT body FROM task_runs INDEXED BY task_runs_order WHERE execution_id = ? AND scope IS ? AND seq >= (
                SELECT seq FROM task_runs INDEXED BY task_runs_order WHERE execution_id = ? AND scope IS ?
                ORDER BY seq LIMIT 1 OFFSET ?)
            ORDER BY seq LIMIT ?
            """,
            .text(executionID), .text(scope), .text(executionID), .text(scope), .int(offset), .int(limit)
        ) { try TaskRun(storedJSON: $0.bytes(0)) }
    }

    /// One task run by its id; `nil` when the execution has none of this name.
    ///
    /// Cost: one look at the beginning of each of its task runs.
    public static func load(
        executionID: Execution.ID, id: TaskRun.ID, _ connection: any Connection
    ) throws -> TaskRun? {
        // The id is the first member of every body.
        var writer = JSONWriter(capacity: 32)
        writer.write(id)
        let start = "{\"id\":" + writer.text
        return try connection.row(
            "SELECT body FROM task_runs WHERE execution_id = ? AND substr(body, 1, ?) = ? LIMIT 1",
            .text(executionID), .int(start.unicodeScalars.count), .text(start)
        ) { try TaskRun(storedJSON: $0.bytes(0)) }
    }

    /// How many there are of what `load(executionID:scope:…)` gives.
    public static func count(executionID: Execution.ID, scope: TaskRun.ID?, _ connection: any Connection)
        throws
        -> Int
    {
        // The index holds no bodies: counting reads a small part of what the table holds.
        try connection.row(
            "SELECT count(*) FROM task_runs INDEXED BY task_runs_order WHERE execution_id = ? AND scope IS ?",
            .text(executionID), .text(scope)
        ) { $0.int(0) } ?? 0
    }

    public static func delete(executionID: Execution.ID, sequences: [Int], _ connection: any Connection)
        throws
    {
        for sequence in sequences {
            try connection.execute(
                "DELETE FROM task_runs WHERE execution_id = ? AND seq = ?", .text(executionID), .int(sequence)
            )
            try connection.execute(
                "DELETE FROM loop_values WHERE execution_id = ? AND seq = ?", .text(executionID),
                .int(sequence))
        }
    }
}
