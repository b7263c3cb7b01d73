import ApusModel

/// A JSON object being written, field by field; fields without a value are left out.
///
/// Writes straight into the bytes of the answer, so that an execution with thousands of task runs costs no tree.
struct JSONObject {
    fileprivate var writer: JSONWriter
    private var isFirst = true

    fileprivate init(_ writer: JSONWriter) { self.writer = writer }

    mutating func field(_ name: String, _ text: String?) {
        guard let text else { return }
        begin(name)
        writer.write(text)
    }

    mutating func field(_ name: String, _ number: Int?) {
        guard let number else { return }
        begin(name)
        writer.raw(String(number))
    }

    mutating func field(_ name: String, _ flag: Bool) {
        begin(name)
        writer.raw(flag ? "true" : "false")
    }

    mutating func field(_ name: String, _ date: Timestamp?) {
        guard let date else { return }
        begin(name)
        writer.raw("\"\(date.iso)\"")
    }

    mutating func field(_ name: String, _ value: Value?) {
        guard let value, !value.isNull else { return }
        begin(name)
        writer.write(value)
    }

    mutating func object(_ name: String, _ body: (inout JSONObject) -> Void) {
        begin(name)
        writer.object(body)
    }

    mutating func list<Item>(
        _ name: String, _ items: some Sequence<Item>, _ write: (Item, inout JSONWriter) -> Void
    ) {
        begin(name)
        writer.list(items, write)
    }

    /// A field whose value `write` writes whole.
    mutating func value(_ name: String, _ write: (inout JSONWriter) -> Void) {
        begin(name)
        write(&writer)
    }

    private mutating func begin(_ name: String) {
        if isFirst { isFirst = false } else { writer.raw(",") }
        writer.raw("\"\(name)\":")
    }
}

extension JSONWriter {
    /// An object whose fields `body` writes.
    mutating func object(_ body: (inout JSONObject) -> Void) {
        raw("{")
        // The bytes move into the object and back, so that they keep one owner.
        var moved = JSONWriter(capacity: 0)
        swap(&moved, &self)
        var object = JSONObject(moved)
        moved = JSONWriter(capacity: 0)
        body(&object)
        swap(&object.writer, &self)
        raw("}")
    }

    mutating func list<Item>(_ items: some Sequence<Item>, _ write: (Item, inout JSONWriter) -> Void) {
        raw("[")
        var isFirst = true
        for item in items {
            if isFirst { isFirst = false } else { raw(",") }
            write(item, &self)
        }
        raw("]")
    }

    /// The bytes of one object.
    static func object(capacity: Int = 256, _ body: (inout JSONObject) -> Void) -> [UInt8] {
        var writer = JSONWriter(capacity: capacity)
        writer.object(body)
        return writer.bytes
    }
}
