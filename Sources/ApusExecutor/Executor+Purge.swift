import ApusDatabase
public import ApusModel

extension Executor {
    /// Forgets those of some executions that have ended, in one transaction; answers their ids.
    public func deleteEnded(_ ids: [Execution.ID]) async throws -> [Execution.ID] {
        try await database.write { [self] connection in
            var gone: [Execution.ID] = []
            for id in ids where try Executions.state(of: id, connection)?.isTerminal == true {
                cache.forget(id)
                if try Executions.delete(id, connection) { gone.append(id) }
            }
            return gone
        }
    }
}
