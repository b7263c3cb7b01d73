/// One event of a `text/event-stream`.
///
/// Source: HTML standard, section 9.2.
public struct ServerSentEvent: Hashable, Sendable {
    public var id: String?
    public var name: String?
    /// May have several lines.
    public var data: String
    private var isComment = false

    public init(id: String? = nil, name: String? = nil, data: String) {
        self.id = id
        self.name = name
        self.data = data
    }

    /// A line clients ignore; it keeps proxies from closing a quiet connection.
    public static var keepAlive: ServerSentEvent {
        var event = ServerSentEvent(data: "")
        event.isComment = true
        return event
    }

    /// The form on the wire. Line breaks cannot leave their field: those in `id` and `name` are dropped.
    var bytes: [UInt8] {
        if isComment { return Array(":\n\n".utf8) }
        var text = ""
        if let id { text += "id: \(Self.line(id))\n" }
        if let name { text += "event: \(Self.line(name))\n" }
        for line in data.split(omittingEmptySubsequences: false, whereSeparator: Self.isLineBreak) {
            text += "data: \(line)\n"
        }
        return Array((text + "\n").utf8)
    }

    private static func line(_ text: String) -> String {
        String(text.unicodeScalars.filter { $0 != "\n" && $0 != "\r" && $0 != "\0" })
    }

    private static func isLineBreak(_ character: Character) -> Bool {
        character == "\n" || character == "\r" || character == "\r\n"
    }
}
