import ApusDatabase
import ApusModel

/// A search for the iterations of loops: `kind=LOOP` with `parentId`.
///
/// Iterations have no rows among executions. What they share with the execution around them (namespace, flow, labels)
/// is asked of that one; their states are asked of themselves.
struct IterationSearch {
    var parentID: Execution.ID
    /// What the execution around has to fulfil.
    private var shared: ExecutionFilter
    private var states: TaskRuns.IterationStates
    private var isDescending: Bool

    /// `nil` for a search for executions. An error 422 or 400 for conditions iterations do not have.
    init?(_ filter: ExecutionFilter, _ sort: [SortTerm<ExecutionColumn>]) throws(APIError) {
        guard filter.kinds == [.loop] else { return nil }
        guard let parentID = filter.parentID else {
            throw .illegalArgument(
                "iterations of loops are listed for one execution: add `parentId`, its id, to `kind=LOOP`")
        }
        guard filter.ids.isEmpty, filter.from == nil, filter.to == nil else {
            throw .invalidFilters("iterations of loops cannot be filtered by ids and dates; use their states")
        }
        guard sort.count <= 1, sort.allSatisfy({ $0.column == .startDate }) else {
            throw .illegalArgument("iterations of loops are sorted by `state.startDate` only")
        }
        self.parentID = parentID
        states = TaskRuns.IterationStates(filter.states, except: filter.excludedStates)
        isDescending = sort.first?.isDescending ?? false
        shared = filter
        shared.states = []
        shared.excludedStates = []
        shared.kinds = []
        shared.parentID = nil
    }

    /// A page of the iterations, with what runs in them unless that is too much for a list.
    func page(_ paging: Paging, _ connection: any Connection) throws -> (
        iterations: [(iteration: LoopIteration, taskRuns: [TaskRun]?)], total: Int
    ) {
        var scope: TaskRun.ID?
        var parent = try Executions.load(parentID, connection)
        if parent == nil, let id = IterationID(parentID) {
            parent = try Executions.load(id.executionID, connection)
            scope = id.taskRunID
        }
        guard let parent else { return ([], 0) }
        var filter = shared
        filter.ids = [parent.id]
        guard try Executions.count(filter, connection) > 0 else { return ([], 0) }
        let iterations = Iterations(connection)
        let found = try iterations.page(
            of: parent, in: scope, states, isDescending: isDescending, paging)
        let rows = try found.iterations.map { iteration -> (LoopIteration, taskRuns: [TaskRun]?) in
            guard let id = IterationID(iteration.execution.id) else { return (iteration, nil) }
            let limit = Listing.listedTaskRuns + 2
            let runs = try TaskRuns.load(
                executionID: parent.id, scope: id.taskRunID, limit: limit, connection)
            return (iteration, runs.count == limit ? nil : Iterations.shown(runs, in: id.taskRunID))
        }
        return (rows, found.total)
    }
}
