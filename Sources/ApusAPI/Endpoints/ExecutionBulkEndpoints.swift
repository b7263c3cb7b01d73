import ApusDatabase
import ApusExecutor
import ApusHTTP
import ApusModel

/// The same change of several executions.
enum ExecutionBulkEndpoints {
    static let all = ExecutionBulkAction.all.flatMap { [byIDs($0), byQuery($0)] }

    private static func byIDs(_ action: ExecutionBulkAction) -> Endpoint {
        Endpoint(
            action.method, "\(action.path)/by-ids", "\(action.verb) several executions by their ids.",
            query: action.query, body: .json
        ) { call in
            let change = try action.change(call, true)
            var executions: [Execution] = []
            var invalid: [(id: String, message: String)] = []
            for id in try action.ids(call) {
                guard let execution = try await call.services.listing.execution(id) else {
                    invalid.append((id, "execution not found"))
                    continue
                }
                if let refusal = change.refusal(execution) {
                    invalid.append((id, refusal))
                } else {
                    executions.append(execution)
                }
            }
            guard invalid.isEmpty else { return BulkRefusal.response(action.name, invalid) }
            return .changed(try await run(change, executions.map(\.id), call.services))
        }
    }

    /// Those the change does not fit are left out.
    private static func byQuery(_ action: ExecutionBulkAction) -> Endpoint {
        Endpoint(
            action.method, "\(action.path)/by-query", "\(action.verb) the executions that match.",
            query: ExecutionEndpoints.filters + action.query
        ) { call in
            let change = try action.change(call, false)
            let ids = try await call.services.listing.ids(try ExecutionFilter(call))
            return .changed(try await run(change, ids, call.services))
        }
    }

    /// Answers how many were changed; one that changed meanwhile, so that it no longer fits, does not stop the others.
    private static func run(
        _ change: ExecutionBulkAction.Change, _ ids: [Execution.ID], _ services: APIServices
    ) async throws -> Int {
        var count = 0
        for id in ids {
            guard let execution = try await services.listing.execution(id), change.refusal(execution) == nil
            else { continue }
            do {
                try await change.run(services, execution)
                count += 1
            } catch is RequestRefused {
                continue
            }
        }
        return count
    }
}

extension Response {
    /// How many executions a bulk call changed, under the names of the older and of the newer clients.
    static func changed(_ count: Int) -> Response {
        .json(["count": .int(Int64(count)), "totalItems": .int(Int64(count))])
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
