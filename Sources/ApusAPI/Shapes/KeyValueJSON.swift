import ApusDatabase
import ApusHTTP
import ApusModel

/// Key-value entries as the API shows them.
enum KeyValueJSON {
    /// `{namespace, key, revision, description?, creationDate, updateDate, expirationDate?}`
    static func write(_ entry: KeyValueRow, _ writer: inout JSONWriter) {
        writer.object {
            $0.field("namespace", entry.namespace)
            $0.field("key", entry.key)
            $0.field("revision", entry.revision)
            $0.field("description", entry.description)
            $0.field("creationDate", entry.created)
            $0.field("updateDate", entry.updated)
            $0.field("expirationDate", entry.expires)
        }
    }

    /// `{type, value, revision, updated}`
    static func detail(_ entry: KeyValueRow) -> Response {
        .json([
            "type": .string(type(of: entry.value)), "value": shown(entry.value),
            "revision": .int(Int64(entry.revision)), "updated": .string(entry.updated.iso),
        ])
    }

    /// Instants with no more digits than they have: `2023-05-02T01:02:03Z`.
    private static func shown(_ value: Value) -> Value {
        guard case .extended(.instant(let date)) = value else { return value }
        let parts = date.iso.dropLast().split(separator: ".", maxSplits: 1)
        guard let seconds = parts.first, let fraction = parts.dropFirst().first else { return value }
        let end = fraction.lastIndex { $0 != "0" }
        let digits = end.map { fraction[...$0] } ?? ""
        return .string(digits.isEmpty ? "\(seconds)Z" : "\(seconds).\(digits)Z")
    }

    /// The word for a value's type. A text that is a duration is one.
    static func type(of value: Value) -> String {
        switch value {
        case .string(let text): isDuration(text) ? "DURATION" : "STRING"
        case .int, .double, .extended(.float), .extended(.decimal): "NUMBER"
        case .bool: "BOOLEAN"
        case .extended(.instant), .extended(.zonedDateTime), .extended(.localDateTime): "DATETIME"
        case .extended(.localDate): "DATE"
        case .extended(.duration): "DURATION"
        case .extended(.localTime), .extended(.bytes): "STRING"
        case .list, .map, .null: "JSON"
        }
    }

    private static func isDuration(_ text: String) -> Bool {
        (text.hasPrefix("P") || text.hasPrefix("-P")) && ISODuration(iso: text) != nil
    }

    /// The value that the text of a request means: JSON, a date (`2021-09-01`), a date with time and zone, and
    /// anything else as text.
    ///
    /// - Throws: 422 for text that begins as JSON does and is none.
    static func value(of text: String) throws(APIError) -> Value {
        let start = text.unicodeScalars.first { !$0.properties.isWhitespace }
        do {
            return try JSONParser.parse(text)
        } catch {
            if let start, "{[\"".unicodeScalars.contains(start) {
                throw .illegalArgument("the value begins as JSON and is none: \(error)")
            }
        }
        let word = text.filter { !$0.isWhitespace }
        if let date = LocalDate(iso: word) { return .extended(.localDate(date)) }
        if let date = Timestamp(iso: word) { return .extended(.instant(date)) }
        return .string(text)
    }
}
