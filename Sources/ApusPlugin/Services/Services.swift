public import ApusModel

/// What a server offers to running tasks besides their own files and log: its stores, other executions.
///
/// A task that needs one that is not there (`apus run` without a server has all of them) fails with the message of
/// `missing`.
public struct Services: Sendable {
    /// Archives of working directories.
    public var directories: (any DirectoryStore)?
    /// The key-value stores of namespaces.
    public var keyValues: any KeyValueAccess
    /// The files of namespaces.
    public var namespaceFiles: any NamespaceFileAccess
    /// Turns a text into its stored, encrypted form; `nil` when encryption is not configured.
    public var conceal: (@Sendable (String) throws -> Value)?

    public var executions: any ExecutionAccess
    public var logs: any LogAccess
    public var triggers: any TriggerAccess = NoTriggers()
    /// Directories of the machine that flows may use, absolute; empty for none.
    public var allowedPaths: [String] = []

    public init(
        executions: any ExecutionAccess = NoExecutions(), logs: any LogAccess = NoLogs(),
        keyValues: any KeyValueAccess = NoKeyValues(),
        namespaceFiles: any NamespaceFileAccess = NoNamespaceFiles(),
        conceal: (@Sendable (String) throws -> Value)? = nil
    ) {
        self.executions = executions
        self.logs = logs
        self.keyValues = keyValues
        self.namespaceFiles = namespaceFiles
        self.conceal = conceal
    }

    public static func missing(_ name: String) -> TaskFailure {
        TaskFailure("There is no \(name) where this task runs")
    }
}
