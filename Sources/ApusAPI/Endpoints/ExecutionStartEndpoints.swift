import ApusEngine
import ApusExecutor
import ApusHTTP
import ApusModel

/// Starting executions, and checking beforehand what would be started.
enum ExecutionStartEndpoints {
    private static let query: [Endpoint.QueryParameter] = [
        .init("labels", "key:value, repeated"), .init("wait", "Answer when the execution has ended"),
        .init("revision", "The latest when absent"), .init("scheduleDate", "Not to begin before"),
        .init("kind", "NORMAL, TEST, PLAYGROUND or LOOP"),
        .init("breakpoints", "Tasks to stop before: task or task.value, separated by commas"),
        .init("strict", "Refuse inputs the flow does not declare"),
    ]

    static let all = [
        Endpoint(
            "POST", "executions/{namespace}/{id}", "Starts an execution of a flow.", query: query,
            body: .form,
            handler: start),
        Endpoint(
            "POST", "executions/trigger/{namespace}/{id}", "Starts an execution of a flow.", query: query,
            body: .form,
            isDeprecated: true, handler: start),
        Endpoint(
            "POST", "executions/{namespace}/{id}/validate",
            "Checks inputs as a start would, and starts nothing.",
            query: [.init("revision", "The latest when absent")], body: .form, handler: validate),
    ]

    private static func start(_ call: Call) async throws -> Response {
        try await start(call, namespace: call.path("namespace"), id: call.path("id"))
    }

    static func start(_ call: Call, namespace: String, id flowID: String) async throws -> Response {
        let flow = try await flow(call, namespace: namespace, id: flowID)
        let labels = try StartLabels.read(call.request.queryValues("labels"))
        let scheduleDate = try call.date("scheduleDate")
        let waits = try call.flag("wait", default: false)
        let isStrict = try call.flag("strict", default: false)
        let kind = try call.text("kind").map { text throws(APIError) in try KindText.parse(text) }
        let breakpoints = try call.breakpoints() ?? []
        let services = call.services
        guard !flow.isDisabled else { throw APIError.conflict("Cannot execute a disabled flow") }

        let id = services.executor.newID()
        var form = ExecutionForm(flow: flow.reference, execution: id)
        try await form.read(try call.request.form(), storing: services.files)
        let resolution = try await resolve(form, flow, labels: labels, services)
        var snapshot: ExecutionSnapshot
        do {
            try resolution.refuseFaults(isStrict: isStrict)
            var new = NewExecution(
                flow: flow, inputs: resolution.values, labels: labels, id: id, scheduleDate: scheduleDate)
            new.kind = kind ?? .normal
            new.breakpoints = breakpoints
            snapshot = try await services.executor.create(new)
        } catch {
            try await services.files.removeAll(flow.reference, id)
            throw error
        }
        let entries = resolution.logEntries(for: snapshot.execution)
        if !entries.isEmpty { try await services.logs.append(entries) }
        if waits { snapshot = try await ExecutionWait(services).end(of: snapshot) }
        let path = "/ui/main/executions/\(flow.reference.namespace)/\(flow.reference.id)/\(id)"
        return .json(
            bytes: ExecutionJSON(snapshot.execution, taskRuns: snapshot.taskRuns, url: path, now: call.now)
                .bytes)
    }

    private static func flow(_ call: Call, namespace: String, id: String) async throws -> CompiledFlow {
        let revision = try call.integer("revision")
        guard
            let flow = try await call.services.flows.compiled(
                namespace: namespace, id: id, revision: revision)
        else { throw APIError.notFound("Requested Flow is not found: `\(namespace).\(id)`") }
        return flow
    }

    private static func resolve(
        _ form: ExecutionForm, _ flow: CompiledFlow, labels: [Label], _ services: APIServices
    ) async throws -> InputResolution {
        try await InputResolving(services).resolve(
            form.given, definitions: flow.inputs, edition: flow.edition, flow: flow.reference,
            variables: flow.inputVariables(labels: labels, surroundings: services.variables))
    }

    private static func validate(_ call: Call) async throws -> Response {
        let flow = try await flow(call, namespace: call.path("namespace"), id: call.path("id"))
        var form = ExecutionForm(flow: flow.reference, execution: call.services.executor.newID())
        try await form.read(try call.request.form(), storing: nil)
        let resolution = try await resolve(form, flow, labels: [], call.services)
        let checks = try await call.services.executor.failedChecks(
            of: NewExecution(flow: flow, inputs: resolution.values, labels: []))
        // While inputs are missing or wrong, a condition that cannot be evaluated says nothing new.
        let failed = checks.filter { !$0.isUnclear || resolution.faults.isEmpty }
        return .json(
            bytes: InputCheckJSON.bytes(flow: flow, given: form.given, resolution, failedChecks: failed))
    }
}

/// The labels of a start: `key:value`, repeated.
enum StartLabels {
    /// An error 422 for empty keys and values, and for labels that belong to the product.
    static func read(_ texts: [String]) throws(APIError) -> [Label] {
        var labels = try Label.list(texts)
        for label in labels { try check(label) }
        if !labels.contains(where: { $0.key == "system.from" }) { labels.append(Label("system.from", "api")) }
        return labels
    }

    static func check(_ label: Label) throws(APIError) {
        guard
            !label.key.hasPrefix("system.") || label.key == "system.correlationId"
                || label.key == "system.from"
        else {
            throw .illegalArgument(
                "System labels can only be set by Kestra itself, offending label: \(label.key)=\(label.value)"
            )
        }
        guard !label.key.isEmpty, !label.value.isEmpty else {
            throw .illegalArgument("a label needs a key and a value")
        }
        try LabelKey.check(label.key)
    }
}
