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
}
