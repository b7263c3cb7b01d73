import ApusModel

/// What goes with a deleted execution.
struct DeletedParts {
    static let query: [Endpoint.QueryParameter] = [
        .init("deleteLogs", "With the metrics; true when absent"),
        .init("deleteStorage", "true when absent"),
    ]

    /// Log lines and metrics, which are kept together.
    var logs: Bool
    var files: Bool

    init(_ call: Call) throws(APIError) {
        logs = try call.flag("deleteLogs", default: true)
        files = try call.flag("deleteStorage", default: true)
    }
}

/// Deletes executions with what belongs to them.
struct ExecutionDeletion {
    var services: APIServices

    init(_ services: APIServices) { self.services = services }

    /// The execution goes first: what is left when the rest fails belongs to nothing and can be purged.
    ///
    /// - Parameter evenOpen: One that has not ended is killed first.
    func delete(_ execution: Execution, _ parts: DeletedParts, evenOpen: Bool = false) async throws {
        try await services.executor.delete(execution.id, evenOpen: evenOpen)
        if parts.logs { try await services.logs.delete(executionID: execution.id) }
        if parts.files { try await services.files.removeAll(execution.flow, execution.id) }
    }
}
