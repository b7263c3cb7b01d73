public import ApusModel

/// Which log lines are meant. Everything given has to hold; nothing given means all.
public struct LogFilter: Hashable, Sendable {
    public var executionID: Execution.ID?
    public var taskID: String?
    public var taskRunID: TaskRun.ID?
    /// From 0.
    public var attempt: Int?
    public var minLevel: LogLevel?
    public var namespace: TextMatch?
    public var flowID: TextMatch?
    /// Part of the message.
    public var text: String?
    /// At this time or later.
    public var from: Timestamp?
    /// Before this time.
    public var to: Timestamp?
    /// Of any of these tasks; empty for all.
    public var taskIDs: [String] = []
    /// Of any of these levels; empty for all.
    public var levels: [LogLevel] = []
    /// Of any of these task runs; `nil` for all.
    public var taskRunIDs: [TaskRun.ID]?
    public var triggerID: String?

    public init(executionID: Execution.ID? = nil) { self.executionID = executionID }
}

/// The table of log lines, in the store of logs.
public enum Logs {
    /// Adds lines; those with a key that is known are passed over.
    public static func insert(_ entries: [LogEntry], _ connection: any Connection) throws {
        for entry in entries {
            let line = entry.line
            try connection.execute(
                """
                INSERT INTO logs(key, execution_id, namespace, flow_id, revision, task_id, task_run_id, attempt,
                    level, date, message, trigger_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(key) DO NOTHING
                """,
                .text(entry.key), .text(line.executionID), .text(line.flow.namespace), .text(line.flow.id),
                .int(line.flow.revision), .text(line.taskID), .text(line.taskRunID), .int(line.attempt),
                .int(number(line.level)), .time(line.date), .text(line.message),
                .text(line.triggerID))
        }
    }

    /// A page of the lines that match, oldest first unless told otherwise, and how many match in all.
    public static func search(
        _ filter: LogFilter, newestFirst: Bool = false, page: Page = Page(size: 100),
        _ connection: any Connection
    ) throws -> (rows: [LogRow], total: Int) {
        let conditions = conditions(filter)
        let total = try connection.count(
            built: "SELECT count(*) FROM logs" + conditions.text, with: conditions.values)
        guard total > 0 else { return ([], 0) }
        let order = newestFirst ? "date DESC, seq DESC" : "date, seq"
        let rows = try connection.rows(
            built: "SELECT \(columns) FROM logs\(conditions.text) ORDER BY \(order) LIMIT ? OFFSET ?",
            with: conditions.values + [page.limit, page.offset], map: row)
        return (rows, total)
    }

    /// All lines that match, oldest first, up to a limit.
    public static func lines(_ filter: LogFilter, limit: Int, _ connection: any Connection) throws
        -> [LogLine]
    {
        let conditions = conditions(filter)
        return try connection.rows(
            built: "SELECT \(columns) FROM logs\(conditions.text) ORDER BY date, seq LIMIT ?",
            with: conditions.values + [.int(limit)], map: row
        ).map(\.line)
    }

    /// The lines stored after a place, in the order of storing: what a follower has not seen yet. 0 begins at the
    /// first.
    public static func tail(
        after sequence: Int, _ filter: LogFilter, limit: Int, _ connection: any Connection
    ) throws -> [LogRow] {
        var conditions = conditions(filter)
        conditions.add("seq > ?", .int(sequence))
        return try connection.rows(
            built: "SELECT \(columns) FROM logs\(conditions.text) ORDER BY seq LIMIT ?",
            with: conditions.values + [.int(limit)], map: row)
    }

    /// Removes the lines that match; with nothing given, none. Answers how many went.
    @discardableResult
    public static func delete(_ filter: LogFilter, _ connection: any Connection) throws -> Int {
        guard filter != LogFilter() else { return 0 }
        let conditions = conditions(filter)
        return try connection.rows(
            built: "DELETE FROM logs\(conditions.text) RETURNING 1", with: conditions.values
        ) { _ in () }.count
    }

    /// Removes the lines that match up to a limit; with nothing given, any. Answers how many went.
    public static func delete(_ filter: LogFilter, limit: Int, _ connection: any Connection) throws -> Int {
        let conditions = conditions(filter)
        return try connection.rows(
            built:
                "DELETE FROM logs WHERE seq IN (SELECT seq FROM logs\(conditions.text) LIMIT ?) RETURNING 1",
            with: conditions.values + [.int(limit)]
        ) { _ in () }.count
    }

    /// Removes lines of before a date, up to a limit. Answers how many went.
    @discardableResult
    public static func delete(before date: Timestamp, limit: Int, _ connection: any Connection) throws -> Int
    {
        try connection.execute(
            "DELETE FROM logs WHERE seq IN (SELECT seq FROM logs WHERE date < ? ORDER BY date LIMIT ?)",
            .time(date),
            .int(limit))
    }

    private static let columns =
        "seq, execution_id, namespace, flow_id, revision, task_id, task_run_id, attempt, level, date, message, trigger_id"

    private static func row(_ row: any Row) -> LogRow {
        var line = LogLine(
            executionID: row.text(1),
            flow: FlowReference(namespace: row.text(2), id: row.text(3), revision: row.int(4)),
            taskID: row.optionalText(5), taskRunID: row.optionalText(6), attempt: row.optionalInt(7),
            level: level(row.int(8)), date: row.time(9), message: row.text(10))
        line.triggerID = row.optionalText(11)
        return LogRow(sequence: row.int(0), line: line)
    }

    /// Levels are stored as numbers with room between them.
    private static func number(_ level: LogLevel) -> Int {
        switch level {
        case .trace: 10
        case .debug: 20
        case .info: 30
        case .warn: 40
        case .error: 50
        }
    }

    private static func level(_ number: Int) -> LogLevel {
        LogLevel.allCases.last { Self.number($0) <= number } ?? .trace
    }

    private static func conditions(_ filter: LogFilter) -> Conditions {
        var conditions = Conditions()
        if let id = filter.executionID { conditions.add("execution_id = ?", .text(id)) }
        if let id = filter.taskID { conditions.add("task_id = ?", .text(id)) }
        if let id = filter.taskRunID { conditions.add("task_run_id = ?", .text(id)) }
        if let id = filter.triggerID { conditions.add("trigger_id = ?", .text(id)) }
        if let attempt = filter.attempt { conditions.add("attempt = ?", .int(attempt)) }
        if let level = filter.minLevel, level > .trace { conditions.add("level >= ?", .int(number(level))) }
        conditions.add("namespace", filter.namespace)
        conditions.add("flow_id", filter.flowID)
        conditions.add(anyOf: ["message"], contains: filter.text)
        if let from = filter.from { conditions.add("date >= ?", .time(from)) }
        if let to = filter.to { conditions.add("date < ?", .time(to)) }
        conditions.add("task_id", oneOf: filter.taskIDs)
        if let ids = filter.taskRunIDs {
            // One bound text, however many there are.
            let list = Value.list(ids.map { .string($0) }).json
            conditions.add("task_run_id IN (SELECT value FROM json_each(?))", .text(list))
        }
        if !filter.levels.isEmpty {
            conditions.add(
                "level IN (\(Conditions.marks(filter.levels.count)))",
                all: filter.levels.map { .int(number($0)) })
        }
        return conditions
    }
}
