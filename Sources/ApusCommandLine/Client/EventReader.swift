/// Takes server-sent events out of a stream of bytes, in whatever pieces it comes.
///
/// Source: HTML standard, section 9.2. Only `id`, `event` and `data` matter here.
package struct EventReader: Sendable {
    package struct Event: Hashable, Sendable {
        package var id: String?
        package var name: String?
        package var data: String

        package init(id: String? = nil, name: String? = nil, data: String) {
            self.id = id
            self.name = name
            self.data = data
        }
    }

    /// An event longer than this is dropped, so that a server cannot fill the memory.
    package static let maxBytes = 64 << 20

    private var line: [UInt8] = []
    private var event = Event(data: "")
    private var hasData = false

    package init() {}

    /// The events that are complete with these bytes.
    package mutating func read(_ bytes: some Sequence<UInt8>) -> [Event] {
        var events: [Event] = []
        for byte in bytes {
            guard byte == UInt8(ascii: "\n") else {
                if line.count < Self.maxBytes { line.append(byte) }
                continue
            }
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            if line.isEmpty {
                if hasData { events.append(event) }
                event = Event(data: "")
                hasData = false
            } else {
                take(String(decoding: line, as: UTF8.self))
            }
            line.removeAll(keepingCapacity: true)
        }
        return events
    }

    private mutating func take(_ line: String) {
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let field = parts.first, !field.isEmpty else { return }
        var value = parts.count > 1 ? parts[1] : ""
        if value.hasPrefix(" ") { value.removeFirst() }
        switch field {
        case "id": event.id = String(value)
        case "event": event.name = String(value)
        case "data":
            guard event.data.utf8.count < Self.maxBytes else { return }
            event.data += (hasData ? "\n" : "") + value
            hasData = true
        default: break
        }
    }
}
