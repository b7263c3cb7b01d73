/// One entry of the router's table: who answers which requests, and what they may send.
public struct Route: Sendable {
    public typealias Handler = @Sendable (Request) async throws -> Response

    /// Throws an `HTTPError` to refuse a request, or notes in its identity what it was let in for.
    public typealias Admission = @Sendable (inout Request) async throws -> Void

    /// How a body is received.
    public enum BodyKind: Hashable, Sendable {
        /// Multipart forms part by part, files of any size on disk; all else as bytes.
        case automatic
        /// As bytes whatever its type says, multipart forms too.
        case bytes
    }

    /// `GET`, `POST` … A GET route answers HEAD as well.
    public var method: String
    /// Segments that are literal, `{name}`, or at the end `{name*}` for the rest, which may be empty.
    /// Example: `/api/v1/{tenant}/flows/{namespace}/{id}`.
    public var pattern: String
    /// Whether it answers anyone: the gate must let requests without credentials pass. A closed list in the end.
    public var isOpen: Bool
    /// The largest body in bytes, for forms the largest whole form; the server's own limits when `nil`.
    public var bodyBytes: Int?
    public var bodyKind: BodyKind
    public var handler: Handler
    /// Asked after the gate and before a body is read: what lets strangers in decides here on the head alone.
    public var admission: Admission?

    public init(
        _ method: String, _ pattern: String, isOpen: Bool = false, bodyBytes: Int? = nil,
        bodyKind: BodyKind = .automatic, admission: Admission? = nil, handler: @escaping Handler
    ) {
        self.method = method
        self.pattern = pattern
        self.isOpen = isOpen
        self.bodyBytes = bodyBytes
        self.bodyKind = bodyKind
        self.admission = admission
        self.handler = handler
    }

    var steps: [RouteStep] {
        pattern.split(separator: "/").map { part in
            guard part.hasPrefix("{"), part.hasSuffix("}") else { return .literal(String(part)) }
            let name = part.dropFirst().dropLast()
            return name.hasSuffix("*") ? .rest(String(name.dropLast())) : .parameter(String(name))
        }
    }
}

/// One segment of a pattern.
enum RouteStep: Hashable, Sendable {
    case literal(String)
    case parameter(String)
    case rest(String)
}
