import ApusDatabase
import ApusDatabaseSQLite
import ApusModel
import ApusPlugin

/// The log store, for tasks.
struct ServerLogs: LogAccess {
    /// Lines read at once.
    private static let pageSize = 1000

    let store: SQLiteLogStore

    func forEachPage(_ query: LogQuery, _ page: ([LogLine]) throws -> Void) async throws {
        try await store.flush()
        let filter = Self.filter(query)
        var number = 1
        while true {
            try Task.checkCancellation()
            let place = Page(number, size: Self.pageSize)
            let rows = try await store.read { try Logs.search(filter, page: place, $0).rows }
            try page(rows.map(\.line))
            guard rows.count == place.size else { return }
            number += 1
        }
    }

    func delete(_ query: LogQuery, batchSize: Int?) async throws -> Int {
        try await store.flush()
        return try await store.delete(Self.filter(query), batchSize: batchSize)
    }

    private static func filter(_ query: LogQuery) -> LogFilter {
        var filter = LogFilter(executionID: query.executionID)
        filter.namespace = query.namespace.map { query.flowID == nil ? .under($0) : .equals($0) }
        filter.flowID = query.flowID.map { .equals($0) }
        filter.taskIDs = query.taskIDs
        filter.minLevel = query.minLevel
        filter.levels = query.levels
        filter.from = query.from
        filter.to = query.to
        return filter
    }
}
