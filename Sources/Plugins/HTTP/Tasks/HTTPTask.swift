import ApusModel
import ApusPlugin
import ApusSchema

/// What all tasks that call another server have in common.
protocol HTTPTask: RunnableTask {
    var uri: String { get }
    var method: String { get }
    var body: Value? { get }
    var formData: Value? { get }
    var params: Value? { get }
    var contentType: String { get }
    var headers: OrderedMap<Value> { get }
    var options: HTTPOptions? { get }
    var allowFailed: Bool? { get }
    var sslOptions: HTTPSSL? { get }

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

    /// The options with those written at the former places.
    var effectiveOptions: HTTPOptions {
        var effective = options ?? HTTPOptions()
        if let allowFailed { effective.allowFailed = effective.allowFailed || allowFailed }
        if let sslOptions, effective.ssl == nil { effective.ssl = sslOptions }
        return effective
    }

    /// The call that the properties describe; files of forms are fetched from internal storage.
    func call(_ context: TaskContext) async throws -> HTTPCall {
        var call = HTTPCall(method: method.uppercased(), url: try QueryText.append(params, to: uri))
        try effectiveOptions.apply(to: &call)
        for (name, value) in headers where !value.isNull {
            call.headers.append(HTTPCall.Header(name: name, value: value.formText))
        }
        try await setBody(of: &call, context)
        try check(call)
        return call
    }

    private func setBody(of call: inout HTTPCall, _ context: TaskContext) async throws {
        if let fields = try formFields() {
            guard !contentType.lowercased().hasPrefix("multipart/") else {
                // The boundary belongs to the type: a header without it could not be read.
                call.headers.removeAll { $0.name.lowercased() == "content-type" }
                call.body = .multipart(try await FormParts.parts(fields, context))
                return
            }
            call.body = .bytes(Array(QueryText.pairs(fields).utf8))
            call.setType("application/x-www-form-urlencoded")
        } else if let body, !body.isNull {
            call.body = .bytes(try Charset(effectiveOptions.defaultCharset).bytes(of: body.formText))
            call.setType(contentType)
        }
    }

    private func formFields() throws(TaskFailure) -> OrderedMap<Value>? {
        switch formData {
        case .none, .null: return nil
        case .map(let fields): return fields
        case .string(let text) where text.isEmpty: return nil
        case .string(let text):
            guard let fields = (try? JSONParser.parse(text))?.mapValue else {
                throw TaskFailure("`formData` must be a map of fields by name")
            }
            return fields
        case .some(let other):
            throw TaskFailure("`formData` must be a map of fields by name, found \(other.kind)")
        }
    }

    private func check(_ call: HTTPCall) throws {
        do { try call.check() } catch { throw TaskFailure(error.message) }
    }

    /// Sends the call and logs what the options ask for. A failed call becomes a failed task.
    func reply(to call: HTTPCall, in destination: ReplyDestination, _ context: TaskContext) async throws
        -> HTTPReply
    {
        let log = CallLog(parts: Set(effectiveOptions.logs), context: context)
        log.request(call)
        let destination = destination.limited(to: effectiveOptions.maxContentLength)
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
        guard !effectiveOptions.isFailure(reply.status) else {
            let text = String(decoding: reply.excerpt.prefix(1000), as: UTF8.self)
            throw TaskFailure(
                "Failed http request with response code '\(reply.status)' from \(call.shownURL)"
                    + (text.isEmpty ? "" : " and body: \(text)"),
                outputs: ["code": .int(Int64(reply.status)), "uri": .string(call.shownURL)])
        }
        return reply
    }
}

extension HTTPCall {
    /// The type of the body, unless a header gives it.
    fileprivate mutating func setType(_ type: String) {
        guard !headers.contains(where: { $0.name.lowercased() == "content-type" }) else { return }
        headers.append(Header(name: "Content-Type", value: type))
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
