public import ApusModel

/// A refusal, as the API answers it.
public struct APIError: Error, Sendable {
    /// The reasons of the product's messages; they stand before the detail.
    public enum Reason: String, Sendable {
        case notFound = "Not Found"
        case invalidEntity = "Invalid entity"
        case illegalArgument = "Illegal argument"
        case illegalState = "Illegal state"
        case invalidFilters = "Invalid query filters"
        case invalidJSON = "Invalid json"
        case badRequest = "Bad Request"
        case methodNotAllowed = "Method Not Allowed"
        case unsupportedMedia = "Unsupported Media Type"
        case tooLarge = "Request Entity Too Large"
        case tooMany = "Too Many Requests"
        case unavailable = "Service Unavailable"
        case outOfSpace = "Insufficient Storage"
        case gone = "Gone"
        case internalError = "Internal server error"
    }

    /// One of the things that are wrong.
    public struct Detail: Hashable, Sendable {
        public var message: String
        /// What it is about: a path into the document, the name of an input or parameter.
        public var path: String?

        public init(_ message: String, path: String? = nil) {
            self.message = message
            self.path = path
        }
    }

    public var status: Int
    public var reason: Reason
    public var detail: String?
    public var details: [Detail]
    /// Faults of a flow, with their positions.
    public var faults: [Fault]
    /// Further headers, such as `Allow`.
    public var headers: [(String, String)] = []

    public init(
        status: Int, _ reason: Reason, _ detail: String? = nil, details: [Detail] = [], faults: [Fault] = []
    ) {
        self.status = status
        self.reason = reason
        self.detail = detail
        self.details = details
        self.faults = faults
    }

    /// `Not Found: execution not found`
    public var message: String { detail.map { "\(reason.rawValue): \($0)" } ?? reason.rawValue }
}

extension APIError {
    static func notFound(_ what: String? = nil) -> APIError { APIError(status: 404, .notFound, what) }
    static func conflict(_ why: String) -> APIError { APIError(status: 409, .illegalState, why) }
    static func illegalArgument(_ why: String) -> APIError { APIError(status: 422, .illegalArgument, why) }
    static func badRequest(_ why: String) -> APIError { APIError(status: 400, .badRequest, why) }
    static func invalidFilters(_ why: String) -> APIError { APIError(status: 400, .invalidFilters, why) }

    /// Several things wrong with what was sent: `Invalid entity: a: …\nb: …`.
    static func invalid(_ details: [Detail]) -> APIError {
        let lines = details.map { detail in detail.path.map { "\($0): \(detail.message)" } ?? detail.message }
        return APIError(status: 422, .invalidEntity, lines.joined(separator: "\n"), details: details)
    }

    /// A flow that cannot be saved: each fault on a line of its own, with its position.
    static func flowRefused(_ faults: [Fault]) -> APIError {
        let errors = faults.filter { $0.severity == .error }
        return APIError(
            status: 422, .invalidEntity, errors.map(\.line).joined(separator: "\n"),
            details: errors.map {
                Detail($0.message, path: $0.path.steps.isEmpty ? nil : $0.path.description)
            },
            faults: errors)
    }
}
