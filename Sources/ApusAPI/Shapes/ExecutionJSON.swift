import ApusModel

/// The answer form of an execution.
struct ExecutionJSON {
    var execution: Execution
    /// `nil` where the answer has none: one that was just created.
    var taskRuns: [TaskRun]?
    /// Where the web interface shows it; only in the answer to a start.
    var url: String?
    /// Of an iteration of a loop.
    var loop: LoopPlace?
    /// The end of the duration of what still runs.
    var now: Timestamp

    init(_ execution: Execution, taskRuns: [TaskRun]?, url: String? = nil, now: Timestamp) {
        self.execution = execution
        // What runs in an iteration of a loop is shown with the iteration.
        self.taskRuns = taskRuns?.filter { $0.scope == nil }
        self.url = url
        self.now = now
    }

    /// An iteration of a loop, with what runs in it.
    init(_ iteration: LoopIteration, taskRuns: [TaskRun]?, now: Timestamp) {
        execution = iteration.execution
        self.taskRuns = taskRuns
        loop = iteration.loop
        self.now = now
    }

    var bytes: [UInt8] {
        var writer = JSONWriter(capacity: 1024 + 700 * (taskRuns?.count ?? 0))
        write(to: &writer)
        return writer.bytes
    }

    func write(to writer: inout JSONWriter) {
        writer.object { object in
            object.field("tenantId", "main")
            object.field("id", execution.id)
            object.field("namespace", execution.flow.namespace)
            object.field("flowId", execution.flow.id)
            object.field("flowRevision", execution.flow.revision)
            if let taskRuns {
                object.list("taskRunList", taskRuns) { run, writer in
                    TaskRunJSON(run: run, execution: execution, now: now).write(to: &writer)
                }
            }
            object.field("inputs", execution.inputs.unlessEmptyMap)
            object.field("outputs", execution.outputs)
            object.labels(execution.labels)
            object.field("variables", execution.variables.unlessEmptyMap)
            object.object("state") { execution.state.write(to: &$0, now: now) }
            object.field("parentId", execution.parentID)
            object.field("originalId", execution.originalID)
            object.field("trigger", execution.trigger)
            object.field("deleted", false)
            object.object("metadata") {
                $0.field("attemptNumber", execution.attemptNumber)
                $0.field("originalCreatedDate", execution.createdDate)
            }
            object.field("scheduleDate", execution.scheduleDate)
            if execution.kind != .normal { object.field("kind", execution.kind.rawValue) }
            if let loop { object.object("loopRun") { loop.write(to: &$0) } }
            if !execution.breakpoints.isEmpty {
                object.list("breakpoints", execution.breakpoints) { breakpoint, writer in
                    writer.object {
                        $0.field("id", breakpoint.taskID)
                        $0.field("value", breakpoint.value)
                    }
                }
            }
            object.field("error", execution.error.map { ["message": .string($0)] } as Value?)
            object.field("url", url)
        }
    }
}

/// The answer form of a task run.
struct TaskRunJSON {
    var run: TaskRun
    var execution: Execution
    var now: Timestamp

    func write(to writer: inout JSONWriter) {
        writer.object { object in
            object.field("id", run.id)
            object.field("executionId", execution.id)
            object.field("namespace", execution.flow.namespace)
            object.field("flowId", execution.flow.id)
            object.field("taskId", run.taskID)
            object.field("parentTaskRunId", run.parentID)
            object.field("value", run.value)
            if !run.attempts.isEmpty {
                object.list("attempts", run.attempts) { attempt, writer in
                    writer.object { object in
                        object.object("state") { attempt.state.write(to: &$0, now: now) }
                        object.field("logFile", attempt.logFile)
                    }
                }
            }
            object.field("outputs", run.outputs ?? (run.state.current.isTerminal ? .map([:]) : nil))
            object.object("state") { run.state.write(to: &$0, now: now) }
            object.field("iteration", run.iteration)
        }
    }
}

extension JSONObject {
    /// Labels are a list of pairs; none at all leave the field out.
    mutating func labels(_ labels: [Label]) {
        guard !labels.isEmpty else { return }
        list("labels", labels) { label, writer in
            writer.object {
                $0.field("key", label.key)
                $0.field("value", label.value)
            }
        }
    }
}

extension Value {
    /// `nil` for a map without entries.
    var unlessEmptyMap: Value? {
        if case .map(let entries) = self, entries.isEmpty { nil } else { self }
    }
}
