import ApusDatabase
import ApusModel

extension ServerExecutions {
    func childOutputs(
        of execution: Execution.ID, below taskRun: TaskRun.ID, after batch: Int, limit: Int
    ) async throws -> [(batch: Int, outputs: Value)] {
        try await database.read {
            try Subflows.outputs(
                parentID: execution, parentRunID: taskRun, after: batch, limit: limit, $0)
        }
    }
}
