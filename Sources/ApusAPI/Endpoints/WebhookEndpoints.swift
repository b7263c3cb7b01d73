import ApusExecutor
import ApusHTTP
import ApusModel

/// The addresses of webhooks: whoever knows the key of one starts its flow.
enum WebhookEndpoints {
    private static let query: [Endpoint.QueryParameter] = [.init("labels", "key:value, repeated")]

    static let all =
        ["GET", "POST", "PUT"].flatMap { method in
            [
                endpoint(
                    method, "{key}", "Starts an execution by a webhook; all that is sent becomes `trigger`."),
                endpoint(method, "{key}/{path*}", "Answers 404: an address of a webhook ends with its key."),
            ]
        }

    private static func endpoint(_ method: String, _ end: String, _ summary: String) -> Endpoint {
        var endpoint = Endpoint(
            method, "executions/webhook/{namespace}/{id}/\(end)", summary, query: query,
            body: method == "GET" ? .none : .json, isOpen: true, handler: call)
        endpoint.admission = admit
        return endpoint
    }

    /// The same words for every address that leads nowhere: strangers learn nothing about flows.
    private static let unknown = APIError.notFound("Flow not found, or no webhook of it has this key")

    /// Decides on the head of a request, before a body is read, whether its address leads to a webhook.
    private static func admit(_ call: Call) async throws -> any Sendable {
        let request = call.request
        let (namespace, flowID) = (call.path("namespace"), call.path("id"))
        guard request.method != "HEAD" else {
            // It must not start anything, and there is nothing else it could ask for.
            throw HTTPError(
                405, "use GET, POST or PUT", headers: ["Allow": "GET, POST, PUT"])
        }
        guard
            call.services.webhookLimit.admits(
                namespace: namespace, flowID: flowID, from: request.remoteAddress, at: call.now)
        else {
            throw HTTPError(
                429, "this address has called the flow too often in this second",
                headers: ["Retry-After": "1"])
        }
        guard request.parameters["path"] == nil else { throw unknown }
        let address = WebhookAddress(namespace: namespace, flowID: flowID, key: call.path("key"))
        do {
            return try await call.services.executor.webhook(at: address)
        } catch let refused as WebhookRefused {
            throw refusal(refused)
        }
    }

    private static func refusal(_ refused: WebhookRefused) -> APIError {
        switch refused {
        case .unknown: unknown
        case .disabled: .conflict("Cannot execute a disabled flow")
        case .invalid: .conflict("Cannot execute an invalid flow")
        }
    }

    private static func call(_ call: Call) async throws -> Response {
        guard let called = call.request.identity as? CalledWebhook else { throw unknown }
        let services = call.services
        let labels = try labels(call)
        let id = services.executor.newID()
        let variables = WebhookVariables(called: called, execution: id, files: services.files)
        let fired: Fired
        do {
            fired = try await services.executor.call(
                called.address, variables: try await variables.read(call.request), labels: labels, id: id)
        } catch {
            try await variables.removeFiles(of: call.request)
            if let refused = error as? WebhookRefused { throw refusal(refused) }
            throw error
        }
        if case .started(let snapshot) = fired {
            return try await WebhookReply(called: called, services: services).answer(to: snapshot)
        }
        try await variables.removeFiles(of: call.request)
        switch fired {
        case .unreadable(let reason):
            throw APIError.conflict("the webhook `\(called.trigger.id)` cannot be evaluated: \(reason)")
        case .refused(let reasons):
            throw APIError.conflict(
                "the webhook `\(called.trigger.id)` cannot start the flow: \(reasons.joined(separator: "; "))"
            )
        case .notMet, .started: return .noContent
        }
    }

    /// Labels of the query. Those of the product say who did what, thus a caller cannot give them.
    private static func labels(_ call: Call) throws(APIError) -> [Label] {
        let labels = try Label.list(call.request.queryValues("labels"))
        for label in labels {
            try StartLabels.check(label)
            guard label.key != "system.from" else {
                throw .illegalArgument("the label `system.from` is set by the server")
            }
        }
        return labels
    }
}
