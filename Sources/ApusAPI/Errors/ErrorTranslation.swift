import ApusDatabase
import ApusExecutor
import ApusHTTP
import ApusModel

extension APIError {
    /// What the API answers to an error that reached the border.
    ///
    /// An error nobody foresaw gives 500 without its text, which may hold anything; `log` takes the text.
    static func translated(_ error: any Error, log: (String) -> Void) -> APIError {
        switch error {
        case let error as APIError: error
        case let error as HTTPError: translated(error)
        case let error as RequestRefused: translated(error)
        case let error as FlowRefused: translated(error)
        case let fault as Fault: .flowRefused([fault])
        case let error as DatabaseError: translated(error, log: log)
        case is CancellationError: APIError(status: 503, .unavailable, "the server is stopping")
        default: unforeseen(error, log: log)
        }
    }

    private static func unforeseen(_ error: any Error, log: (String) -> Void) -> APIError {
        log(String(describing: error))
        return APIError(status: 500, .internalError, "the log of the server has the cause")
    }

    private static func translated(_ error: HTTPError) -> APIError {
        let prefix: Reason
        switch error.status {
        case 404: prefix = .notFound
        case 405: prefix = .methodNotAllowed
        case 409: prefix = .illegalState
        case 413: prefix = .tooLarge
        case 415: prefix = .unsupportedMedia
        case 422: prefix = .invalidEntity
        case 503: prefix = .unavailable
        case 507: prefix = .outOfSpace
        case 500...: prefix = .internalError
        default: prefix = .badRequest
        }
        let detail = error.message == prefix.rawValue ? nil : error.message
        var translated = APIError(
            status: error.status, prefix, detail,
            details: error.details.map { Detail($0.message, path: $0.path) })
        translated.headers = error.headers.fields.map { ($0.name, $0.value) }
        return translated
    }

    private static func translated(_ error: RequestRefused) -> APIError {
        switch error {
        case .notFound(let what): .notFound(what)
        case .conflict(let why): .conflict(why)
        case .invalid(let why): .illegalArgument(why)
        }
    }

    private static func translated(_ error: FlowRefused) -> APIError {
        switch error {
        case .faults(let faults): .flowRefused(faults)
        case .exists: .invalid([Detail("Flow id already exists", path: "flow.id")])
        case .notFound(let namespace, let id): .notFound("flow `\(namespace).\(id)`")
        case .mismatch(let why):
            .invalid([Detail(why, path: why.contains("namespace") ? "flow.namespace" : "flow.id")])
        }
    }
}
