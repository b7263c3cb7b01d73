import Foundation

/// Gathers the parts of a multipart form: small ones in memory, large files on disk.
final class FormCollector: MultipartReceiver {
    /// A file part larger than this moves to disk.
    static let spillBytes = 1 << 20
    /// How much of a file waits in memory for the next write.
    private static let writeBytes = 256 * 1024

    private(set) var parts: [FormPart] = []
    private let parentDirectory: String
    /// What all parts together may hold in memory.
    private let memoryBytes: Int
    private var memoryUsed = 0
    private var directory: UploadDirectory?

    private var name = ""
    private var filename: String?
    private var contentType: String?
    private var bytes: [UInt8] = []
    private var file: UploadFile?

    init(parentDirectory: String, memoryBytes: Int) {
        self.parentDirectory = parentDirectory
        self.memoryBytes = memoryBytes
    }

    func begin(_ headers: Headers) throws(HTTPError) {
        guard let disposition = headers["Content-Disposition"].flatMap(HeaderValue.init),
            disposition.main == "form-data", let name = disposition["name"]
        else { throw HTTPError(400, "A part of the form has no name") }
        self.name = name
        filename = disposition["filename*"].flatMap(Self.extendedText) ?? disposition["filename"]
        contentType = headers["Content-Type"]
        bytes = []
    }

    func append(_ more: UnsafeRawBufferPointer) throws(HTTPError) {
        bytes.append(contentsOf: more)
        if file != nil {
            if bytes.count >= Self.writeBytes { try flush() }
        } else if filename != nil, bytes.count > Self.spillBytes || memoryUsed + bytes.count > memoryBytes {
            try moveToDisk()
            try flush()
        } else if memoryUsed + bytes.count > memoryBytes {
            throw HTTPError(413, "The fields of the form are larger than \(memoryBytes) bytes")
        }
    }

    func end() throws(HTTPError) {
        if file != nil { try flush() }
        let path = file?.path
        file = nil
        memoryUsed += bytes.count
        parts.append(
            FormPart(
                name: name, filename: filename, contentType: contentType,
                content: path.map { .file(path: $0) } ?? .bytes(bytes),
                directory: path == nil ? nil : directory))
        bytes = []
    }

    private func moveToDisk() throws(HTTPError) {
        let place: UploadDirectory
        if let directory { place = directory } else { place = try UploadDirectory(in: parentDirectory) }
        directory = place
        file = try UploadFile(path: "\(place.path)/\(parts.count)")
    }

    private func flush() throws(HTTPError) {
        var failure: HTTPError?
        bytes.withUnsafeBytes { buffer in
            do throws(HTTPError) { try file?.write(buffer) } catch { failure = error }
        }
        bytes.removeAll(keepingCapacity: true)
        if let failure { throw failure }
    }

    /// RFC 8187: `UTF-8''na%C3%AFve.txt`.
    private static func extendedText(_ text: String) -> String? {
        let pieces = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard pieces.count == 3, pieces[0].lowercased() == "utf-8" else { return nil }
        return PercentDecoding.decode(pieces[2].utf8, plusIsSpace: false)
    }
}
