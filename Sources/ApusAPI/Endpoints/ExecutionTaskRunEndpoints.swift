import ApusHTTP
import ApusModel

/// The task runs of an execution apart from it, a page at a time: an execution may have very many.
enum ExecutionTaskRunEndpoints {
    static let all = [
        Endpoint(
            "GET", "executions/{executionId}/taskruns", "Lists the task runs of an execution.",
            query: [
                .init("page", "From 1"), .init("size", "Task runs in a page, 100 when absent"),
                .init("sort", "state.startDate:asc, in the order of their creation, or state.startDate:desc"),
            ], handler: list
        ).alsoForIterations,
        Endpoint(
            "GET", "executions/{executionId}/taskruns/{taskRunId}", "Reads a task run.", handler: get
        ).alsoForIterations,
        Endpoint(
            "GET", "outputs/{executionId}", "Lists the task runs of an execution that have outputs.",
            handler: outputs
        ).alsoForIterations,
        Endpoint(
            "GET", "outputs/{executionId}/{taskRunId}", "Reads the outputs of a task run.",
            handler: outputsOfTaskRun
        ).alsoForIterations,
    ]

    private enum Column: String, CaseIterable, Hashable { case startDate = "state.startDate" }

    private static func list(_ call: Call) async throws -> Response {
        let sort = try SortTerm<Column>.list(call.request.queryValues("sort"))
        let paging = try Paging(call, defaultSize: 100)
        let id = call.path("executionId")
        guard
            let found = try await call.services.listing.taskRuns(
                of: id, isDescending: sort.first?.isDescending ?? false, paging)
        else { throw APIError.notFound("execution `\(id)`") }
        let now = call.now
        let bytes = PagedJSON.bytes(
            found.runs, total: found.total, capacity: 1024 + 700 * found.runs.count
        ) {
            TaskRunJSON(run: $0, execution: found.execution, now: now).write(to: &$1)
        }
        return .json(bytes: bytes)
    }

    private static func get(_ call: Call) async throws -> Response {
        let execution = try await ExecutionEndpoints.execution(call)
        var writer = JSONWriter(capacity: 1024)
        TaskRunJSON(run: try await taskRun(call), execution: execution, now: call.now).write(to: &writer)
        return .json(bytes: writer.bytes)
    }

    private static func outputs(_ call: Call) async throws -> Response {
        var writer = JSONWriter(capacity: 1024)
        let all: [TaskRun]
        if let id = IterationID(call.path("executionId")),
            let found = try await call.services.listing.iterationWithTaskRuns(id)
        {
            all = found.taskRuns
        } else {
            all = try await ExecutionEndpoints.snapshot(call).taskRuns
        }
        let runs = all.filter { $0.outputs?.mapValue?.isEmpty == false }
        writer.list(runs) { run, writer in
            writer.object {
                $0.field("taskId", run.taskID)
                $0.field("taskRunId", run.id)
                $0.field("value", run.value)
                $0.field("iteration", run.iteration)
                $0.field("inline", true)
            }
        }
        return .json(bytes: writer.bytes)
    }

    private static func outputsOfTaskRun(_ call: Call) async throws -> Response {
        _ = try await ExecutionEndpoints.execution(call)
        return .json(try await taskRun(call).outputs ?? .map([:]))
    }

    private static func taskRun(_ call: Call) async throws -> TaskRun {
        let (id, execution) = (call.path("taskRunId"), call.path("executionId"))
        // The task runs of an iteration lie with its execution.
        let iteration = IterationID(execution)
        guard
            let run = try await call.services.listing.taskRun(id, of: iteration?.executionID ?? execution),
            iteration == nil || iteration?.taskRunID == run.scope
        else {
            throw APIError.notFound("task run `\(id)` of execution `\(execution)`")
        }
        return run
    }
}
