public import ApusModel

/// The table of metric points, in the store of logs.
public enum Metrics {
    /// Adds points; those with a key that is known are passed over.
    public static func insert(_ points: [MetricPoint], _ connection: any Connection) throws {
        for point in points {
            try connection.execute(
                """
                INSERT INTO metrics(key, execution_id, namespace, flow_id, task_id, task_run_id, name, type, value,
                    tags, date) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(key) DO NOTHING
                """,
                .text(point.key), .text(point.executionID), .text(point.namespace), .text(point.flowID),
                .text(point.taskID), .text(point.taskRunID), .text(point.name), .text(point.kind.rawValue),
                .real(point.value), .text(json(point.tags)), .time(point.date))
        }
    }

    /// A page of the points of an execution, oldest first, and how many there are.
    public static func search(
        executionID: Execution.ID, taskID: String? = nil, taskRunID: TaskRun.ID? = nil, name: String? = nil,
        page: Page = Page(size: 100), _ connection: any Connection
    ) throws -> (points: [MetricPoint], total: Int) {
        var conditions = Conditions()
        conditions.add("execution_id = ?", .text(executionID))
        if let taskID { conditions.add("task_id = ?", .text(taskID)) }
        if let taskRunID { conditions.add("task_run_id = ?", .text(taskRunID)) }
        if let name { conditions.add("name = ?", .text(name)) }
        let total = try connection.count(
            built: "SELECT count(*) FROM metrics" + conditions.text, with: conditions.values)
        guard total > 0 else { return ([], 0) }
        let points = try connection.rows(
            built: """
                SELECT key, execution_id, namespace, flow_id, task_id, task_run_id, name, type, value, tags, date
                FROM metrics\(conditions.text) ORDER BY date, seq LIMIT ? OFFSET ?
                """,
            with: conditions.values + [page.limit, page.offset], map: point)
        return (points, total)
    }

    /// The names of the metrics of a flow, or of one of its tasks, in order.
    public static func names(
        namespace: String, flowID: String, taskID: String? = nil, _ connection: any Connection
    ) throws -> [String] {
        try connection.rows(
            """
            SELECT DISTINCT name FROM metrics WHERE namespace = ? AND flow_id = ? AND task_id = coalesce(?, task_id)
            ORDER BY name
            """,
            .text(namespace), .text(flowID), .text(taskID)
        ) { $0.text(0) }
    }

    @discardableResult
    public static func delete(executionID: Execution.ID, _ connection: any Connection) throws -> Int {
        try connection.execute("DELETE FROM metrics WHERE execution_id = ?", .text(executionID))
    }

    /// Removes points of before a date, up to a limit. Answers how many went.
    @discardableResult
    public static func delete(before date: Timestamp, limit: Int, _ connection: any Connection) throws -> Int
    {
        try connection.execute(
            "DELETE FROM metrics WHERE seq IN (SELECT seq FROM metrics WHERE date < ? LIMIT ?)", .time(date),
            .int(limit))
    }

    private static func json(_ tags: [Label]) -> String {
        Value.map(OrderedMap(tags.map { ($0.key, .string($0.value)) })).json
    }

    private static func point(_ row: any Row) throws -> MetricPoint {
        guard let kind = MetricPoint.Kind(rawValue: row.text(7)) else {
            throw DatabaseError(.unreadable, "a stored metric is of the unknown kind `\(row.text(7))`")
        }
        let tags: Value
        do {
            tags = try JSONParser.parse(row.bytes(9))
        } catch {
            throw DatabaseError(.unreadable, "the stored tags of a metric cannot be read: \(error)")
        }
        return MetricPoint(
            key: row.text(0), executionID: row.text(1), namespace: row.text(2), flowID: row.text(3),
            taskID: row.text(4), taskRunID: row.text(5), name: row.text(6), kind: kind, value: row.real(8),
            tags: tags.mapValue?.map { Label($0, $1.stringValue ?? "") } ?? [], date: row.time(10))
    }
}
