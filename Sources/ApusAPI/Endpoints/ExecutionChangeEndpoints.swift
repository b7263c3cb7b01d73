import ApusEngine
import ApusExecutor
import ApusHTTP
import ApusModel

/// Changing the course of one execution.
enum ExecutionChangeEndpoints {
    static let all = [
        Endpoint(
            "DELETE", "executions/{executionId}", "Deletes an ended execution, its logs and files.",
            query: [
                .init("deleteLogs", "With the metrics; true when absent"),
                .init("deleteStorage", "true when absent"),
            ], handler: delete),
        Endpoint("DELETE", "executions/{executionId}/kill", "Ends an execution.", handler: kill),
        Endpoint(
            "POST", "executions/{executionId}/pause", "Lets nothing new begin until it is resumed.",
            handler: orStart("pause", pause)),
        Endpoint(
            "POST", "executions/{executionId}/resume", "Ends the pause of an execution.", body: .form,
            handler: orStart("resume", resume)),
        Endpoint(
            "POST", "executions/{executionId}/resume/validate", "Checks inputs as a resume would.",
            body: .form,
            handler: validateResume),
        Endpoint(
            "POST", "executions/{executionId}/force-run",
            "Runs an execution that waits: for its date, for a slot of its flow, or in a pause.",
            handler: orStart("force-run", forceRun)),
        Endpoint(
            "POST", "executions/{executionId}/restart", "Goes on from what failed.",
            query: [.init("revision", "Only the revision the execution has can be given")],
            handler: orStart("restart", restart)),
    ]

    /// A flow may be called `pause`: when the first part of the path is no execution, it may be a namespace.
    static func orStart(_ flowID: String, _ handler: @escaping Endpoint.Handler) -> Endpoint.Handler {
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

    private static func delete(_ call: Call) async throws -> Response {
        let parts = DeletedParts(
            logs: try call.flag("deleteLogs", default: true),
            files: try call.flag("deleteStorage", default: true))
        let execution = try await ExecutionEndpoints.snapshot(call).execution
        try await ExecutionDeletion(call.services).delete(execution, parts)
        return .noContent
    }

    private static func kill(_ call: Call) async throws -> Response {
        _ = try await call.services.executor.kill(call.path("executionId"))
        return Response(status: 202)
    }

    private static func pause(_ call: Call) async throws -> Response {
        ExecutionEndpoints.answer(try await call.services.executor.pause(call.path("executionId")), call)
    }

    private static func forceRun(_ call: Call) async throws -> Response {
        ExecutionEndpoints.answer(try await call.services.executor.forceRun(call.path("executionId")), call)
    }

    private static func restart(_ call: Call) async throws -> Response {
        if let revision = try call.integer("revision") {
            let execution = try await ExecutionEndpoints.snapshot(call).execution
            guard revision == execution.flow.revision else {
                throw APIError.illegalArgument(
                    "the execution runs revision \(execution.flow.revision); this version of Apus cannot go on with another one"
                )
            }
        }
        return ExecutionEndpoints.answer(
            try await call.services.executor.restart(call.path("executionId")), call)
    }

    private static func resume(_ call: Call) async throws -> Response {
        let inputs = try await ResumeForm.inputs(call, storing: call.services.files)
        _ = try await call.services.executor.resume(call.path("executionId"), inputs: inputs)
        return .noContent
    }

    private static func validateResume(_ call: Call) async throws -> Response {
        _ = try await ResumeForm.inputs(call, storing: nil)
        return .noContent
    }
}
