public import ApusModel

/// The log lines of a server, as tasks may use them. All calls throw `TaskFailure`.
public protocol LogAccess: Sendable {
    /// The lines that match, oldest first, some at a time.
    func forEachPage(_ query: LogQuery, _ page: ([LogLine]) throws -> Void) async throws

    /// Removes the lines that match, so many at once; answers how many.
    func delete(_ query: LogQuery, batchSize: Int?) async throws -> Int
}

/// Which log lines are meant. Everything given has to hold.
public struct LogQuery: Hashable, Sendable {
    /// With the namespaces below it unless a flow is given.
    public var namespace: String?
    public var flowID: String?
    public var executionID: Execution.ID?
    /// Any of these tasks; empty for all.
    public var taskIDs: [String] = []
    public var minLevel: LogLevel?
    /// Any of these levels; empty for all.
    public var levels: [LogLevel] = []
    /// Written at this time or later.
    public var from: Timestamp?
    /// Written before this time.
    public var to: Timestamp?

    public init() {}
}

/// Where there is no server.
public struct NoLogs: LogAccess {
    public init() {}

    public func forEachPage(_ query: LogQuery, _ page: ([LogLine]) throws -> Void) async throws {
        throw Services.missing("store of log lines")
    }

    public func delete(_ query: LogQuery, batchSize: Int?) async throws -> Int {
        throw Services.missing("store of log lines")
    }
}
