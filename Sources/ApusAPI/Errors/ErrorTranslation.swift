import ApusDatabase
import ApusExecutor
import ApusHTTP
import ApusModel
import ApusStorage

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
        case let error as DatabaseError: translatedDatabase(error, log: log)
        case let error as ZipFault: .illegalArgument(error.description)
        case let error as StorageError: translatedStorage(error, log: log)
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
        case 429: prefix = .tooMany
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

    /// 507 without space, 503 while the store cannot be used, 500 for what should not happen.
    private static func translatedDatabase(_ error: DatabaseError, log: (String) -> Void) -> APIError {
        switch error.reason {
        case .full:
            return APIError(
                status: 507, .outOfSpace, "no space is left for the database; nothing was changed")
        case .busy, .overloaded:
            var refusal = APIError(status: 503, .unavailable, "the database is busy; try again")
            refusal.headers = [("Retry-After", "1")]
            return refusal
        case .gone, .disk, .corrupt, .locked, .newerSchema, .configuration:
            log(error.description)
            return APIError(status: 503, .unavailable, "the database cannot be used; nothing was changed")
        case .tooLarge:
            return APIError(status: 413, .tooLarge, "a value is too large to be stored")
        case .constraint, .unreadable, .statement:
            return unforeseen(error, log: log)
        }
    }

    /// Storage speaks of addresses and paths in it, never of the machine's own.
    private static func translatedStorage(_ error: StorageError, log: (String) -> Void) -> APIError {
        switch error.reason {
        case .invalidAddress, .notAFile, .notADirectory: return .illegalArgument(error.message)
        case .notFound: return .notFound(error.message)
        case .tooLarge: return APIError(status: 413, .tooLarge, error.message)
        case .full:
            return APIError(
                status: 507, .outOfSpace, "no space is left for files; nothing was changed")
        case .unavailable:
            log(error.description)
            return APIError(status: 503, .unavailable, "the internal storage cannot be used")
        }
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
