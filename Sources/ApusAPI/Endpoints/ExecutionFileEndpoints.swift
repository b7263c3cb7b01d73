import ApusHTTP
import ApusModel

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
        guard let found = try await call.services.files.locate(uri.text) else { throw missing(uri) }
        var response = try Response.file(found.path, for: call.request)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.attach(filename: uri.name)
        return response
    }

    private static func metas(_ call: Call) async throws -> Response {
        let uri = try await uri(call)
        guard let found = try await call.services.files.locate(uri.text) else { throw missing(uri) }
        return .json(["size": .int(found.bytes)])
    }

    /// The file asked for; an error 404 or 422 unless it belongs to the execution.
    private static func uri(_ call: Call) async throws -> StorageURI {
        guard let text = call.text("path") else {
            throw APIError.badRequest("Required QueryValue [path] not specified")
        }
        let execution = try await ExecutionEndpoints.snapshot(call).execution
        guard let uri = StorageURI(text) else {
            throw APIError.illegalArgument("`\(text)` is not the URI of a file in the internal storage")
        }
        guard uri.belongs(to: execution) else { throw missing(uri) }
        return uri
    }

    /// The same for a file of somebody else as for one that is not there.
    private static func missing(_ uri: StorageURI) -> APIError {
        .notFound("there is no file `\(uri.text)` of this execution")
    }
}

/// The URI of a file in the internal storage: `kestra:///a/b/flow/executions/ID/inputs/f/cat.jpg`.
struct StorageURI: Hashable {
    var text: String
    /// Parts of the path, none of them empty, `.` or `..`.
    var segments: [String]

    var name: String { segments.last ?? "file" }

    /// `nil` for another scheme, and for paths that could climb or hide.
    init?(_ text: String) {
        guard text.hasPrefix("kestra:///") else { return nil }
        let path = text.dropFirst("kestra:///".count)
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let arePlain = parts.allSatisfy { part in
            !part.isEmpty && part != "." && part != ".."
                && part.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && !"\\%?#".utf8.contains($0) }
        }
        guard arePlain, !parts.isEmpty else { return nil }
        self.text = text
        segments = parts
    }

    /// `<namespace as path>/<flow>/executions/<id>/…`; flow ids may be written in lower case with dashes.
    func belongs(to execution: Execution) -> Bool {
        let namespace = execution.flow.namespace.split(separator: ".").map(String.init)
        let directory = namespace + [execution.flow.id, "executions", execution.id]
        guard segments.count > directory.count else { return false }
        return segments.starts(with: directory)
    }
}
