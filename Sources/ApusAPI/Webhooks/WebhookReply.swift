import ApusExecutor
import ApusHTTP
import ApusModel

/// The answer to a call that started an execution.
struct WebhookReply {
    var called: CalledWebhook
    var services: APIServices

    /// At once, or when the execution has ended if the webhook waits.
    ///
    /// 200; after a wait 500 for an execution that failed, the webhook's `responseCode` if it has one, or 202 when it
    /// still runs after the longest wait.
    func answer(to snapshot: ExecutionSnapshot) async throws -> Response {
        let webhook = called.webhook
        guard webhook.waits else { return response(execution(snapshot), status: 200) }
        let last = try await ExecutionWait(services).end(of: snapshot)
        guard last.hasEnded else { return response(execution(last), status: 202) }
        let code: Int?
        do {
            code = try await services.executor.responseCode(of: webhook, after: last.execution.id)
        } catch let unusable as ResponseCodeUnusable {
            throw APIError(
                status: 500, .internalError,
                "the execution `\(last.execution.id)` has ended, but \(unusable.message)")
        }
        let status = code ?? (last.execution.state.current == .failed ? 500 : 200)
        guard webhook.returnsOutputs else { return response(execution(last), status: status) }
        var writer = JSONWriter()
        writer.write(last.execution.outputs ?? .map([:]))
        return response(writer.bytes, status: status)
    }

    private func execution(_ snapshot: ExecutionSnapshot) -> [UInt8] {
        let (execution, flow) = (snapshot.execution, called.flow.reference)
        let path = "/ui/main/executions/\(flow.namespace)/\(flow.id)/\(execution.id)"
        return ExecutionJSON(execution, taskRuns: snapshot.taskRuns, url: path, now: services.now()).bytes
    }

    private func response(_ bytes: [UInt8], status: Int) -> Response {
        // 204 and 304 have no body.
        let hasBody = status != 204 && status != 304
        return Response(
            status: status,
            headers: hasBody ? ["Content-Type": called.webhook.contentType.rawValue] : [:],
            body: .bytes(hasBody ? bytes : []))
    }
}
