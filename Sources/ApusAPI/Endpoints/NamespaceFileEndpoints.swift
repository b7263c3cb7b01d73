import ApusHTTP
import ApusModel
import ApusStorage

/// The files of namespaces: scripts, queries and the like that flows read.
enum NamespaceFileEndpoints {
    private static let path = Endpoint.QueryParameter("path", "The path of the file, such as /sql/a.sql")
    private static let requiredPath = Endpoint.QueryParameter(
        "path", "The path of the file, such as /sql/a.sql", isRequired: true)
    private static let place = "namespaces/{namespace}/files"

    static let all = [
        Endpoint(
            "GET", place, "Downloads a file.",
            query: [requiredPath, .init("revision", "An earlier one; the latest when absent")], handler: get),
        Endpoint(
            "POST", place, "Stores the form's file `fileContent`; one whose path ends in .zip is unpacked.",
            query: [requiredPath], body: .form, handler: NamespaceFileUpload.handle),
        Endpoint(
            "PUT", place, "Gives a file or directory another path.",
            query: [
                .init("from", "Its path", isRequired: true), .init("to", "The new one", isRequired: true),
            ],
            handler: move),
        Endpoint("DELETE", place, "Removes a file or directory.", query: [requiredPath], handler: delete),
        Endpoint("GET", "\(place)/directory", "Lists a directory.", query: [path], handler: list),
        Endpoint("POST", "\(place)/directory", "Makes a directory.", query: [path], handler: makeDirectory),
        Endpoint(
            "GET", "\(place)/export", "Downloads all files as a zip archive.",
            handler: NamespaceFileExport.handle),
        Endpoint(
            "GET", "\(place)/revisions", "Lists the revisions of a file that can be read.", query: [path],
            handler: revisions),
        Endpoint(
            "GET", "\(place)/search", "Lists the paths of files that contain a text.",
            query: [.init("q", "The text", isRequired: true)], handler: search),
        Endpoint(
            "GET", "\(place)/stats", "Reads the size and dates of a file.", query: [path], handler: stats),
    ]

    private static func get(_ call: Call) async throws -> Response {
        let (namespace, path, files) = (try call.namespace(), try call.file(), call.services.namespaceFiles)
        var address = try files.address(of: path, in: namespace)
        if let revision = try call.integer("revision") {
            address = try await files.address(of: path, in: namespace, revision: revision)
        }
        guard let found = try await call.services.files.locate(address.description) else {
            throw missing(path, namespace)
        }
        var response = try Response.file(found.path, for: call.request)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.attach(filename: try files.address(of: path, in: namespace).name)
        return response
    }

    private static func move(_ call: Call) async throws -> Response {
        let (namespace, from, to) = (try call.namespace(), try call.file("from"), try call.file("to"))
        try await call.services.namespaceFiles.move(from, to: to, in: namespace)
        return Response()
    }

    private static func delete(_ call: Call) async throws -> Response {
        let (namespace, path, files) = (try call.namespace(), try call.file(), call.services.namespaceFiles)
        guard try await files.delete(path, in: namespace) else { throw missing(path, namespace) }
        try await files.deleteEmptyDirectories(above: path, in: namespace)
        return Response()
    }

    private static func list(_ call: Call) async throws -> Response {
        let (namespace, path, files) = (
            try call.namespace(), call.text("path") ?? "", call.services.namespaceFiles
        )
        let address = try files.address(of: path, in: namespace)
        let found = try await files.storage.find(address)
        guard found?.isDirectory != false else {
            throw APIError.illegalArgument("`\(path)` is a file, not a directory")
        }
        // The directory of all files exists from the first file on; that it is empty before is no fault.
        if found == nil, address != (try files.address(of: "", in: namespace)) {
            throw missing(path, namespace)
        }
        var writer = JSONWriter()
        writer.list(try await files.storage.list(address), write)
        return .json(bytes: writer.bytes)
    }

    private static func makeDirectory(_ call: Call) async throws -> Response {
        try await call.services.namespaceFiles.createDirectory(
            try call.file(), in: try call.namespace())
        return Response()
    }

    private static func revisions(_ call: Call) async throws -> Response {
        let (namespace, path, files) = (try call.namespace(), try call.file(), call.services.namespaceFiles)
        guard let current = try await files.currentRevision(of: path, in: namespace) else {
            throw missing(path, namespace)
        }
        let numbers = try await files.revisions(of: path, in: namespace).map(\.number) + [current]
        return .json(.list(numbers.map { ["revision": .int(Int64($0))] }))
    }

    private static func search(_ call: Call) async throws -> Response {
        let namespace = try call.namespace()
        guard let text = call.request.queryValue("q")?.lowercased() else {
            throw APIError.badRequest("Required QueryValue [q] not specified")
        }
        let paths = try await call.services.namespaceFiles.all(namespace).map { "/\($0)" }
        return .json(
            .list(paths.filter { text.isEmpty || $0.lowercased().contains(text) }.map { .string($0) }))
    }

    private static func stats(_ call: Call) async throws -> Response {
        let (namespace, path, files) = (
            try call.namespace(), call.text("path") ?? "", call.services.namespaceFiles
        )
        guard let found = try await files.storage.find(try files.address(of: path, in: namespace)) else {
            throw missing(path, namespace)
        }
        var writer = JSONWriter()
        write(found, &writer)
        return .json(bytes: writer.bytes)
    }

    /// `{type, size, fileName, lastModifiedTime, creationTime}`, times in milliseconds since 1970.
    private static func write(_ file: StoredFile, _ writer: inout JSONWriter) {
        writer.object {
            $0.field("type", file.isDirectory ? "Directory" : "File")
            $0.field("size", file.size)
            $0.field("fileName", file.address.name)
            $0.field("lastModifiedTime", Int(file.modified.microseconds / 1000))
            $0.field("creationTime", Int(file.modified.microseconds / 1000))
        }
    }

    private static func missing(_ path: String, _ namespace: String) -> APIError {
        .notFound("there is no file `\(path.prefix(200))` in the namespace `\(namespace)`")
    }
}

extension Call {
    /// The path of a file in the query; an error 400 when it is absent.
    func file(_ name: String = "path") throws(APIError) -> String {
        guard let path = text(name) else {
            throw .badRequest("Required QueryValue [\(name)] not specified")
        }
        return path
    }
}
