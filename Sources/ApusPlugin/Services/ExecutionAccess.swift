public import ApusModel

/// The executions and flows of a server, as tasks may use them. All calls throw `TaskFailure`.
public protocol ExecutionAccess: Sendable {
    func count(_ query: ExecutionQuery) async throws -> Int

    /// Ends the pauses of an execution.
    ///
    /// - Parameters:
    ///   - namespace: When given, the execution has to belong to it; the same for the id of the flow.
    ///   - inputs: Values for the `onResume` of its pauses.
    func resume(
        _ id: Execution.ID, namespace: String?, flowID: String?, inputs: OrderedMap<Value>
    ) async throws

    /// Removes ended executions, or parts of them, some at a time.
    func purge(_ query: ExecutionQuery, _ parts: PurgedParts, batchSize: Int) async throws -> PurgeCounts

    /// Removes files of executions that are not there any more.
    func purgeFiles(_ purge: FilePurge) async throws -> FilePurgeCounts

    /// What the children gave that a task run started for its batches, in their order.
    ///
    /// - Parameters:
    ///   - taskRun: The task run around the one that started them.
    ///   - batch: The last batch of the page before; -1 for the first page.
    func childOutputs(
        of execution: Execution.ID, below taskRun: TaskRun.ID, after batch: Int, limit: Int
    ) async throws -> [(batch: Int, outputs: Value)]

    /// Removes revisions of flows that no execution needs; answers how many.
    func purgeRevisions(_ purge: RevisionPurge) async throws -> Int
}

/// Which executions are meant. Everything given has to hold.
public struct ExecutionQuery: Hashable, Sendable {
    public var namespace: String?
    /// With the namespaces below it.
    public var includesBelow = false
    public var flowID: String?
    /// Any of them; empty for all.
    public var states: [State] = []
    /// Began at this time or later.
    public var from: Timestamp?
    /// Began before this time.
    public var to: Timestamp?

    public init(namespace: String? = nil, flowID: String? = nil) {
        self.namespace = namespace
        self.flowID = flowID
    }
}

/// What is removed with or of an execution.
public struct PurgedParts: Hashable, Sendable {
    public var executions: Bool
    public var logs: Bool
    public var metrics: Bool
    public var files: Bool

    public init(executions: Bool, logs: Bool, metrics: Bool, files: Bool) {
        self.executions = executions
        self.logs = logs
        self.metrics = metrics
        self.files = files
    }
}

/// How much was removed.
public struct PurgeCounts: Hashable, Sendable {
    public var executions = 0
    public var logs = 0
    public var metrics = 0
    /// Files of internal storage.
    public var files = 0
    /// Executions that match but have not ended, and are kept.
    public var running = 0

    public init() {}
}

/// Which files of executions that are gone are removed.
public struct FilePurge: Hashable, Sendable {
    /// With the namespaces below it unless a flow is given.
    public var namespace: String?
    public var flowID: String?
    /// Written at this time or later.
    public var from: Timestamp?
    /// Written before this time.
    public var to: Timestamp
    /// Only count.
    public var isDry: Bool

    public init(namespace: String?, flowID: String?, from: Timestamp?, to: Timestamp, isDry: Bool) {
        self.namespace = namespace
        self.flowID = flowID
        self.from = from
        self.to = to
        self.isDry = isDry
    }
}

public struct FilePurgeCounts: Hashable, Sendable {
    /// Executions whose files were looked at and that are gone.
    public var scanned = 0
    /// Those of them that had files to remove.
    public var purged = 0
    public var deletedFiles = 0

    public init() {}
}

/// Which revisions of flows are removed. The latest of a flow never is.
public struct RevisionPurge: Hashable, Sendable {
    /// With the namespaces below it unless a flow is given.
    public var namespace: String?
    public var flowID: String?
    /// Saved before this time.
    public var before: Timestamp?
    /// How many of the latest revisions of each flow stay. At least 1.
    public var keepAmount: Int?

    public init(namespace: String?, flowID: String?, before: Timestamp?, keepAmount: Int?) {
        self.namespace = namespace
        self.flowID = flowID
        self.before = before
        self.keepAmount = keepAmount
    }
}

/// Where there is no server.
public struct NoExecutions: ExecutionAccess {
    public init() {}

    private var missing: TaskFailure { Services.missing("store of executions") }

    public func count(_ query: ExecutionQuery) async throws -> Int { throw missing }
    public func resume(
        _ id: Execution.ID, namespace: String?, flowID: String?, inputs: OrderedMap<Value>
    ) async throws { throw missing }
    public func purge(
        _ query: ExecutionQuery, _ parts: PurgedParts, batchSize: Int
    ) async throws -> PurgeCounts { throw missing }
    public func purgeFiles(_ purge: FilePurge) async throws -> FilePurgeCounts { throw missing }
    public func childOutputs(
        of execution: Execution.ID, below taskRun: TaskRun.ID, after batch: Int, limit: Int
    ) async throws -> [(batch: Int, outputs: Value)] { throw missing }
    public func purgeRevisions(_ purge: RevisionPurge) async throws -> Int { throw missing }
}
