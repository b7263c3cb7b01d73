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

    /// In lists of executions, one with more task runs is shown without any: they are listed apart.
    static let listedTaskRuns = 500

    func executions(
        _ filter: ExecutionFilter, sort: [SortTerm<ExecutionColumn>], paging: Paging
    ) async throws -> (executions: [(Execution, taskRuns: [TaskRun]?)], total: Int) {
        let order = sort.map { Sort($0.column.field, descending: $0.isDescending) }
        return try await database.read { connection in
            let found = try Executions.search(filter, sort: order, page: paging.rows, connection)
            let executions = try found.executions.map { execution -> (Execution, taskRuns: [TaskRun]?) in
                let runs = try TaskRuns.load(
                    executionID: execution.id, offset: 0, limit: Self.listedTaskRuns + 1, connection)
                return (execution, runs.count > Self.listedTaskRuns ? nil : runs)
            }
            return (executions, found.total)
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

    /// A page of the task runs of an execution in the order of their creation, and how many there are; `nil` without
    /// such an execution.
    func taskRuns(
        of id: Execution.ID, isDescending: Bool, _ paging: Paging
    ) async throws -> (execution: Execution, runs: [TaskRun], total: Int)? {
        try await database.read { connection in
            guard let execution = try Executions.load(id, connection) else { return nil }
            let total = try TaskRuns.count(executionID: id, connection)
            guard isDescending else {
                let runs = try TaskRuns.load(
                    executionID: id, offset: paging.offset, limit: paging.size, connection)
                return (execution, runs, total)
            }
            let end = max(0, total - min(paging.offset, total))
            let begin = max(0, end - paging.size)
            let runs = try TaskRuns.load(
                executionID: id, offset: begin, limit: end - begin, connection)
            return (execution, runs.reversed(), total)
        }
    }

    func taskRun(_ id: TaskRun.ID, of execution: Execution.ID) async throws -> TaskRun? {
        try await database.read { try TaskRuns.load(executionID: execution, id: id, $0) }
    }

    /// The executions of these flows that began last, one of each.
    func latest(_ flows: [(namespace: String, id: String)]) async throws -> [Execution] {
        try await database.read { connection in
            try flows.compactMap {
                try Executions.latest(namespace: $0.namespace, flowID: $0.id, connection)
            }
        }
    }
}
