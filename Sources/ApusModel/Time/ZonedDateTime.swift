/// A local time with its distance from UTC, and the name of its zone when it has one.
public struct ZonedDateTime: Hashable, Sendable {
    public var local: LocalDateTime
    /// Seconds east of UTC.
    public var offsetSeconds: Int
    /// `Europe/Paris`; `nil` for a plain offset.
    public var zone: String?

    public init(local: LocalDateTime, offsetSeconds: Int, zone: String? = nil) {
        self.local = local
        self.offsetSeconds = offsetSeconds
        self.zone = zone
    }

    public init(_ timestamp: Timestamp, offsetSeconds: Int, zone: String? = nil) {
        let seconds = timestamp.microseconds.flooredDivision(by: 1_000_000)
        let fraction = ((timestamp.microseconds % 1_000_000) + 1_000_000) % 1_000_000
        local = LocalDateTime(localSeconds: seconds + Int64(offsetSeconds), nanosecond: Int(fraction) * 1000)
        self.offsetSeconds = offsetSeconds
        self.zone = zone
    }

    /// The instant; digits below a microsecond are cut.
    public var timestamp: Timestamp {
        let seconds = local.localSeconds - Int64(offsetSeconds)
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !overflow else { return Timestamp(microseconds: seconds < 0 ? .min : .max) }
        return Timestamp(microseconds: scaled + Int64(local.time.nanosecond / 1000))
    }

    /// `Z`, `+02:00`, `+05:30:15`
    public var offsetText: String {
        guard offsetSeconds != 0 else { return "Z" }
        var text = offsetSeconds < 0 ? "-" : "+"
        let magnitude = abs(offsetSeconds)
        text.appendPadded(magnitude / 3600, to: 2)
        text.append(":")
        text.appendPadded(magnitude / 60 % 60, to: 2)
        if magnitude % 60 != 0 {
            text.append(":")
            text.appendPadded(magnitude % 60, to: 2)
        }
        return text
    }

    /// `2013-09-08T16:19+02:00`, followed by `[Europe/Paris]` when a zone is named.
    public var iso: String {
        local.iso + offsetText + (zone.map { "[\($0)]" } ?? "")
    }

    public init?(iso text: some StringProtocol) {
        var scanner = DigitScanner(text)
        guard let local = scanner.dateTime(), let offset = scanner.offset() else { return nil }
        let zone = scanner.bracketed()
        guard scanner.isAtEnd else { return nil }
        self.init(local: local, offsetSeconds: offset, zone: zone)
    }
}
