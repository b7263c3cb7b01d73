import ApusEngine
import ApusExecutor
import ApusHTTP
import ApusModel

/// The values a person gives who resumes an execution.
enum ResumeForm {
    /// The checked values of `onResume` of every pause that waits. A map.
    ///
    /// An execution that does not wait has none; whether it can be resumed is for the executor to say. An error 422
    /// names what is missing or wrong, and the execution stays paused.
    static func inputs(_ call: Call, storing storage: FileAccess?) async throws -> Value {
        let services = call.services
        let snapshot = try await ExecutionEndpoints.snapshot(call)
        let reference = snapshot.execution.flow
        guard
            let flow = try await services.flows.compiled(
                namespace: reference.namespace, id: reference.id, revision: reference.revision)
        else { return .map([:]) }
        let definitions = flow.resumeInputs(snapshot.taskRuns)
        guard !definitions.isEmpty else { return .map([:]) }
        var form = ExecutionForm(flow: reference, execution: snapshot.execution.id)
        try await form.read(try call.request.form(), storing: storage)
        var variables = flow.inputVariables(
            labels: snapshot.execution.labels, surroundings: services.variables)
        variables["execution"] = ["id": .string(snapshot.execution.id)]
        let resolution = try await InputResolving(services).resolve(
            form.given, definitions: definitions, edition: flow.edition, flow: reference, variables: variables
        )
        try resolution.refuseFaults()
        return resolution.values
    }
}
