import ApusPlugin
import Foundation

/// How the bytes of a body stand for text.
struct Charset: Hashable {
    let name: String
    private let encoding: String.Encoding

    init(_ name: String) throws(TaskFailure) {
        let encodings: [String: String.Encoding] = [
            "utf-8": .utf8, "utf8": .utf8, "us-ascii": .ascii, "ascii": .ascii, "iso-8859-1": .isoLatin1,
            "latin1": .isoLatin1, "iso-8859-2": .isoLatin2, "windows-1252": .windowsCP1252, "utf-16": .utf16,
            "utf-16le": .utf16LittleEndian, "utf-16be": .utf16BigEndian,
        ]
        guard let encoding = encodings[name.lowercased()] else {
            throw TaskFailure(
                "`\(name)` is not a charset this server knows; use the Download task to keep the bytes")
        }
        self.name = name
        self.encoding = encoding
    }

    /// The charset a `Content-Type` names, else the fallback.
    init(contentType: String?, fallback: String) throws(TaskFailure) {
        let named = contentType?.split(separator: ";").dropFirst().lazy
            .map { $0.trimmingCharacters(in: .whitespaces) }
            .first { $0.lowercased().hasPrefix("charset=") }
            .map { $0.dropFirst("charset=".count).trimmingCharacters(in: CharacterSet(charactersIn: "\"")) }
        try self.init(named ?? fallback)
    }

    func bytes(of text: String) throws(TaskFailure) -> [UInt8] {
        guard let data = text.data(using: encoding) else {
            throw TaskFailure("The body cannot be written in \(name)")
        }
        return Array(data)
    }

    func text(of bytes: [UInt8]) throws(TaskFailure) -> String {
        let text =
            encoding == .utf8
            ? String(validating: bytes, as: UTF8.self) : String(bytes: bytes, encoding: encoding)
        guard let text else {
            throw TaskFailure(
                "The response body is not valid \(name) text; use the Download task to keep its bytes")
        }
        return text
    }
}
