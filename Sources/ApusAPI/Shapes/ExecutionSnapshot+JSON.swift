public import ApusExecutor
public import ApusModel

extension ExecutionSnapshot {
    /// The API's form of the execution with its task runs, as compact JSON.
    ///
    /// - Parameter now: The end of the duration of what still runs.
    public func json(at now: Timestamp) -> String {
        String(decoding: ExecutionJSON(execution, taskRuns: taskRuns, now: now).bytes, as: UTF8.self)
    }
}
