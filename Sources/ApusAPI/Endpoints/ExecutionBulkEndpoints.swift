import ApusDatabase
import ApusExecutor
import ApusHTTP
import ApusModel

/// The same change of several executions.
enum ExecutionBulkEndpoints {
    static let all = actions.flatMap { [byIDs($0), byQuery($0)] }

    private static let actions: [Action] = [
        Action("DELETE", "executions/kill", "kill", "Kills") { services, execution in
            _ = try await services.executor.kill(execution.id)
        } refusal: { state in
            state.isTerminal ? "Execution is already finished, can't kill it" : nil
        },
        Action("POST", "executions/resume", "resume", "Resumes") { services, execution in
            _ = try await services.executor.resume(execution.id)
        } refusal: { state in
            state == .paused ? nil : "execution not in state PAUSED"
        },
        Action("POST", "executions/pause", "pause", "Pauses") { services, execution in
            _ = try await services.executor.pause(execution.id)
        } refusal: { state in
            state == .running ? nil : "execution not in state RUNNING"
        },
        Action("POST", "executions/restart", "restart", "Restarts") { services, execution in
            _ = try await services.executor.restart(execution.id)
        } refusal: { state in
            state.isFailed || state == .paused || state == .killed ? nil : "execution not in state FAILED"
        },
        Action("DELETE", "executions", "delete", "Deletes") { services, execution in
            try await ExecutionDeletion(services).delete(execution, .everything)
        } refusal: { state in
            state.isTerminal ? nil : "execution is not terminated"
        },
    ]

    static func byIDs(_ action: Action) -> Endpoint {
        Endpoint(
            action.method, "\(action.path)/by-ids", "\(action.verb) several executions by their ids.",
            query: action.query, body: .json
        ) { call in
            var executions: [Execution] = []
            var invalid: [(id: String, message: String)] = []
            for id in try call.bodyIDs() {
                guard let execution = try await call.services.listing.execution(id) else {
                    invalid.append((id, "execution not found"))
                    continue
                }
                if let refusal = action.refusal(execution.state.current) {
                    invalid.append((id, refusal))
                } else {
                    executions.append(execution)
                }
            }
            guard invalid.isEmpty else { return BulkRefusal.response(action.name, invalid) }
            for execution in executions { try await action.run(call, execution) }
            return .count(executions.count)
        }
    }

    /// Those the change does not fit are left out; one that changed meanwhile does not stop the others.
    static func byQuery(_ action: Action) -> Endpoint {
        Endpoint(
            action.method, "\(action.path)/by-query", "\(action.verb) the executions that match.",
            query: ExecutionEndpoints.filters + action.query
        ) { call in
            var count = 0
            for id in try await call.services.listing.ids(try ExecutionFilter(call)) {
                guard let execution = try await call.services.listing.execution(id),
                    action.refusal(execution.state.current) == nil
                else { continue }
                do {
                    try await action.run(call, execution)
                    count += 1
                } catch is RequestRefused {
                    continue
                }
            }
            return .count(count)
        }
    }

    /// A change that can be made to many executions.
    struct Action: Sendable {
        var method: String
        var path: String
        var name: String
        var verb: String
        /// What the change needs to know besides the executions.
        var query: [Endpoint.QueryParameter] = []
        var run: @Sendable (Call, Execution) async throws -> Void
        /// Why an execution in this state cannot be changed; `nil` when it can.
        var refusal: @Sendable (State) -> String?

        init(
            _ method: String, _ path: String, _ name: String, _ verb: String,
            run: @escaping @Sendable (APIServices, Execution) async throws -> Void,
            refusal: @escaping @Sendable (State) -> String?
        ) {
            self.method = method
            self.path = path
            self.name = name
            self.verb = verb
            self.run = { call, execution in try await run(call.services, execution) }
            self.refusal = refusal
        }
    }
}

/// The answer to a bulk call of which some ids cannot be changed: nothing was.
enum BulkRefusal {
    static func response(_ action: String, _ invalid: [(id: String, message: String)]) -> Response {
        let bytes = JSONWriter.object(capacity: 256) { object in
            object.field("message", "invalid bulk \(action)")
            object.list("invalids", invalid) { item, writer in
                writer.object {
                    $0.field("message", item.message)
                    $0.field("invalidValue", item.id)
                }
            }
        }
        return .json(bytes: bytes, status: 400)
    }
}
