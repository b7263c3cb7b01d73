import ApusModel

extension Explanation.Preview {
    /// The cost follows the bound, not the size of the value.
    init(_ value: Value) {
        var excerpt = Excerpt(room: Self.maxCharacters)
        excerpt.write(value)
        text = excerpt.text
        size = excerpt.isCut ? Self.size(of: value) : nil
    }

    private static func size(of value: Value) -> String {
        switch value {
        case .list(let items): count(items.count, "item")
        case .map(let entries): count(entries.count, "entry", "entries")
        case .string(let text): count(text.utf8.count, "byte")
        case .extended(.bytes(let bytes)): count(bytes.count, "byte")
        case .extended(.decimal(let digits)): count(digits.utf8.count, "digit")
        case .null, .bool, .int, .double, .extended: "cut"
        }
    }

    private static func count(_ count: Int, _ one: String, _ many: String? = nil) -> String {
        count == 1 ? "1 \(one)" : "\(count) \(many ?? one + "s")"
    }
}

/// JSON that stops where there is no room left.
private struct Excerpt {
    private(set) var text = ""
    private(set) var isCut = false
    /// Unicode scalars that still fit.
    private var room: Int

    init(room: Int) { self.room = room }

    mutating func write(_ value: Value) {
        guard !isCut else { return }
        switch value {
        case .list(let items): write(items, "[", "]") { $0.write($1) }
        case .map(let entries):
            write(entries, "{", "}") { excerpt, entry in
                excerpt.write(.string(entry.0))
                excerpt.write(":")
                excerpt.write(entry.1)
            }
        case .string(let text):
            // One more than fits, so that a longer text is seen to be cut.
            let start = text.unicodeScalars.prefix(room + 1)
            write(Value.string(String(String.UnicodeScalarView(start))).json)
        case .extended(.bytes(let bytes)):
            write(Value.extended(.bytes(Array(bytes.prefix(room + 1)))).json)
        case .null, .bool, .int, .double, .extended: write(value.json)
        }
    }

    private mutating func write<Items: Sequence>(
        _ items: Items, _ open: String, _ close: String, _ item: (inout Excerpt, Items.Element) -> Void
    ) {
        write(open)
        var isFirst = true
        for element in items {
            guard !isCut else { return }
            if !isFirst { write(",") }
            isFirst = false
            item(&self, element)
        }
        write(close)
    }

    private mutating func write(_ piece: String) {
        guard !isCut else { return }
        let scalars = piece.unicodeScalars
        let fitting = scalars.prefix(room)
        text.unicodeScalars.append(contentsOf: fitting)
        room -= fitting.count
        isCut = fitting.endIndex < scalars.endIndex
    }
}
