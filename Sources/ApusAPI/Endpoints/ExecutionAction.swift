import ApusExecutor
import ApusHTTP
import ApusModel

/// Something that is done to one execution, offered under two paths: `executions/{executionId}/verb`, as older clients
/// call it, and `executions/{executionId}/actions/verb`.
enum ExecutionAction {
    /// - Parameters:
    ///   - handler: Answers the newer path.
    ///   - older: Answers the older path where the answers differ.
    static func endpoints(
        _ method: String, _ verb: String, _ summary: String, query: [Endpoint.QueryParameter] = [],
        body: Endpoint.Body = .none, older: Endpoint.Handler? = nil, handler: @escaping Endpoint.Handler
    ) -> [Endpoint] {
        let first = older ?? handler
        return [
            Endpoint(
                method, "executions/{executionId}/\(verb)", summary, query: query, body: body,
                handler: method == "POST" && !verb.contains("/") ? orStart(verb, first) : first),
            Endpoint(
                method, "executions/{executionId}/actions/\(verb)", summary, query: query, body: body,
                handler: conflicting(handler)),
        ]
    }

    /// Newer clients expect 409 where the state of the execution does not allow the change.
    private static func conflicting(_ handler: @escaping Endpoint.Handler) -> Endpoint.Handler {
        { call in
            do {
                return try await handler(call)
            } catch RequestRefused.invalid(let why) {
                throw RequestRefused.conflict(why)
            }
        }
    }

    /// The same without content in the answer.
    static func withoutContent(_ handler: @escaping Endpoint.Handler) -> Endpoint.Handler {
        { call in
            _ = try await handler(call)
            return .noContent
        }
    }

    /// A flow may be called `pause`: when the first part of the path is no execution, it may be a namespace.
    private static func orStart(_ flowID: String, _ handler: @escaping Endpoint.Handler) -> Endpoint.Handler {
        { call in
            let namespace = call.path("executionId")
            do {
                return try await handler(call)
            } catch {
                guard try await call.services.listing.execution(namespace) == nil,
                    try await call.services.flows.compiled(namespace: namespace, id: flowID) != nil
                else { throw error }
                return try await ExecutionStartEndpoints.start(call, namespace: namespace, id: flowID)
            }
        }
    }
}
