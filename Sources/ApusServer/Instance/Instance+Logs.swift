import ApusAPI
import ApusDatabase
import ApusDatabaseSQLite
public import ApusModel

extension Instance {
    /// Lines of an execution that came after a place in its log, and the place to go on from. The first is 0.
    public func logs(of id: Execution.ID, after: Int) async throws -> (lines: [LogLine], next: Int) {
        try await logStore.flush()
        let rows = try await logStore.read { connection in
            try Logs.tail(after: after, LogFilter(executionID: id), limit: 1000, connection)
        }
        return (rows.map(\.line), rows.last?.sequence ?? after)
    }

    /// The log as the API sees it.
    var logAccess: LogAccess {
        let store = logStore
        return LogAccess(
            add: { lines in
                try await store.append(lines.enumerated().map { LogEntry($0.element, sequence: 1_000_000 + $0.offset) })
            },
            lines: { query, page in
                try await store.flush()
                let isNewestFirst = query.isNewestFirst
                let filter = query.filter
                let found = try await store.read { connection in
                    try Logs.search(filter, newestFirst: isNewestFirst, page: page, connection)
                }
                return (found.rows.map(\.line), found.total)
            },
            after: { id, place, limit in
                try await store.flush()
                let rows = try await store.read { connection in
                    try Logs.tail(after: Int(clamping: place), LogFilter(executionID: id), limit: limit, connection)
                }
                return (rows.map(\.line), rows.last.map { Int64($0.sequence) } ?? place)
            },
            delete: { query in
                let filter = query.filter
                return try await store.delete(filter)
            },
            metrics: { id, run, task, page in
                let found = try await store.read { connection in
                    try ApusDatabase.Metrics.search(executionID: id, taskID: task, taskRunID: run, page: page, connection)
                }
                return (found.points.map(\.point), found.total)
            },
            deleteMetrics: { id in try await store.deleteMetrics(executionID: id) })
    }
}

extension LogQuery {
    fileprivate var filter: LogFilter {
        var filter = LogFilter(executionID: executionID)
        filter.taskID = taskID
        filter.taskRunID = taskRunID
        filter.attempt = attempt
        filter.minLevel = minLevel
        filter.namespace = namespace
        filter.flowID = flowID
        filter.text = text
        filter.from = from
        filter.to = to
        return filter
    }
}

extension ApusDatabase.MetricPoint {
    fileprivate var point: ApusAPI.MetricPoint {
        var labels = OrderedMap<String>()
        for tag in tags { labels[tag.key] = tag.value }
        return ApusAPI.MetricPoint(
            executionID: executionID, flow: FlowReference(namespace: namespace, id: flowID, revision: 1),
            taskID: taskID, taskRunID: taskRunID, name: name, type: kind.rawValue,
            value: kind == .timer ? value * 1000 : value, tags: labels, date: date)
    }
}
