public import ApusModel

/// A value bound to a statement.
public enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case bytes([UInt8])
}

extension SQLValue {
    /// Microseconds since 1970, the form of all times in the tables.
    public static func time(_ date: Timestamp) -> SQLValue { .integer(date.microseconds) }
    public static func time(_ date: Timestamp?) -> SQLValue {
        date.map { .integer($0.microseconds) } ?? .null
    }
    public static func text(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }
    public static func int(_ number: Int) -> SQLValue { .integer(Int64(number)) }
    public static func int(_ number: Int?) -> SQLValue { number.map { .integer(Int64($0)) } ?? .null }
    public static func bool(_ flag: Bool) -> SQLValue { .integer(flag ? 1 : 0) }
}
