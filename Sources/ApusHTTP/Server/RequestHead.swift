/// The head of a request, checked: what is asked, and how its body is sent.
struct RequestHead: Sendable {
    var request: Request
    var match: RoutedRequest
    /// Whether a body follows.
    var hasBody: Bool
    /// Bytes the client announced; 0 when it did not say.
    var expectedBytes: Int
    /// Whether the refusal comes before the question who asks: the request is not meant for this server, or
    /// it is not clear where it ends.
    var isUnsound: Bool

    init(method: String, target: String, version: String, headers: Headers, client: String, core: ServerCore)
    {
        let parsed = RequestTarget(target)
        request = Request(
            method: method, path: parsed?.path ?? "/", segments: parsed?.segments ?? [],
            query: parsed?.query ?? [],
            headers: headers, remoteAddress: client)
        let lengths = headers.all("Content-Length")
        let isChunked = headers["Transfer-Encoding"] != nil
        expectedBytes = lengths.first.flatMap { Int($0) } ?? 0
        hasBody = isChunked || expectedBytes > 0
        isUnsound = false
        do throws(HTTPError) {
            match = RoutedRequest(refusal: HTTPError(400, "Bad Request"))
            isUnsound = true
            try core.hosts.check(headers, isVersion10: version == "HTTP/1.0")
            try Self.checkFraming(lengths: lengths, isChunked: isChunked)
            try Self.checkSize(of: headers, target: target, limits: core.limits)
            isUnsound = false
            guard parsed != nil else { throw HTTPError(400, "The path or query is not validly encoded") }
            match = RoutedRequest(core.router.match(method: method, segments: request.segments))
            request.parameters = match.parameters
            guard match.refusal == nil else { return }
            try Self.checkCoding(headers)
            guard expectedBytes <= bodyLimit(core.limits) else {
                throw HTTPError(413, "The body is larger than \(bodyLimit(core.limits)) bytes")
            }
        } catch {
            match.refusal = error
        }
    }

    /// The boundary when the body is to be taken apart as a multipart form.
    var formBoundary: String? {
        guard match.route?.bodyKind != .bytes, let type = request.headers["Content-Type"],
            let value = HeaderValue(type), value.main == "multipart/form-data"
        else { return nil }
        return value["boundary"] ?? ""
    }

    func bodyLimit(_ limits: ServerLimits) -> Int {
        match.route?.bodyBytes ?? (formBoundary == nil ? limits.bodyBytes : limits.uploadBytes)
    }

    /// A request whose end two readers could see in different places is how requests are smuggled past proxies.
    private static func checkFraming(lengths: [String], isChunked: Bool) throws(HTTPError) {
        guard lengths.count <= 1, lengths.isEmpty || !isChunked,
            lengths.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } && Int($0) != nil })
        else { throw HTTPError(400, "The length of the body is not clear") }
    }

    private static func checkSize(of headers: Headers, target: String, limits: ServerLimits) throws(HTTPError)
    {
        let bytes = headers.fields.reduce(target.utf8.count) {
            $0 + $1.name.utf8.count + $1.value.utf8.count + 4
        }
        guard bytes <= limits.headerBytes else {
            throw HTTPError(431, "The headers are larger than \(limits.headerBytes) bytes")
        }
    }

    private static func checkCoding(_ headers: Headers) throws(HTTPError) {
        guard let coding = headers["Content-Encoding"], coding.lowercased() != "identity" else { return }
        throw HTTPError(415, "Compressed bodies are not accepted")
    }
}
