import ApusDatabase
import ApusModel

/// Reads iterations of loops out of the task runs of their execution.
struct Iterations {
    /// Loops inside loops deeper than this are not looked through.
    private static let maxDepth = 64

    private let connection: any Connection

    init(_ connection: any Connection) { self.connection = connection }

    /// An iteration; `nil` when there is none of this id.
    func read(_ id: IterationID) throws -> LoopIteration? {
        guard let parent = try Executions.load(id.executionID, connection),
            let own = try own(id.taskRunID, of: parent.id)
        else { return nil }
        let around = try around(own.loop, of: parent)
        return LoopIteration(
            own.run, loop: own.loop, of: parent, parents: around.parents, parentID: around.parentID)
    }

    /// What runs in an iteration, without loops inside it; in the order of creation.
    func taskRuns(in id: IterationID) throws -> [TaskRun] {
        let runs = try TaskRuns.load(
            executionID: id.executionID, scope: id.taskRunID, limit: Int(Int32.max), connection)
        return Self.shown(runs, in: id.taskRunID)
    }

    /// The task runs of an iteration as an execution has them: what stands directly in it has nothing around it.
    static func shown(_ runs: [TaskRun], in scope: TaskRun.ID?) -> [TaskRun] {
        runs.compactMap { run in
            guard run.id != scope else { return nil }
            var run = run
            if run.parentID == scope { run.parentID = nil }
            return run
        }
    }

    /// A page of the iterations whose parent this is, loop by loop in the order of creation, and how many there are.
    ///
    /// Cost: the bodies of the loops and of the page; what is counted are entries of an index.
    func page(
        of parent: Execution, in scope: TaskRun.ID?, _ states: TaskRuns.IterationStates, isDescending: Bool,
        _ paging: Paging
    ) throws -> (iterations: [LoopIteration], total: Int) {
        let loops = try TaskRuns.loops(executionID: parent.id, scope: scope, connection)
        let counts = try loops.map {
            try TaskRuns.countIterations(executionID: parent.id, of: $0.id, states, connection)
        }
        let total = counts.reduce(0, +)
        let end = isDescending ? max(0, total - min(paging.offset, total)) : total
        var begin = isDescending ? max(0, end - paging.size) : min(paging.offset, total)
        var left = min(paging.size, end - begin)
        var found: [LoopIteration] = []
        for (loop, count) in zip(loops, counts) where left > 0 {
            guard begin < count else {
                begin -= count
                continue
            }
            let around = try around(loop, of: parent)
            let runs = try TaskRuns.iterations(
                executionID: parent.id, of: loop.id, states, offset: begin, limit: left, connection)
            found += runs.map {
                LoopIteration(
                    $0, loop: loop, of: parent, parents: around.parents, parentID: around.parentID)
            }
            left -= runs.count
            begin = 0
        }
        return (isDescending ? found.reversed() : found, total)
    }

    /// The run that stands for an iteration, and that of its loop.
    private func own(_ id: TaskRun.ID, of execution: Execution.ID) throws -> (run: TaskRun, loop: TaskRun)? {
        guard
            let run = try TaskRuns.load(executionID: execution, scope: id, limit: 1, connection).first,
            run.id == id, let loopID = run.parentID,
            let loop = try TaskRuns.load(executionID: execution, id: loopID, connection)
        else { return nil }
        return (run, loop)
    }

    /// The iterations around a loop, the outermost first, and the id of the execution it belongs to.
    private func around(_ loop: TaskRun, of parent: Execution) throws -> (
        parents: [LoopPlace.Item], parentID: Execution.ID
    ) {
        var parents: [LoopPlace.Item] = []
        var scope = loop.scope
        while let id = scope, parents.count < Self.maxDepth, let outer = try own(id, of: parent.id) {
            parents.append(LoopPlace.Item(outer.run, of: outer.loop))
            scope = outer.loop.scope
        }
        let id = loop.scope.map { IterationID(executionID: parent.id, taskRunID: $0).text } ?? parent.id
        return (parents.reversed(), id)
    }
}
