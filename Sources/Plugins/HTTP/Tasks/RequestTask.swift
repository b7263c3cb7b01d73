import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core plugin, HTTP tasks.
struct RequestTask: HTTPTask {
    static let type = "io.kestra.plugin.core.http.Request"
    static let aliases = ["io.kestra.plugin.fs.http.Request"]
    static let summary = "Calls an HTTP server and keeps its answer as text."
    static let outputs: [PropertySchema]? =
        replyOutputs + [
            .output("body", "The answer as text.", .string, isRequired: false),
            .output("encryptedBody", "The answer, with `encryptBody`.", .string, isRequired: false),
        ]

    /// A larger body does not belong among the outputs of an execution.
    static let maxBodyBytes: Int64 = 19 << 20

    @Included var common: CallProperties
    @Property("The answer is kept encrypted.")
    var encryptBody: Bool = false

    var tooLargeAdvice: String { "use io.kestra.plugin.core.http.Download for large files" }

    struct Output: TaskOutput {
        var values: OrderedMap<Value>
    }

    func run(_ context: TaskContext) async throws -> Output {
        Output(values: try await answer(context).values)
    }

    /// What the server answered: as it came, as outputs, and its body as text if there is one.
    func answer(_ context: TaskContext) async throws
        -> (reply: HTTPReply, values: OrderedMap<Value>, body: String?)
    {
        let conceal = context.services.conceal
        guard !encryptBody || conceal != nil else {
            throw TaskFailure("`encryptBody` needs an encryption key, and this server has none configured")
        }
        var call = try await common.call(context)
        call.acceptsCompression = true
        let reply = try await reply(to: call, in: .memory(limitBytes: Self.maxBodyBytes), context)
        var values: OrderedMap<Value> = [
            "uri": .string(call.shownURL), "code": .int(Int64(reply.status)), "headers": reply.headerValues,
        ]
        var body: String?
        if !(reply.body.isEmpty && (reply.status == 204 || call.method == "HEAD")) {
            let charset = try Charset(
                contentType: reply.header("Content-Type"), fallback: common.effectiveOptions.defaultCharset)
            let text = try charset.text(of: reply.body)
            body = text
            if encryptBody {
                values["encryptedBody"] = try conceal?(text)
            } else {
                values["body"] = .string(text)
            }
        }
        return (reply, values, body)
    }
}
