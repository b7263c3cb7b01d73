import ApusModel

extension Call {
    /// An error 409 when the execution that the path names is an iteration of a loop, which can be read but not
    /// changed or followed apart from the execution around it.
    func refuseIteration() async throws {
        guard let id = IterationID(path("executionId")),
            try await services.listing.iteration(id) != nil
        else { return }
        throw APIError.conflict(
            "`\(id.text)` is an iteration of a loop and cannot be used like this; use its execution `\(id.executionID)`"
        )
    }
}

extension Endpoint {
    /// The handler, with iterations of loops refused where the endpoint does not serve them.
    var guarded: Handler {
        guard pattern.contains("{executionId}"), !servesIterations else { return handler }
        let handler = handler
        return { call in
            try await call.refuseIteration()
            return try await handler(call)
        }
    }

    /// The same endpoint, serving iterations of loops as executions too.
    var alsoForIterations: Endpoint {
        var copy = self
        copy.servesIterations = true
        return copy
    }
}
