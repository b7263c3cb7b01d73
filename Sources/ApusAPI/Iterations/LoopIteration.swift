import ApusModel

/// An iteration of a `Loop` in the form of an execution of its own.
struct LoopIteration {
    /// Of the kind LOOP: state and outputs are the iteration's, inputs and labels those of the execution around it.
    var execution: Execution
    var loop: LoopPlace

    /// - Parameters:
    ///   - run: The task run that stands for the iteration.
    ///   - parents: The iterations around it, the outermost first.
    init(
        _ run: TaskRun, loop: TaskRun, of parent: Execution, parents: [LoopPlace.Item], parentID: Execution.ID
    ) {
        var execution = parent
        execution.id = IterationID(executionID: parent.id, taskRunID: run.id).text
        execution.kind = .loop
        execution.parentID = parentID
        execution.originalID = execution.id
        execution.attemptNumber = 1
        execution.createdDate = run.state.startDate
        execution.scheduleDate = nil
        execution.state = run.state
        execution.outputs = run.outputs
        execution.error = nil
        execution.breakpoints = []
        self.execution = execution
        self.loop = LoopPlace(
            taskID: loop.taskID, taskRunID: loop.id, item: LoopPlace.Item(run, of: loop), parents: parents)
    }
}

/// Where an iteration stands: in which loop, and for what.
struct LoopPlace: Hashable {
    struct Item: Hashable {
        /// From 0.
        var index: Int
        /// Of a loop over a map.
        var key: String?
        /// As text.
        var value: String

        init(_ run: TaskRun, of loop: TaskRun) {
            index = run.iteration ?? 0
            value = run.value ?? ""
            if case .list(let keys)? = loop.plan?["keys"], keys.indices.contains(index) {
                key = keys[index].stringValue
            }
        }
    }

    var taskID: String
    /// The task run of the loop.
    var taskRunID: TaskRun.ID
    var item: Item
    /// The iterations around it, the outermost first.
    var parents: [Item]

    /// `{taskId, taskRunId, index, key?, value, parents}`
    func write(to object: inout JSONObject) {
        object.field("taskId", taskID)
        object.field("taskRunId", taskRunID)
        Self.write(item, to: &object)
        object.list("parents", parents) { item, writer in writer.object { Self.write(item, to: &$0) } }
    }

    private static func write(_ item: Item, to object: inout JSONObject) {
        object.field("index", item.index)
        object.field("key", item.key)
        object.field("value", item.value)
    }
}
