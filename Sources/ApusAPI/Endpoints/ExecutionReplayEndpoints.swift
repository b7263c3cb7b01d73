import ApusEngine
import ApusExecutor
import ApusHTTP
import ApusModel

/// Running an execution again: from what failed, from the start, or from one of its task runs.
enum ExecutionReplayEndpoints {
    private static let query: [Endpoint.QueryParameter] = [
        .init("taskRunId", "The task run to begin with; the start when absent"),
        .init("revision", "Another revision of the flow"),
        .init("breakpoints", "Tasks to stop before: task or task.value, separated by commas"),
    ]

    static let all: [Endpoint] = actions.flatMap { $0 }

    private static let actions: [[Endpoint]] = [
        ExecutionAction.endpoints(
            "POST", "restart", "Goes on from what failed.",
            query: [.init("revision", "Goes on with this revision of the flow, in a new execution")],
            handler: restart),
        ExecutionAction.endpoints(
            "POST", "replay", "Goes over an execution again, in a new one.", query: query, handler: replay),
        ExecutionAction.endpoints(
            "POST", "replay-with-inputs", "Goes over an execution again with other inputs, in a new one.",
            query: query, body: .form, handler: replayWithInputs),
    ]

    private static func restart(_ call: Call) async throws -> Response {
        let id = call.path("executionId")
        let executor = call.services.executor
        guard let flow = try await revision(call, of: try await ExecutionEndpoints.execution(call)) else {
            return ExecutionEndpoints.answer(try await executor.restart(id), call)
        }
        return ExecutionEndpoints.answer(try await executor.restart(id, of: flow), call)
    }

    private static func replay(_ call: Call) async throws -> Response {
        let execution = try await ExecutionEndpoints.execution(call)
        let flow = try await revision(call, of: execution)
        return try await replay(call, execution, flow, inputs: nil, as: nil)
    }

    /// Values that are not given get their defaults, as at a start.
    private static func replayWithInputs(_ call: Call) async throws -> Response {
        let services = call.services
        let execution = try await ExecutionEndpoints.execution(call)
        let other = try await revision(call, of: execution)
        guard let flow = try await other.orRevision(of: execution, services) else {
            throw APIError.notFound(
                "revision \(execution.flow.revision) of flow `\(execution.flow.namespace).\(execution.flow.id)`"
            )
        }
        let id = services.executor.newID()
        var form = ExecutionForm(flow: flow.reference, execution: id)
        try await form.read(try call.request.form(), storing: services.files)
        let resolution = try await InputResolving(services).resolve(
            form.given, definitions: flow.inputs, edition: flow.edition, flow: flow.reference,
            variables: flow.inputVariables(labels: execution.labels, surroundings: services.variables))
        do {
            try resolution.refuseFaults()
            return try await replay(call, execution, other, inputs: resolution.values, as: id)
        } catch {
            try await services.files.removeAll(flow.reference, id)
            throw error
        }
    }

    private static func replay(
        _ call: Call, _ execution: Execution, _ flow: CompiledFlow?, inputs: Value?, as id: Execution.ID?
    ) async throws -> Response {
        let changes = ExecutionMachine.ReplayChanges(
            flow: flow, inputs: inputs, breakpoints: try call.breakpoints() ?? [])
        let snapshot = try await call.services.executor.replay(
            execution.id, from: call.text("taskRunId"), changes, as: id)
        return ExecutionEndpoints.answer(snapshot, call)
    }

    /// The revision of the flow that the query names; `nil` when it names none, an error 404 when there is no such one.
    private static func revision(_ call: Call, of execution: Execution) async throws -> CompiledFlow? {
        guard let revision = try call.integer("revision") else { return nil }
        let flow = execution.flow
        guard
            let compiled = try await call.services.flows.compiled(
                namespace: flow.namespace, id: flow.id, revision: revision)
        else { throw APIError.notFound("revision \(revision) of flow `\(flow.namespace).\(flow.id)`") }
        return compiled
    }
}

extension CompiledFlow? {
    fileprivate func orRevision(of execution: Execution, _ services: APIServices) async throws
        -> CompiledFlow?
    {
        if let self { return self }
        return try await services.flows.compiled(
            namespace: execution.flow.namespace, id: execution.flow.id, revision: execution.flow.revision)
    }
}
