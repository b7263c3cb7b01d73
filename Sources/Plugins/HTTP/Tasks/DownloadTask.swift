import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core plugin, HTTP tasks.
struct DownloadTask: HTTPTask {
    static let type = "io.kestra.plugin.core.http.Download"
    static let aliases = ["io.kestra.plugin.fs.http.Download"]
    static let summary = "Downloads a file from an HTTP server into internal storage."
    static let outputs: [PropertySchema]? =
        replyOutputs + [.output("length", "Size of the file in bytes.", .integer)]

    @Included var common: CallProperties
    @Property("An answer without a body fails the task.")
    var failOnEmptyResponse: Bool = true
    @Property("The name of the file; by default what the server says, else the end of the URL.")
    var saveAs: String?

    var tooLargeAdvice: String { "raise `options.maxContentLength`" }

    struct Output: TaskOutput {
        var values: OrderedMap<Value>
    }

    func run(_ context: TaskContext) async throws -> Output {
        let call = try await common.call(context)
        let path = try context.workingDirectory.path(of: "download")
        try context.workingDirectory.makeParents(of: path)
        let reply = try await reply(to: call, in: .file(path: path, limitBytes: .max), context)
        if reply.length == 0, reply.status < 400 {
            guard !failOnEmptyResponse else { throw TaskFailure("No response from server") }
            context.log("No response from server", at: .warn)
        }
        let name = FileName.of(reply, url: call.url, wanted: saveAs)
        return Output(values: [
            "code": .int(Int64(reply.status)),
            "uri": .string(try await context.store(file: path, named: name)),
            "length": .int(reply.length), "headers": reply.headerValues,
        ])
    }
}
