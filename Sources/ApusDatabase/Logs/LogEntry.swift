public import ApusModel

/// A log line with the key that makes writing it twice harmless.
public struct LogEntry: Hashable, Sendable {
    /// The same for the same line, however often it is written: `taskRunID/attempt/number`.
    public var key: String
    public var line: LogLine

    public init(key: String, line: LogLine) {
        self.key = key
        self.line = line
    }

    /// - Parameter sequence: The number of the line within its attempt.
    public init(_ line: LogLine, sequence: Int) {
        key = "\(line.taskRunID ?? line.executionID)/\(line.attempt ?? 0)/\(sequence)"
        self.line = line
    }
}

/// A log line as stored.
public struct LogRow: Hashable, Sendable {
    /// Grows with each line that is stored: where a follower goes on.
    public var sequence: Int
    public var line: LogLine
}

/// A number that a task measured.
public struct MetricPoint: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        case counter
        /// Milliseconds.
        case timer
        case gauge
    }

    /// The same for the same point, however often it is written.
    public var key: String
    public var executionID: Execution.ID
    public var namespace: String
    public var flowID: String
    public var taskID: String
    public var taskRunID: TaskRun.ID
    public var name: String
    public var kind: Kind
    public var value: Double
    public var tags: [Label]
    public var date: Timestamp

    public init(
        key: String, executionID: Execution.ID, namespace: String, flowID: String, taskID: String,
        taskRunID: TaskRun.ID, name: String, kind: Kind, value: Double, tags: [Label] = [], date: Timestamp
    ) {
        self.key = key
        self.executionID = executionID
        self.namespace = namespace
        self.flowID = flowID
        self.taskID = taskID
        self.taskRunID = taskRunID
        self.name = name
        self.kind = kind
        self.value = value
        self.tags = tags
        self.date = date
    }
}
