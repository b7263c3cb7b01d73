import ApusEngine
import ApusExecutor
import ApusHTTP
import ApusModel

/// Holding, resuming and ending one execution.
enum ExecutionChangeEndpoints {
    static let all: [Endpoint] = [deletion] + actions.flatMap { $0 }

    private static let deletion = Endpoint(
        "DELETE", "executions/{executionId}", "Deletes an ended execution, its logs and files.",
        query: DeletedParts.query, handler: delete)

    private static let actions: [[Endpoint]] = [
        ExecutionAction.endpoints(
            "DELETE", "kill", "Ends an execution.", older: accepted(kill), handler: kill),
        ExecutionAction.endpoints(
            "POST", "pause", "Lets nothing new begin until it is resumed.", handler: pause),
        ExecutionAction.endpoints(
            "POST", "resume", "Ends the pause of an execution.", body: .form,
            older: ExecutionAction.withoutContent(resume), handler: resume),
        ExecutionAction.endpoints(
            "POST", "resume/validate", "Checks inputs as a resume would.", body: .form,
            handler: validateResume),
        ExecutionAction.endpoints(
            "POST", "resume-from-breakpoint", "Lets what stopped at a breakpoint go on.",
            query: [
                .init("breakpoints", "task or task.value, separated by commas; in place of the old ones")
            ],
            older: ExecutionAction.withoutContent(resumeFromBreakpoint), handler: resumeFromBreakpoint),
        ExecutionAction.endpoints(
            "POST", "force-run",
            "Runs an execution that waits: for its date, for a slot of its flow, or in a pause.",
            handler: forceRun),
    ]

    /// What runs may take a moment to hear of it: older clients expect 202.
    private static func accepted(_ handler: @escaping Endpoint.Handler) -> Endpoint.Handler {
        { call in
            _ = try await handler(call)
            return Response(status: 202)
        }
    }

    private static func delete(_ call: Call) async throws -> Response {
        let parts = try DeletedParts(call)
        let execution = try await ExecutionEndpoints.execution(call)
        try await ExecutionDeletion(call.services).delete(execution, parts)
        return .noContent
    }

    private static func kill(_ call: Call) async throws -> Response {
        ExecutionEndpoints.answer(try await call.services.executor.kill(call.path("executionId")), call)
    }

    private static func pause(_ call: Call) async throws -> Response {
        ExecutionEndpoints.answer(try await call.services.executor.pause(call.path("executionId")), call)
    }

    private static func forceRun(_ call: Call) async throws -> Response {
        ExecutionEndpoints.answer(try await call.services.executor.forceRun(call.path("executionId")), call)
    }

    private static func resume(_ call: Call) async throws -> Response {
        let inputs = try await ResumeForm.inputs(call, storing: call.services.files)
        let snapshot = try await call.services.executor.resume(call.path("executionId"), inputs: inputs)
        return ExecutionEndpoints.answer(snapshot, call)
    }

    private static func validateResume(_ call: Call) async throws -> Response {
        _ = try await ResumeForm.inputs(call, storing: nil)
        return .noContent
    }

    private static func resumeFromBreakpoint(_ call: Call) async throws -> Response {
        let snapshot = try await call.services.executor.resumeFromBreakpoint(
            call.path("executionId"), try call.breakpoints())
        return ExecutionEndpoints.answer(snapshot, call)
    }
}

extension Call {
    /// Breakpoints of the query; `nil` when it has none, empty for an empty value.
    func breakpoints() throws(APIError) -> [Breakpoint]? {
        let texts = request.queryValues("breakpoints")
        guard !texts.isEmpty else { return nil }
        var breakpoints: [Breakpoint] = []
        for text in texts.flatMap({ $0.split(separator: ",") }) {
            guard let breakpoint = Breakpoint(text: text) else {
                throw .illegalArgument("a breakpoint is written `task` or `task.value`, found `\(text)`")
            }
            breakpoints.append(breakpoint)
        }
        return breakpoints
    }
}
