import ApusModel
import ApusPlugin
import ApusSchema

/// What all tasks that call another server have in common.
protocol HTTPTask: RunnableTask {
    var common: CallProperties { get }

    /// What to do about a response that is too large.
    var tooLargeAdvice: String { get }
}

extension HTTPTask {
    /// What every answer gives.
    static var replyOutputs: [PropertySchema] {
        [
            .output("uri", "Where the answer is: the URL, or the file in internal storage.", .string),
            .output("code", "The status, such as 200.", .integer),
            .output("headers", "The headers by name, each a list.", .map(.list(.string))),
        ]
    }

    /// Sends the call and logs what the options ask for. A failed call becomes a failed task.
    func reply(to call: HTTPCall, in destination: ReplyDestination, _ context: TaskContext) async throws
        -> HTTPReply
    {
        let log = CallLog(parts: Set(common.effectiveOptions.logs), context: context)
        log.request(call)
        let destination = destination.limited(to: common.effectiveOptions.maxContentLength)
        let reply: HTTPReply
        do {
            reply = try await HTTPClient(addresses: HTTPPlugins.addresses).send(call, to: destination)
        } catch let error as HTTPCallError {
            throw TaskFailure(
                error.reason == .tooLarge ? "\(error.message); \(tooLargeAdvice)" : error.message)
        }
        log.response(reply)
        context.metric(
            Metric("response.length", .counter, Double(reply.length), tags: ["method": call.method]))
        guard !common.effectiveOptions.isFailure(reply.status) else {
            let text = String(decoding: reply.excerpt.prefix(1000), as: UTF8.self)
            throw TaskFailure(
                "Failed http request with response code '\(reply.status)' from \(call.shownURL)"
                    + (text.isEmpty ? "" : " and body: \(text)"),
                outputs: ["code": .int(Int64(reply.status)), "uri": .string(call.shownURL)])
        }
        return reply
    }
}

extension ReplyDestination {
    fileprivate func limited(to bytes: Int64?) -> ReplyDestination {
        guard let bytes, bytes > 0 else { return self }
        return switch self {
        case .memory(let limit): .memory(limitBytes: min(limit, bytes))
        case .file(let path, let limit): .file(path: path, limitBytes: min(limit, bytes))
        }
    }
}

extension HTTPReply {
    /// The headers as tasks read them: `outputs.<task>.headers['Content-Type'][0]`.
    var headerValues: Value {
        .map(OrderedMap(headers.map { ($0.name, .list($0.values.map { .string($0) })) }))
    }
}

extension Value {
    /// Text as it is, anything else as JSON.
    var formText: String { stringValue ?? (isNull ? "" : json) }
}
