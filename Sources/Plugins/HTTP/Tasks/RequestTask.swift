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

    @Property("The URL.")
    var uri: String
    @Property("The method, such as `POST`.")
    var method: String = "GET"
    @Property("The body: text, or a value that is sent as JSON.")
    var body: Value?
    @Property(
        "Fields of a form, sent urlencoded or, by `contentType`, as multipart/form-data. Values that are "
            + "`kestra://` URIs are files; `{name, content}` gives a file its name.")
    var formData: Value?
    @Property("Query parameters to add to the URL; a list repeats its name.")
    var params: Value?
    @Property("The type of the body.")
    var contentType: String = "application/json"
    @Property("Headers by name.")
    var headers: OrderedMap<Value> = [:]
    @Property("How the call is made.")
    var options: HTTPOptions?
    @Property("The answer is kept encrypted.")
    var encryptBody: Bool = false
    @Property("Former place of `options.allowFailed`.")
    var allowFailed: Bool?
    @Property("Former place of `options.ssl`.")
    var sslOptions: HTTPSSL?

    var tooLargeAdvice: String { "use io.kestra.plugin.core.http.Download for large files" }

    struct Output: TaskOutput {
        var values: OrderedMap<Value>
    }

    func run(_ context: TaskContext) async throws -> Output {
        guard !encryptBody else {
            throw TaskFailure("`encryptBody` needs an encryption key, and this server has none configured")
        }
        var call = try await call(context)
        call.acceptsCompression = true
        let reply = try await reply(to: call, in: .memory(limitBytes: Self.maxBodyBytes), context)
        var values: OrderedMap<Value> = [
            "uri": .string(call.shownURL), "code": .int(Int64(reply.status)), "headers": reply.headerValues,
        ]
        if !(reply.body.isEmpty && (reply.status == 204 || call.method == "HEAD")) {
            let charset = try Charset(
                contentType: reply.header("Content-Type"), fallback: effectiveOptions.defaultCharset)
            values["body"] = .string(try charset.text(of: reply.body))
        }
        return Output(values: values)
    }
}
