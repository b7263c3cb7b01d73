/// The head of a reply, gathered line by line.
struct ReplyHead: Sendable {
    private(set) var status = 0
    private(set) var headers: [(name: String, values: [String])] = []
    /// A server that never stops sending headers is cut off here.
    private static let maxBytes = 256 * 1024
    private var bytes = 0

    /// Takes a line with its end. A status line starts anew, as after `100 Continue`.
    ///
    /// - Returns: `false` when the head has become too large.
    mutating func take(_ line: UnsafeRawBufferPointer) -> Bool {
        bytes += line.count
        guard bytes <= Self.maxBytes else { return false }
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            status = text.split(separator: " ").dropFirst().first.flatMap { Int($0.prefix(3)) } ?? 0
            headers = []
            return true
        }
        guard let colon = text.firstIndex(of: ":") else { return true }
        let name = String(text[..<colon])
        let value = Self.trimmed(text[text.index(after: colon)...])
        if let place = headers.firstIndex(where: { $0.name.lowercased() == name.lowercased() }) {
            headers[place].values.append(value)
        } else {
            headers.append((name, [value]))
        }
        return true
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
