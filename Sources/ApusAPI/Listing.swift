import ApusDatabase
import ApusExecutor
import ApusModel

/// Reads lists straight from the database.
struct Listing {
    var database: any Database

    /// `nil` when missing, and when deleted unless that is allowed. Earlier revisions of a deleted flow stay readable.
    func flow(namespace: String, id: String, revision: Int?, allowDeleted: Bool) async throws -> FlowRow? {
        try await database.read { connection in
            if let revision { return try Flows.revision(namespace: namespace, id: id, revision, connection) }
            return try Flows.latest(namespace: namespace, id: id, includeDeleted: allowDeleted, connection)
        }
    }

    func revisions(namespace: String, id: String) async throws -> [FlowRow] {
        try await database.read { try Flows.revisions(namespace: namespace, id: id, $0) }
    }

    /// All flows of exactly this namespace.
    func flows(ofNamespace namespace: String) async throws -> [FlowRow] {
        var filter = FlowFilter()
        filter.namespace = .equals(namespace)
        let found = filter
        return try await database.read {
            try Flows.search(found, page: Page(size: Page.maxSize), $0).flows
        }
    }

    func flows(
        _ filter: FlowFilter, sort: [SortTerm<FlowColumn>], paging: Paging
    ) async throws -> (rows: [FlowRow], total: Int) {
        let order = sort.map { Sort($0.column.field, descending: $0.isDescending) }
        return try await database.read {
            let found = try Flows.search(filter, sort: order, page: paging.rows, $0)
            return (found.flows, found.total)
        }
    }

    /// Namespaces that have flows, in order.
    ///
    /// - Parameter text: Part of the name; `nil` for all.
    func namespaces(of text: String?) async throws -> [String] {
        let all = try await database.read { try Flows.namespaces($0) }
        guard let text = text?.lowercased(), !text.isEmpty else { return all }
        return all.filter { $0.lowercased().contains(text) }
    }

    func executions(
        _ filter: ExecutionFilter, sort: [SortTerm<ExecutionColumn>], paging: Paging
    ) async throws -> (snapshots: [ExecutionSnapshot], total: Int) {
        let order = sort.map { Sort($0.column.field, descending: $0.isDescending) }
        return try await database.read { connection in
            let found = try Executions.search(filter, sort: order, page: paging.rows, connection)
            let snapshots = try found.executions.map { execution in
                ExecutionSnapshot(
                    execution: execution, taskRuns: try TaskRuns.load(executionID: execution.id, connection))
            }
            return (snapshots, found.total)
        }
    }

    func execution(_ id: Execution.ID) async throws -> Execution? {
        try await database.read { try Executions.load(id, $0) }
    }

    /// The executions a bulk call by query is for, oldest first.
    func ids(_ filter: ExecutionFilter) async throws -> [Execution.ID] {
        try await database.read {
            let page = Page(size: Page.maxSize)
            return try Executions.search(filter, sort: [Sort(.start)], page: page, $0).executions.map(\.id)
        }
    }
}
