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
                    executionID: execution.id, scope: nil, limit: Self.listedTaskRuns + 1, connection)
                return (execution, runs.count > Self.listedTaskRuns ? nil : runs)
            }
            return (executions, found.total)
        }
    }

    func execution(_ id: Execution.ID) async throws -> Execution? {
        try await database.read { try Executions.load(id, $0) }
    }

    /// An iteration of a loop; `nil` when there is none of this id.
    func iteration(_ id: IterationID) async throws -> LoopIteration? {
        try await database.read { try Iterations($0).read(id) }
    }

    /// The same with what runs in it.
    func iterationWithTaskRuns(_ id: IterationID) async throws -> (
        iteration: LoopIteration, taskRuns: [TaskRun]
    )? {
        try await database.read { connection in
            let iterations = Iterations(connection)
            return try iterations.read(id).map { ($0, try iterations.taskRuns(in: id)) }
        }
    }

    func iterations(_ search: IterationSearch, _ paging: Paging) async throws -> (
        iterations: [(iteration: LoopIteration, taskRuns: [TaskRun]?)], total: Int
    ) {
        try await database.read { try search.page(paging, $0) }
    }

    /// The executions a bulk call by query is for, oldest first.
    func ids(_ filter: ExecutionFilter) async throws -> [Execution.ID] {
        try await database.read {
            let page = Page(size: Page.maxSize)
            return try Executions.search(filter, sort: [Sort(.start)], page: page, $0).executions.map(\.id)
        }
    }

    /// A page of the task runs of an execution, or of an iteration of a loop, in the order of their creation, and how
    /// many there are; `nil` without such an execution.
    func taskRuns(
        of id: Execution.ID, isDescending: Bool, _ paging: Paging
    ) async throws -> (execution: Execution, runs: [TaskRun], total: Int)? {
        let iteration = IterationID(id)
        return try await database.read { connection in
            let execution: Execution
            if let found = try Executions.load(id, connection) {
                execution = found
            } else if let iteration, let found = try Iterations(connection).read(iteration) {
                execution = found.execution
            } else {
                return nil
            }
            let isIteration = execution.kind == .loop && iteration != nil
            let (parent, scope) =
                isIteration ? (iteration?.executionID ?? id, iteration?.taskRunID) : (id, nil)
            // The first row of an iteration is its own.
            let first = isIteration ? 1 : 0
            let total = max(0, try TaskRuns.count(executionID: parent, scope: scope, connection) - first)
            let end = isDescending ? max(0, total - min(paging.offset, total)) : total
            let begin = isDescending ? max(0, end - paging.size) : min(paging.offset, total)
            var runs = try TaskRuns.load(
                executionID: parent, scope: scope, offset: first + begin,
                limit: min(paging.size, end - begin), connection)
            if isIteration { runs = Iterations.shown(runs, in: scope) }
            return (execution, isDescending ? runs.reversed() : runs, total)
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
