import ApusDatabase
import ApusModel

/// Directories that tasks share. A job with the number 0, which nobody runs, says that this process holds one: when
/// the process is gone, the next one finds the job, and the block it stands for begins anew.
extension Turn {
    func holdDirectory(_ id: TaskRun.ID, of execution: Execution.ID) throws {
        try Jobs.remove(taskRunID: id, attempt: 0, connection)
        try Jobs.add(
            taskRunID: id, attempt: 0, executionID: execution, leasedBy: surroundings.worker,
            leaseUntil: now.advanced(by: Executor.lease), connection)
    }

    func releaseDirectory(_ id: TaskRun.ID) throws {
        try Jobs.remove(taskRunID: id, attempt: 0, connection)
        let release = surroundings.release
        connection.afterCommit { release(id) }
    }
}
