public import ApusHTTP

/// Everything the API answers, in the order of the document.
public func makeEndpoints() -> [Endpoint] {
    let resources: [[Endpoint]] = [
        FlowEndpoints.all, FlowValidationEndpoints.all, FlowBulkEndpoints.all, FlowArchiveEndpoints.all,
        GraphEndpoints.all,
        ExecutionStartEndpoints.all, WebhookEndpoints.all, ExecutionEndpoints.all,
        ExecutionChangeEndpoints.all,
        ExecutionReplayEndpoints.all, ExecutionStateEndpoints.all, ExecutionTaskRunEndpoints.all,
        ExecutionBulkEndpoints.all, ExecutionFileEndpoints.all, ExecutionFollowEndpoints.all,
        ExecutionQueueEndpoints.all, ConcurrencyEndpoints.all,
        EvaluationEndpoints.all, LogEndpoints.all, MetricEndpoints.all, NamespaceEndpoints.all,
        KeyValueEndpoints.all, NamespaceFileEndpoints.all, PluginEndpoints.all, ServerEndpoints.all,
        TriggerEndpoints.all, TriggerBulkEndpoints.all, BackfillEndpoints.all,
    ]
    return resources.flatMap { $0 }
}

/// The table of the API's routes: each endpoint below `/api/v1/main` and in the older form without a tenant.
///
/// Any other tenant is no route and answers 404. The gate that checks credentials is the composer's to set.
public func makeRouter(_ services: APIServices) -> Router {
    var router = Router()
    for endpoint in makeEndpoints() {
        let handler = endpoint.guarded
        for path in endpoint.paths {
            router.add(
                endpoint.method, path, isOpen: endpoint.isOpen, admission: endpoint.admission(services)
            ) { request in
                let call = Call(request: request, services: services)
                do {
                    return try await handler(call)
                } catch {
                    return .refusal(.translated(error, log: services.report), href: request.path)
                }
            }
        }
    }
    return router
}

extension Endpoint {
    /// What the route asks before a body is read; a refusal has the words and headers of the API's.
    fileprivate func admission(_ services: APIServices) -> Route.Admission? {
        guard let admission else { return nil }
        return { request in
            do {
                request.identity = try await admission(Call(request: request, services: services))
            } catch {
                let refusal = APIError.translated(error, log: services.report)
                throw HTTPError(refusal.status, refusal.message, headers: Headers(refusal.headers))
            }
        }
    }
}
