import ApusDatabase
import ApusExecutor
import ApusHTTP
import ApusModel

/// Executions that wait for a slot of their flow: letting them run, or ending them, out of turn.
enum ExecutionQueueEndpoints {
    static let all =
        [
            Endpoint(
                "POST", "executions/{executionId}/unqueue",
                "Takes an execution out of the queue of its flow.",
                query: [target("state")],
                handler: ExecutionChangeEndpoints.orStart("unqueue", unqueue))
        ] + [
            ExecutionBulkEndpoints.byIDs(unqueueAction("state")),
            ExecutionBulkEndpoints.byQuery(unqueueAction("newState")),
            ExecutionBulkEndpoints.byIDs(forceRunAction), ExecutionBulkEndpoints.byQuery(forceRunAction),
        ]

    private static func target(_ name: String) -> Endpoint.QueryParameter {
        .init(name, "RUNNING when absent, CANCELLED or FAILED")
    }

    private static func unqueue(_ call: Call) async throws -> Response {
        let state = try state(call, "state")
        return ExecutionEndpoints.answer(
            try await call.services.executor.unqueue(call.path("executionId"), as: state), call)
    }

    private static func state(_ call: Call, _ name: String) throws(APIError) -> State {
        guard let text = call.text(name) else { return .running }
        guard let state = State(rawValue: text.uppercased()), [.running, .cancelled, .failed].contains(state)
        else { throw .illegalArgument("`\(name)` is RUNNING, CANCELLED or FAILED, found `\(text)`") }
        return state
    }

    private static func unqueueAction(_ parameter: String) -> ExecutionBulkEndpoints.Action {
        var action = ExecutionBulkEndpoints.Action("POST", "executions/unqueue", "unqueue", "Unqueues") {
            _, _ in
        } refusal: { state in
            state == .queued ? nil : "execution not in state QUEUED"
        }
        action.query = [target(parameter)]
        action.run = { call, execution in
            _ = try await call.services.executor.unqueue(execution.id, as: try state(call, parameter))
        }
        return action
    }

    private static let forceRunAction = ExecutionBulkEndpoints.Action(
        "POST", "executions/force-run", "force run", "Forces the run of"
    ) { services, execution in
        _ = try await services.executor.forceRun(execution.id)
    } refusal: { state in
        state.isTerminal || state == .killing ? "execution is already finished" : nil
    }
}
