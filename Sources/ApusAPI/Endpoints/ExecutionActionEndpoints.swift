import ApusExecutor
import ApusHTTP
import ApusModel

/// The form that newer clients use for changes of one execution: `executions/{executionId}/actions/…`. Each is the
/// change of the older form; it always answers the execution, and 409 where its state does not allow the change.
enum ExecutionActionEndpoints {
    /// Those of the older form that newer clients know, by the end of their path.
    private static let names = [
        "pause", "resume", "kill", "restart", "unqueue", "force-run", "change-status", "replay",
        "replay-with-inputs", "state",
    ]
    /// Those that answer something else than an execution.
    private static let others = ["resume/validate"]

    private static let prefix = "executions/{executionId}/"

    static let all: [Endpoint] = {
        let known = ExecutionChangeEndpoints.all + ExecutionQueueEndpoints.all
        return known.compactMap { endpoint in
            guard endpoint.pattern.hasPrefix(prefix) else { return nil }
            let name = String(endpoint.pattern.dropFirst(prefix.count))
            guard names.contains(name) || others.contains(name) else { return nil }
            var action = endpoint
            action.pattern = "\(prefix)actions/\(name)"
            action.handler = answering(endpoint.handler, withExecution: names.contains(name))
            return action
        }
    }()

    private static func answering(_ handler: @escaping Endpoint.Handler, withExecution: Bool)
        -> Endpoint.Handler
    {
        { call in
            let id = call.path("executionId")
            // First, because the older form may take the id for a namespace.
            guard try await call.services.executor.state(of: id) != nil else {
                throw APIError.notFound("execution `\(id)`")
            }
            do {
                let response = try await handler(call)
                guard withExecution, response.status != 200 else { return response }
                return ExecutionEndpoints.answer(try await ExecutionEndpoints.snapshot(call), call)
            } catch RequestRefused.invalid(let why) {
                throw RequestRefused.conflict(why)
            }
        }
    }
}
