import ApusModel

/// What goes with a deleted execution.
struct DeletedParts {
    /// Log lines and metrics, which are kept together.
    var logs: Bool
    var files: Bool

    static let everything = DeletedParts(logs: true, files: true)
}

/// Deletes executions with what belongs to them.
struct ExecutionDeletion {
    var services: APIServices

    init(_ services: APIServices) { self.services = services }

    /// The execution goes first: what is left when the rest fails belongs to nothing and can be purged.
    func delete(_ execution: Execution, _ parts: DeletedParts) async throws {
        try await services.executor.delete(execution.id)
        if parts.logs { try await services.logs.delete(executionID: execution.id) }
        if parts.files { try await services.files.removeAll(execution.flow, execution.id) }
    }
}
