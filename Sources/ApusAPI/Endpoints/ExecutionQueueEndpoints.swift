import ApusExecutor
import ApusHTTP
import ApusModel

/// Executions that wait for a slot of their flow: letting them run, or ending them, out of turn.
enum ExecutionQueueEndpoints {
    static let all = ExecutionAction.endpoints(
        "POST", "unqueue", "Takes an execution out of the queue of its flow.",
        query: [UnqueueTarget.parameter("state")], handler: unqueue)

    private static func unqueue(_ call: Call) async throws -> Response {
        let state = try UnqueueTarget.read(call, "state")
        return ExecutionEndpoints.answer(
            try await call.services.executor.unqueue(call.path("executionId"), as: state), call)
    }
}

/// What becomes of an execution that is taken out of its queue.
enum UnqueueTarget {
    static func parameter(_ name: String) -> Endpoint.QueryParameter {
        .init(name, "RUNNING when absent, CANCELLED or FAILED")
    }

    static func read(_ call: Call, _ name: String) throws(APIError) -> State {
        guard let text = call.text(name) else { return .running }
        guard let state = State(rawValue: text.uppercased()), [.running, .cancelled, .failed].contains(state)
        else { throw .illegalArgument("`\(name)` is RUNNING, CANCELLED or FAILED, found `\(text)`") }
        return state
    }
}
