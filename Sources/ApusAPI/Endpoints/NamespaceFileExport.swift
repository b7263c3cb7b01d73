import ApusHTTP
import ApusModel
import ApusStorage

/// All files of a namespace as one archive, written while it is sent.
enum NamespaceFileExport {
    static func handle(_ call: Call) async throws -> Response {
        let (namespace, files) = (try call.namespace(), call.services.namespaceFiles)
        let paths = try await files.all(namespace)
        guard paths.count <= ZipWriter.maxEntries else {
            throw APIError(
                status: 413, .tooLarge,
                "an archive holds at most \(ZipWriter.maxEntries) files, the namespace has \(paths.count)")
        }
        var response = Response(
            headers: ["Content-Type": "application/octet-stream", "Cache-Control": "private, no-store"],
            body: .stream { writer in
                var archive = ZipWriter { try await writer.write($0) }
                for path in paths {
                    let address = try files.address(of: path, in: namespace)
                    // One that has gone since they were listed is no part of the archive.
                    guard let found = try await files.storage.find(address), !found.isDirectory else {
                        continue
                    }
                    try await archive.add(try await files.storage.open(address), named: path)
                }
                try await archive.finish()
            })
        response.attach(filename: "\(namespace)_files.zip")
        return response
    }
}
