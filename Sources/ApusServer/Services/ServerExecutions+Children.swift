import ApusDatabase
import ApusModel

extension ServerExecutions {
    /// Copies of copies are followed this far.
    private static let maxCopies = 100

    func childOutputs(
        of execution: Execution.ID, below taskRun: TaskRun.ID, after batch: Int, limit: Int
    ) async throws -> [(batch: Int, outputs: Value)] {
        try await database.read { connection in
            var place = (execution, taskRun)
            for _ in 0..<Self.maxCopies {
                let first = try Subflows.outputs(
                    parentID: place.0, parentRunID: place.1, after: -1, limit: 1, connection)
                if !first.isEmpty { break }
                guard let original = try Self.original(of: place.1, in: place.0, connection) else {
                    return []
                }
                place = original
            }
            return try Subflows.outputs(
                parentID: place.0, parentRunID: place.1, after: batch, limit: limit, connection)
        }
    }

    /// The task run that a replay took over: the children are that one's. It is stored under the same number and
    /// has begun at the same time.
    private static func original(
        of taskRun: TaskRun.ID, in execution: Execution.ID, _ connection: any Connection
    ) throws -> (Execution.ID, TaskRun.ID)? {
        guard let source = try Executions.load(execution, connection)?.parentID,
            let copy = try TaskRuns.loadNumbered(executionID: execution, connection).first(where: {
                $0.run.id == taskRun
            }),
            let found = try TaskRuns.loadNumbered(executionID: source, connection).first(where: {
                $0.sequence == copy.sequence && $0.run.taskID == copy.run.taskID
                    && $0.run.state.startDate == copy.run.state.startDate
            })
        else { return nil }
        return (source, found.run.id)
    }
}
