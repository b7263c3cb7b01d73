import ApusExecutor
import ApusHTTP
import ApusModel

/// Live updates of an execution.
enum ExecutionFollowEndpoints {
    static let all = [
        Endpoint(
            "GET", "executions/{executionId}/follow",
            "Streams the execution after each change until it has ended, as server-sent events.",
            handler: follow)
    ]

    private static func follow(_ call: Call) async throws -> Response {
        let id = try await ExecutionEndpoints.snapshot(call).execution.id
        let services = call.services
        return .events { writer in
            // Subscribed before the first reading, so that no commit between is missed.
            let changes = services.executor.changes(of: id)
            try await EventStream.start(writer, id: id)
            try await EventStream.follow(writer, [changes]) {
                guard let snapshot = try await services.executor.snapshot(id) else { return true }
                let json = ExecutionJSON(
                    snapshot.execution, taskRuns: snapshot.taskRuns, now: services.now())
                if snapshot.hasEnded {
                    try await EventStream.end(writer, json.bytes)
                    return true
                }
                try await EventStream.progress(writer, json.bytes)
                return false
            }
        }
    }
}
