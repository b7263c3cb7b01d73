import ApusCommandLine
import Foundation

/// A text from a file, or from standard input for the name `-`.
enum TextFile {
    /// Larger files are refused.
    private static let maxBytes = 16 << 20

    /// - Throws: `UsageError` in plain words.
    static func read(_ name: String) throws(UsageError) -> String {
        let descriptor = name == "-" ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw UsageError("cannot read \(name): \(String(cString: strerror(errno)))")
        }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        let bytes = try content(descriptor, name)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw UsageError("\(label(name)) is not text in UTF-8")
        }
        return text
    }

    /// The name for messages.
    static func label(_ name: String) -> String { name == "-" ? "<stdin>" : name }

    /// Fails early for a file that is read later, by somebody else.
    static func requireReadable(_ path: String) throws(UsageError) {
        guard access(path, R_OK) == 0 else {
            throw UsageError("cannot read \(path): \(String(cString: strerror(errno)))")
        }
    }

    private static func content(_ descriptor: Int32, _ name: String) throws(UsageError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Foundation.read(descriptor, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw UsageError("cannot read \(label(name)): \(String(cString: strerror(errno)))")
            }
            bytes += buffer.prefix(count)
            guard bytes.count <= maxBytes else { throw UsageError("\(label(name)) is too large for a flow") }
        }
    }
}
