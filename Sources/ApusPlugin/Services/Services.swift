/// What a server offers to running tasks besides their own files and log: its stores, other executions.
///
/// A task that needs one that is not there (`apus run` without a server has all of them) fails with the message of
/// `missing`.
public struct Services: Sendable {
    /// Archives of working directories.
    public var directories: (any DirectoryStore)?

    public var executions: any ExecutionAccess
    public var logs: any LogAccess

    public init(
        executions: any ExecutionAccess = NoExecutions(), logs: any LogAccess = NoLogs()
    ) {
        self.executions = executions
        self.logs = logs
    }

    public static func missing(_ name: String) -> TaskFailure {
        TaskFailure("There is no \(name) where this task runs")
    }
}
