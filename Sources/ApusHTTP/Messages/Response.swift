public import ApusModel

/// What a handler answers.
///
/// `Content-Length`, `Transfer-Encoding`, `Date` and `Connection` are the server's business and ignored here.
public struct Response: Sendable {
    public enum Body: Sendable {
        case bytes([UInt8])
        /// A file, sent without passing through memory; `range` in bytes, the whole file when `nil`.
        case file(path: String, range: Range<Int64>? = nil)
        /// Written while it is sent. The closure is cancelled when the client goes away, and
        /// `ResponseWriter.write` then throws. Not called for HEAD.
        case stream(@Sendable (ResponseWriter) async throws -> Void)
    }

    public var status: Int
    public var headers: Headers
    public var body: Body

    public init(status: Int = 200, headers: Headers = Headers(), body: Body = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    public static func json(_ value: Value, status: Int = 200) -> Response {
        var writer = JSONWriter()
        writer.write(value)
        return Response(
            status: status, headers: ["Content-Type": "application/json"], body: .bytes(writer.bytes))
    }

    public static func text(
        _ text: String, status: Int = 200, contentType: String = "text/plain; charset=utf-8"
    ) -> Response {
        Response(status: status, headers: ["Content-Type": contentType], body: .bytes(Array(text.utf8)))
    }

    public static var noContent: Response { Response(status: 204) }

    /// A refusal as JSON; `path` is that of the request.
    public static func problem(_ error: HTTPError, path: String) -> Response {
        var response = Response.json(error.body(path: path), status: error.status)
        for field in error.headers.fields { response.headers.append(field.name, field.value) }
        return response
    }

    /// Server-sent events: `send` is called once and returns when the stream shall end.
    public static func events(_ send: @escaping @Sendable (ResponseWriter) async throws -> Void) -> Response {
        Response(
            headers: [
                "Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no",
            ],
            body: .stream(send))
    }
}
