import ApusHTTP
import ApusModel
import ApusStorage
import Foundation

/// Storing files of a namespace that a client sends.
enum NamespaceFileUpload {
    static func handle(_ call: Call) async throws -> Response {
        let (namespace, path, files) = (try call.namespace(), try call.file(), call.services.namespaceFiles)
        let parts = try call.request.form()
        guard let part = parts.first(where: { $0.name == "fileContent" }) ?? parts.first else {
            throw APIError.badRequest("Required Part [fileContent] not specified")
        }
        if path.lowercased().hasSuffix(".zip") {
            try await unpack(part, into: path, of: namespace, files)
        } else {
            try await store(part.content, at: path, in: namespace, files)
        }
        return Response()
    }

    private static func store(
        _ content: FormPart.Content, at path: String, in namespace: String, _ files: NamespaceFiles
    ) async throws {
        let address = try files.address(of: path, in: namespace)
        guard address != (try files.address(of: "", in: namespace)), !path.hasSuffix("/") else {
            throw APIError.illegalArgument("`path` must name a file, found `\(path.prefix(200))`")
        }
        if try await files.storage.find(address)?.isDirectory == true {
            throw APIError.illegalArgument("`\(path.prefix(200))` is a directory")
        }
        try await files.keepRevision(of: path, in: namespace)
        switch content {
        case .bytes(let bytes): try await files.storage.put(bytes, at: address)
        case .file(let local):
            let file = URL(fileURLWithPath: local)
            try await files.storage.put(
                fileAt: file.lastPathComponent, in: file.deletingLastPathComponent().path, at: address)
        }
    }

    /// Stores the files of an archive below the directory that the path names.
    ///
    /// The whole archive is checked before the first file of it is stored.
    private static func unpack(
        _ part: FormPart, into path: String, of namespace: String, _ files: NamespaceFiles
    ) async throws {
        let archive = try ZipArchive(try bytes(of: part))
        let folder = path.split(separator: "/").dropLast().map { "\($0)/" }.joined()
        var unpacked: [(path: String, bytes: [UInt8])] = []
        var total = 0
        for entry in archive.entries where !entry.isDirectory {
            let target = folder + entry.name
            guard !entry.name.hasPrefix("/") else {
                throw ZipFault("`\(entry.name.prefix(200))` is an absolute path")
            }
            _ = try files.address(of: target, in: namespace)
            let bytes = try archive.bytes(of: entry, limit: ZipArchive.maxTotalBytes - total)
            total += bytes.count
            unpacked.append((target, bytes))
        }
        for (target, bytes) in unpacked {
            try await store(.bytes(bytes), at: target, in: namespace, files)
        }
    }

    static func bytes(of part: FormPart) throws -> [UInt8] {
        switch part.content {
        case .bytes(let bytes): return bytes
        case .file(let path):
            let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
            guard data.count <= ZipArchive.maxBytes else {
                throw APIError(
                    status: 413, .tooLarge, "an archive has at most \(ZipArchive.maxBytes) bytes")
            }
            return Array(data)
        }
    }
}
