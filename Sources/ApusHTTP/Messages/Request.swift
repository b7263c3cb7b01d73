public import ApusModel

/// A request whose head and body have arrived.
public struct Request: Sendable {
    /// Uppercase, as sent: `GET`.
    public var method: String
    /// The path as sent: undecoded, without the query. For links and logs only; decisions use `segments`.
    public var path: String
    /// The decoded parts of the path between slashes.
    public var segments: [String]
    /// Decoded query pairs in order, repeated names kept.
    public var query: [(String, String)]
    public var headers: Headers
    /// The address of the peer without its port: `127.0.0.1`, `::1`.
    public var remoteAddress: String
    /// The bytes of the body; empty when the body is a multipart form, which `form()` gives.
    public internal(set) var body: [UInt8]
    /// What the `{name}` parts of the route matched; a trailing `{name*}` keeps its slashes.
    public internal(set) var parameters: [String: String]
    /// Who asks: set by the router's gate, read by handlers.
    public var identity: (any Sendable)?

    var multipart: [FormPart]?

    /// A request made by hand, for tests of handlers.
    public init(
        method: String, path: String, segments: [String] = [], query: [(String, String)] = [],
        headers: Headers = Headers(), remoteAddress: String = "", body: [UInt8] = [],
        parameters: [String: String] = [:]
    ) {
        self.method = method
        self.path = path
        self.segments = segments
        self.query = query
        self.headers = headers
        self.remoteAddress = remoteAddress
        self.body = body
        self.parameters = parameters
    }

    /// The first query value under a name.
    public func queryValue(_ name: String) -> String? {
        query.first { $0.0 == name }?.1
    }

    /// Every query value under a name.
    public func queryValues(_ name: String) -> [String] {
        query.filter { $0.0 == name }.map(\.1)
    }

    /// The media type of the body without parameters, lowercase: `application/json`.
    public var contentType: String? {
        headers["Content-Type"].flatMap(HeaderValue.init)?.main
    }

    /// The body as text; an error 400 when it is not UTF-8.
    public func text() throws(HTTPError) -> String {
        guard let text = String(validating: body, as: UTF8.self) else {
            throw HTTPError(400, "The body is not valid UTF-8")
        }
        return text
    }

    /// The body as JSON; an error 422 when it is none.
    public func json() throws(HTTPError) -> Value {
        do {
            return try JSONParser.parse(body)
        } catch {
            throw HTTPError(422, "Invalid json: \(error)")
        }
    }

    /// The parts of a form, multipart or urlencoded, in order; empty for a request without a body.
    ///
    /// Files of parts are deleted when the last copy of the request and its parts is gone: move what must stay.
    public func form() throws(HTTPError) -> [FormPart] {
        if let multipart { return multipart }
        if body.isEmpty { return [] }
        guard contentType == "application/x-www-form-urlencoded" else {
            throw HTTPError(415, "Expected multipart/form-data or application/x-www-form-urlencoded")
        }
        guard let pairs = PercentDecoding.pairs(body) else {
            throw HTTPError(400, "The form is not validly encoded")
        }
        return pairs.map { FormPart(name: $0.0, content: .bytes(Array($0.1.utf8))) }
    }
}
