public import ApusHTTP

/// Something the API answers, as a value: the route and its line in the OpenAPI document both come from it.
public struct Endpoint: Sendable {
    public typealias Handler = @Sendable (Call) async throws -> Response

    /// Finds what a request is let in for, or throws to refuse it. The handler finds the answer in its identity.
    public typealias Admission = @Sendable (Call) async throws -> any Sendable

    /// Where the pattern begins.
    public enum Scope: Hashable, Sendable {
        /// Below `/api/v1/main` and, for older clients, below `/api/v1`.
        case tenant
        /// Below `/api/v1` and `/api/v1/main`; belongs to no tenant.
        case version
        /// At the root, outside the API.
        case root
    }

    /// What a request carries besides its path and query.
    public enum Body: String, Hashable, Sendable {
        case none
        case yaml = "application/x-yaml"
        case json = "application/json"
        case form = "multipart/form-data"
        case text = "text/plain"
    }

    public struct QueryParameter: Hashable, Sendable {
        public var name: String
        public var summary: String
        public var isRequired: Bool

        public init(_ name: String, _ summary: String, isRequired: Bool = false) {
            self.name = name
            self.summary = summary
            self.isRequired = isRequired
        }
    }

    public var scope: Scope
    public var method: String
    /// Without a leading slash: `flows/{namespace}/{id}`.
    public var pattern: String
    /// One sentence for the document.
    public var summary: String
    public var query: [QueryParameter]
    public var body: Body
    /// Answers requests without credentials.
    public var isOpen: Bool
    /// Replaced by a newer one, kept for older clients.
    public var isDeprecated: Bool
    public var handler: Handler
    /// Whether `executionId` may be that of an iteration of a loop.
    public var servesIterations = false
    /// Asked before a body is read; for endpoints that are open and yet do not let everybody in.
    public var admission: Admission?

    public init(
        _ method: String, _ pattern: String, _ summary: String, scope: Scope = .tenant,
        query: [QueryParameter] = [], body: Body = .none, isOpen: Bool = false, isDeprecated: Bool = false,
        handler: @escaping Handler
    ) {
        self.scope = scope
        self.method = method
        self.pattern = pattern
        self.summary = summary
        self.query = query
        self.body = body
        self.isOpen = isOpen
        self.isDeprecated = isDeprecated
        self.handler = handler
    }

    /// The full paths it answers, the preferred one first.
    public var paths: [String] {
        switch scope {
        case .tenant: ["/api/v1/main/\(pattern)", "/api/v1/\(pattern)"]
        case .version: ["/api/v1/\(pattern)", "/api/v1/main/\(pattern)"]
        case .root: ["/\(pattern)"]
        }
    }
}
