/// Values that JSON has no word for.
public enum Extended: Hashable, Sendable {
    case instant(Timestamp)
    case zonedDateTime(ZonedDateTime)
    case localDateTime(LocalDateTime)
    case localDate(LocalDate)
    case localTime(LocalTime)
    case duration(ISODuration)
    /// A 32-bit number; it prints with fewer digits than a `double`.
    case float(Float)
    /// A decimal number beyond 64 bits, as its plain text.
    case decimal(String)
    case bytes([UInt8])
}

extension Extended {
    public var kind: String {
        switch self {
        case .instant, .zonedDateTime, .localDateTime: "date and time"
        case .localDate: "date"
        case .localTime: "time"
        case .duration: "duration"
        case .float, .decimal: "number"
        case .bytes: "bytes"
        }
    }
}
