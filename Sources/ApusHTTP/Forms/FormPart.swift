/// One field of a form.
public struct FormPart: Sendable {
    public enum Content: Sendable {
        case bytes([UInt8])
        /// A temporary file, deleted with the last copy of the part and its request.
        case file(path: String)
    }

    public var name: String
    /// The name the client gave its file: data, never a path to write to. `nil` for plain fields.
    public var filename: String?
    public var contentType: String?
    public var content: Content
    let directory: UploadDirectory?

    public init(name: String, filename: String? = nil, contentType: String? = nil, content: Content) {
        self.init(name: name, filename: filename, contentType: contentType, content: content, directory: nil)
    }

    init(name: String, filename: String?, contentType: String?, content: Content, directory: UploadDirectory?)
    {
        self.name = name
        self.filename = filename
        self.contentType = contentType
        self.content = content
        self.directory = directory
    }

    /// The content as text; `nil` for a file on disk and for bytes that are not UTF-8.
    public var text: String? {
        if case .bytes(let bytes) = content { String(validating: bytes, as: UTF8.self) } else { nil }
    }
}
