import ApusModel
import ApusPlugin

/// What a value in a key-value store is.
enum KeyValueType: String, Sendable, CaseIterable, Decodable {
    case string = "STRING"
    case number = "NUMBER"
    case boolean = "BOOLEAN"
    case dateTime = "DATETIME"
    case date = "DATE"
    case duration = "DURATION"
    case json = "JSON"

    /// The value as one of this type.
    ///
    /// - Throws: `TaskFailure` for a value that cannot be one.
    func converted(_ value: Value) throws(TaskFailure) -> Value {
        let text = value.stringValue ?? value.json
        guard let result = self.value(of: text, value) else {
            throw TaskFailure("`\(text.prefix(200))` is not a value of the type \(rawValue)")
        }
        return result
    }

    private func value(of text: String, _ value: Value) -> Value? {
        let trimmed = text.trimmingSpaces
        switch self {
        case .string: return .string(text)
        case .number:
            if let number = Int64(trimmed) { return .int(number) }
            guard let number = Double(trimmed), number.isFinite else { return nil }
            return .double(number)
        case .boolean:
            switch trimmed.lowercased() {
            case "true": return true
            case "false": return false
            default: return nil
            }
        case .dateTime: return Timestamp(iso: trimmed).map { .extended(.instant($0)) }
        case .date: return LocalDate(iso: trimmed).map { .extended(.localDate($0)) }
        case .duration: return ISODuration(iso: trimmed).map { .extended(.duration($0)) }
        case .json:
            guard case .string = value else { return value }
            return try? JSONParser.parse(text)
        }
    }
}

extension String {
    fileprivate var trimmingSpaces: Substring {
        let start = drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return start[...end]
    }
}
