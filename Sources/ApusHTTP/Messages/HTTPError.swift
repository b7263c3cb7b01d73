public import ApusModel

/// A refusal that a handler throws and the client sees: status, words, and what exactly was wrong.
public struct HTTPError: Error, Hashable, Sendable {
    /// One wrong thing in the request.
    public struct Detail: Hashable, Sendable {
        /// Where it is, `tasks[0].id`; `nil` when it has no place.
        public var path: String?
        public var message: String

        public init(path: String? = nil, message: String) {
            self.path = path
            self.message = message
        }
    }

    /// 400 to 599.
    public var status: Int
    public var message: String
    public var details: [Detail]
    /// Headers the answer needs, such as `Allow` or `WWW-Authenticate`.
    public var headers: Headers

    public init(_ status: Int, _ message: String, details: [Detail] = [], headers: Headers = Headers()) {
        self.status = status
        self.message = message
        self.details = details
        self.headers = headers
    }

    /// The JSON form clients of the API know: `message`, `_links.self.href`, `_embedded.errors`.
    public func body(path: String) -> Value {
        [
            "message": .string(message),
            "_links": ["self": ["href": .string(path), "templated": false]],
            "_embedded": details.isEmpty ? [:] : ["errors": .list(details.map(\.value))],
        ]
    }
}

extension HTTPError.Detail {
    fileprivate var value: Value {
        var entries: OrderedMap<Value> = ["message": .string(message)]
        if let path { entries["path"] = .string(path) }
        return .map(entries)
    }
}
