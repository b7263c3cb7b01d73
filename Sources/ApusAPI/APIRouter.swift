public import ApusHTTP

/// Everything the API answers, in the order of the document.
public func makeEndpoints() -> [Endpoint] {
    let resources: [[Endpoint]] = [
        FlowEndpoints.all, FlowValidationEndpoints.all, FlowBulkEndpoints.all, FlowArchiveEndpoints.all,
        GraphEndpoints.all,
        ExecutionStartEndpoints.all, ExecutionEndpoints.all, ExecutionChangeEndpoints.all,
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
            router.add(endpoint.method, path, isOpen: endpoint.isOpen) { request in
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
