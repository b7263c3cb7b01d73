import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core plugin, HTTP trigger.
struct HTTPTrigger: PollingTrigger {
    static let type = "io.kestra.plugin.core.http.Trigger"
    static let aliases = ["io.kestra.plugin.fs.http.Trigger"]
    static let summary =
        "Calls an HTTP server from time to time, and starts an execution when its answer fits."
    static let outputs = RequestTask.outputs

    @Included var common: CallProperties
    @Property("The answer is kept encrypted.")
    var encryptBody: Bool = false
    @Property(
        "Starts an execution when it is true; sees `response.statusCode`, `response.body` as text, and "
            + "`response.headers`.", isDynamic: false)
    var responseCondition: String = "{{ response.statusCode < 400 }}"

    func evaluate(_ context: TriggerContext) async throws -> Evaluation {
        var request = RequestTask()
        request.common = common
        request.encryptBody = encryptBody
        // Every status is an answer to look at.
        var options = common.effectiveOptions
        options.allowFailed = true
        request.common.options = options
        let (reply, outputs, body) = try await request.answer(context.work)
        let response: Value = [
            "statusCode": .int(Int64(reply.status)), "body": body.map { .string($0) } ?? .null,
            "headers": reply.headerValues,
        ]
        let holds = try await context.holds(responseCondition, seeing: ["response": response])
        return Evaluation(outputs: holds ? outputs : nil)
    }
}
