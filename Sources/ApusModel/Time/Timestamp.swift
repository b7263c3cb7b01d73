/// An instant, in microseconds since 1970-01-01T00:00:00Z.
///
/// Printed with six digits of a second (`2026-11-21T10:07:18.959000Z`), which is the product's form of an
/// instant everywhere.
public struct Timestamp: Hashable, Sendable, Comparable {
    public var microseconds: Int64

    public init(microseconds: Int64) { self.microseconds = microseconds }

    public static func < (left: Self, right: Self) -> Bool { left.microseconds < right.microseconds }

    /// Later (or earlier) by a span; saturates at the ends of the range.
    public func advanced(by span: ISODuration) -> Timestamp {
        let (sum, overflow) = microseconds.addingReportingOverflow(span.microseconds)
        return Timestamp(microseconds: overflow ? (span.microseconds < 0 ? .min : .max) : sum)
    }

    /// The span from another instant to this one.
    public func since(_ other: Timestamp) -> ISODuration {
        let (difference, overflow) = microseconds.subtractingReportingOverflow(other.microseconds)
        return ISODuration(microseconds: overflow ? (microseconds < 0 ? .min : .max) : difference)
    }

    /// `2026-11-21T10:07:18.959000Z`
    public var iso: String {
        var text = ""
        text.reserveCapacity(27)
        appendISO(to: &text)
        return text
    }

    public func appendISO(to text: inout String) {
        let seconds = microseconds.flooredDivision(by: 1_000_000)
        let fraction = ((microseconds % 1_000_000) + 1_000_000) % 1_000_000
        let days = seconds.flooredDivision(by: 86_400)
        let ofDay = Int(seconds - days * 86_400)
        let date = LocalDate(daysSinceEpoch: days)
        date.append(to: &text)
        text.append("T")
        text.appendPadded(ofDay / 3600, to: 2)
        text.append(":")
        text.appendPadded(ofDay / 60 % 60, to: 2)
        text.append(":")
        text.appendPadded(ofDay % 60, to: 2)
        text.append(".")
        text.appendPadded(Int(fraction), to: 6)
        text.append("Z")
    }

    /// Reads ISO 8601 with a zone: `2026-11-21T10:07:18Z`, `…+02:00`, any number of fraction digits.
    public init?(iso text: some StringProtocol) {
        guard let zoned = ZonedDateTime(iso: text) else { return nil }
        self = zoned.timestamp
    }
}

extension Int64 {
    /// Division that rounds towards negative infinity; the divisor is positive.
    package func flooredDivision(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}

extension String {
    /// Appends a non-negative number with leading zeros.
    package mutating func appendPadded(_ number: Int, to width: Int) {
        let digits = String(number)
        for _ in digits.utf8.count..<Swift.max(width, digits.utf8.count) { append("0") }
        append(digits)
    }
}
