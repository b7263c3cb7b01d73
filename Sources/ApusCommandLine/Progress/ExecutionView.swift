package import ApusModel

/// What the command line shows of an execution, wherever it runs.
package struct ExecutionView: Sendable {
    package struct Run: Sendable {
        package var id: TaskRun.ID
        package var taskID: String
        package var parentID: TaskRun.ID?
        /// The item of a loop it is for.
        package var value: String?
        package var state: State
        package var startDate: Timestamp
        package var endDate: Timestamp?
        /// Tries so far; 0 before the first one.
        package var attempts: Int
        /// Of a `Loop`: how many iterations there are.
        package var iterations: Iterations? = nil
    }

    package var id: Execution.ID
    package var namespace: String
    package var flowID: String
    package var revision: Int?
    package var state: State
    package var startDate: Timestamp
    package var endDate: Timestamp?
    package var outputs: Value?
    package var error: String?
    /// In the order of their creation.
    package var runs: [Run]

    package init(_ execution: Execution, taskRuns: [TaskRun]) {
        id = execution.id
        namespace = execution.flow.namespace
        flowID = execution.flow.id
        revision = execution.flow.revision
        state = execution.state.current
        startDate = execution.state.startDate
        endDate = execution.state.endDate
        outputs = execution.outputs
        error = execution.error
        // What runs in an iteration of a loop is shown as a count at its loop.
        runs = taskRuns.filter { $0.scope == nil }.map { run in
            Run(
                id: run.id, taskID: run.taskID, parentID: run.parentID, value: run.value,
                state: run.state.current,
                startDate: run.state.startDate, endDate: run.state.endDate, attempts: run.attempts.count,
                iterations: Iterations(outputs: run.outputs))
        }
    }

    /// Nothing will happen any more: what runs after the end has ended too.
    package var hasEnded: Bool { state.isTerminal && runs.allSatisfy(\.state.isTerminal) }

    /// How long it took, or has been going on.
    package func duration(at now: Timestamp) -> ISODuration { max(.zero, (endDate ?? now).since(startDate)) }
}

extension ExecutionView.Run {
    package func duration(at now: Timestamp) -> ISODuration { max(.zero, (endDate ?? now).since(startDate)) }

    /// The task with the item it is for: `each [eu]`.
    package var title: String { value.map { "\(taskID) [\($0)]" } ?? taskID }
}

extension ExecutionView {
    /// The runs with their depth, each below the run of the flow task it belongs to.
    package var tree: [(depth: Int, run: Run)] {
        var children: [TaskRun.ID: [Run]] = [:]
        let known = Set(runs.map(\.id))
        var top: [Run] = []
        for run in runs {
            if let parent = run.parentID, known.contains(parent), parent != run.id {
                children[parent, default: []].append(run)
            } else {
                top.append(run)
            }
        }
        var result: [(depth: Int, run: Run)] = []
        var open = top.reversed().map { (depth: 0, run: $0) }
        while let next = open.popLast() {
            result.append(next)
            // Taken out, so that a circle in what a server sent ends.
            let below = children.removeValue(forKey: next.run.id) ?? []
            open += below.reversed().map { (next.depth + 1, $0) }
        }
        return result
    }
}
