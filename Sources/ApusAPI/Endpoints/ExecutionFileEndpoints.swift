import ApusHTTP
import ApusModel
import ApusStorage

/// Files that belong to an execution.
enum ExecutionFileEndpoints {
    private static let query: [Endpoint.QueryParameter] = [
        .init("path", "The URI of the file", isRequired: true)
    ]

    static let all = [
        Endpoint(
            "GET", "executions/{executionId}/file", "Downloads a file of an execution.", query: query,
            handler: file),
        Endpoint(
            "GET", "executions/{executionId}/file/metas", "Reads the size of a file of an execution.",
            query: query,
            handler: metas),
    ]

    private static func file(_ call: Call) async throws -> Response {
        let uri = try await uri(call)
        guard let found = try await call.services.files.locate(uri.description) else { throw missing(uri) }
        var response = try Response.file(found.path, for: call.request)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.attach(filename: uri.name)
        return response
    }

    private static func metas(_ call: Call) async throws -> Response {
        let uri = try await uri(call)
        guard let found = try await call.services.files.locate(uri.description) else { throw missing(uri) }
        return .json(["size": .int(found.bytes)])
    }

    /// The file asked for; an error 404 or 422 unless it belongs to the execution.
    private static func uri(_ call: Call) async throws -> StorageURI {
        guard let text = call.text("path") else {
            throw APIError.badRequest("Required QueryValue [path] not specified")
        }
        let execution = try await ExecutionEndpoints.execution(call)
        guard let uri = try? StorageURI(text) else {
            throw APIError.illegalArgument("`\(text)` is not the URI of a file in the internal storage")
        }
        guard belongs(uri, to: execution) else { throw missing(uri) }
        return uri
    }

    /// Whether a file lies below the directory of an execution, or of one it was made from and keeps outputs of.
    static func belongs(_ uri: StorageURI, to execution: Execution) -> Bool {
        [execution.id, execution.parentID, execution.originalID].compactMap { $0 }.contains { id in
            let own = try? StorageURI.execution(
                namespace: execution.flow.namespace, flowID: execution.flow.id, executionID: id)
            return own.map { uri.isInside($0) && uri != $0 } ?? false
        }
    }

    /// The same for a file of somebody else as for one that is not there.
    private static func missing(_ uri: StorageURI) -> APIError {
        .notFound("there is no file `\(uri.description)` of this execution")
    }
}
