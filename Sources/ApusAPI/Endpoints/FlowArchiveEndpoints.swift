import ApusDatabase
import ApusExecutor
import ApusHTTP
import ApusModel
import ApusStorage

/// Flows as an archive of their YAML texts, out and in.
enum FlowArchiveEndpoints {
    static let all = [
        Endpoint(
            "POST", "flows/export/by-ids", "The texts of flows as a zip archive.", body: .json,
            handler: exportByIDs),
        Endpoint(
            "GET", "flows/export/by-query", "The texts of the flows that match as a zip archive.",
            query: [
                .init("q", "A part of the id, namespace or description"),
                .init("namespace", "And those below it"),
                .init("labels", "key:value, repeated"), .init("filters", "filters[namespace][EQUALS]=…"),
            ], handler: exportByQuery),
        Endpoint(
            "POST", "flows/import",
            "Stores the flows of `fileUpload`, a zip archive of YAML files or one YAML file. Answers what could not be stored.",
            query: [.init("failOnError", "Store none when one is refused")], body: .form,
            handler: importFlows),
    ]

    private static func exportByIDs(_ call: Call) async throws -> Response {
        var rows: [FlowRow] = []
        for name in try FlowBulkEndpoints.names(call) {
            guard
                let row = try await call.services.listing.flow(
                    namespace: name.namespace, id: name.id, revision: nil, allowDeleted: false)
            else { throw APIError.notFound("flow `\(name.namespace).\(name.id)`") }
            rows.append(row)
        }
        return archive(rows)
    }

    private static func exportByQuery(_ call: Call) async throws -> Response {
        let found = try await call.services.listing.flows(
            try FlowFilter(call), sort: [], paging: Paging(page: 1, size: Paging.maxSize))
        return archive(found.rows)
    }

    private static func archive(_ rows: [FlowRow]) -> Response {
        var response = Response(
            headers: ["Content-Type": "application/octet-stream", "Cache-Control": "private, no-store"],
            body: .stream { writer in
                var archive = ZipWriter { try await writer.write($0) }
                for row in rows {
                    try await archive.add(
                        TextContent(bytes: Array(row.source.utf8)), named: "\(row.namespace)-\(row.id).yml")
                }
                try await archive.finish()
            })
        response.attach(filename: "flows.zip")
        return response
    }

    private static func importFlows(_ call: Call) async throws -> Response {
        let isWhole = try call.flag("failOnError", default: false)
        let parts = try call.request.form()
        guard let part = parts.first(where: { $0.name == "fileUpload" }) ?? parts.first else {
            throw APIError.badRequest("Required Part [fileUpload] not specified")
        }
        let files = try files(try NamespaceFileUpload.bytes(of: part), part.filename ?? "")
        var refused: [(name: String, faults: [Fault])] = []
        for file in files {
            let errors = call.services.flows.validate(file.source).errors
            if !errors.isEmpty { refused.append((file.name, errors)) }
        }
        if isWhole, !refused.isEmpty { throw APIError.flowRefused(refused.flatMap(\.faults)) }
        let bad = Set(refused.map(\.name))
        for file in files where !bad.contains(file.name) {
            _ = try await call.services.flows.save(file.source, mode: .upsert)
        }
        var writer = JSONWriter()
        writer.list(refused) { $1.write($0.name) }
        return .json(bytes: writer.bytes)
    }

    /// The documents of an upload, each with a name to tell it by: its place for those of one YAML file.
    private static func files(_ bytes: [UInt8], _ filename: String) throws -> [(name: String, source: String)]
    {
        guard bytes.starts(with: [0x50, 0x4B]) || filename.lowercased().hasSuffix(".zip") else {
            let documents = SourceDocuments.split(String(decoding: bytes, as: UTF8.self))
            return documents.enumerated().map { (String($0), $1) }
        }
        let archive = try ZipArchive(bytes)
        var files: [(name: String, source: String)] = []
        var left = ZipArchive.maxTotalBytes
        for entry in archive.entries where !entry.isDirectory {
            let text = try archive.bytes(of: entry, limit: left)
            left -= text.count
            files.append((entry.name, String(decoding: text, as: UTF8.self)))
        }
        return files
    }
}

/// A text as the content of a file.
private struct TextContent: StoredContent {
    let bytes: [UInt8]

    var size: Int { bytes.count }

    func read(at offset: Int, count: Int) async throws -> [UInt8] {
        guard offset >= 0, offset < bytes.count, count > 0 else { return [] }
        return Array(bytes[offset..<min(bytes.count, offset + min(count, bytes.count))])
    }
}
