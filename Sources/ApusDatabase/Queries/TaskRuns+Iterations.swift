public import ApusModel

extension TaskRun {
    /// Whether it stands for an iteration of a loop; what runs in the iteration has its id as `scope`.
    public var isIteration: Bool { scope == id }
}

extension TaskRuns {
    /// In which states iterations are meant.
    public struct IterationStates: Hashable, Sendable {
        /// Any of them; empty for all.
        public var included: [State]
        public var excluded: [State]

        public init(_ included: [State] = [], except excluded: [State] = []) {
            self.included = included
            self.excluded = excluded
        }
    }

    /// The `Loop` task runs among those that run in no iteration, or of those in one.
    public static func loops(executionID: Execution.ID, scope: TaskRun.ID?, _ connection: any Connection)
        throws
        -> [TaskRun]
    {
        // Only their outputs tell how many iterations are running.
        try connection.rows(
            """
            SELECT body FROM task_runs INDEXED BY task_runs_order
            WHERE execution_id = ? AND scope IS ? AND instr(body, '"runningIterations":') > 0 ORDER BY seq
            """,
            .text(executionID), .text(scope)
        ) { try TaskRun(storedJSON: $0.bytes(0)) }
    }

    /// Cost: a small entry of an index for each iteration of the loop; no bodies are read.
    public static func countIterations(
        executionID: Execution.ID, of loop: TaskRun.ID, _ states: IterationStates,
        _ connection: any Connection
    ) throws -> Int {
        let conditions = conditions(executionID, loop, states)
        return try connection.count(
            built: "SELECT count(*) FROM task_runs INDEXED BY task_runs_iterations" + conditions.text,
            with: conditions.values)
    }

    /// A part of the iterations of a loop, in the order of their creation: the task runs that stand for them.
    public static func iterations(
        executionID: Execution.ID, of loop: TaskRun.ID, _ states: IterationStates, offset: Int, limit: Int,
        _ connection: any Connection
    ) throws -> [TaskRun] {
        // The inner query finds the page in the index alone, so that no body before it is read.
        let conditions = conditions(executionID, loop, states)
        return try connection.rows(
            built: """
                SELECT body FROM task_runs WHERE execution_id = ? AND seq IN (
                    SELECT seq FROM task_runs INDEXED BY task_runs_iterations\(conditions.text)
                    ORDER BY seq LIMIT ? OFFSET ?)
                ORDER BY seq
                """,
            with: [.text(executionID)] + conditions.values + [.int(limit), .int(offset)]
        ) { try TaskRun(storedJSON: $0.bytes(0)) }
    }

    private static func conditions(
        _ executionID: Execution.ID, _ loop: TaskRun.ID, _ states: IterationStates
    ) -> Conditions {
        var conditions = Conditions()
        conditions.add("execution_id = ?", .text(executionID))
        conditions.add("iteration_of = ?", .text(loop))
        conditions.add("iteration_state", oneOf: states.included.map(\.rawValue))
        if !states.excluded.isEmpty {
            conditions.add("iteration_state", .not(.oneOf(states.excluded.map(\.rawValue))))
        }
        return conditions
    }
}
