/// A span of time, in microseconds, written as ISO 8601: `PT1H30M`, `PT0.25S`, `P1D` (a day is 24 hours).
///
/// Source: the text form of Java's `Duration`, which flows are written in.
public struct ISODuration: Hashable, Sendable, Comparable {
    public var microseconds: Int64

    public init(microseconds: Int64) { self.microseconds = microseconds }

    public static let zero = ISODuration(microseconds: 0)
    public static func seconds(_ seconds: Int64) -> ISODuration {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        return ISODuration(microseconds: overflow ? (seconds < 0 ? .min : .max) : product)
    }
    public static func milliseconds(_ milliseconds: Int64) -> ISODuration {
        let (product, overflow) = milliseconds.multipliedReportingOverflow(by: 1000)
        return ISODuration(microseconds: overflow ? (milliseconds < 0 ? .min : .max) : product)
    }

    public static func < (left: Self, right: Self) -> Bool { left.microseconds < right.microseconds }

    public var seconds: Double { Double(microseconds) / 1_000_000 }

    /// `PT1H30M`, `PT0.25S`, `PT0S`; negative parts carry their own sign.
    public var iso: String {
        guard microseconds != 0 else { return "PT0S" }
        let total = microseconds / 1_000_000
        let fraction = microseconds % 1_000_000
        let hours = total / 3600
        let minutes = total / 60 % 60
        let rest = total % 60
        var text = "PT"
        if hours != 0 { text += "\(hours)H" }
        if minutes != 0 { text += "\(minutes)M" }
        guard rest != 0 || fraction != 0 else { return text }
        if fraction == 0 { return text + "\(rest)S" }
        if microseconds < 0 { text += "-" }
        var digits = String(fraction.magnitude)
        digits = String(repeating: "0", count: 6 - digits.count) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        return text + "\(rest.magnitude).\(digits)S"
    }

    /// Reads `PnDTnHnMn.nS` in any case, weeks included; `nil` when it is something else or too large.
    public init?(iso text: some StringProtocol) {
        var bytes = Array(text.utf8.prefix(64))[...]
        func upper(_ byte: UInt8) -> UInt8 { byte >= 97 && byte <= 122 ? byte - 32 : byte }
        var sign: Int64 = 1
        if bytes.first == UInt8(ascii: "-") {
            sign = -1
            bytes.removeFirst()
        } else if bytes.first == UInt8(ascii: "+") {
            bytes.removeFirst()
        }
        guard bytes.popFirst().map(upper) == UInt8(ascii: "P"), !bytes.isEmpty else { return nil }
        var inTime = false
        var lastRank = 0
        var total: Int64 = 0
        while let first = bytes.first {
            if upper(first) == UInt8(ascii: "T") {
                guard !inTime, bytes.count > 1 else { return nil }
                inTime = true
                bytes.removeFirst()
                continue
            }
            guard let amount = Self.amount(&bytes), let unit = bytes.popFirst().map(upper),
                let (rank, scale) = Self.unit(unit, inTime: inTime), rank > lastRank
            else { return nil }
            lastRank = rank
            guard amount.fraction == 0 || unit == UInt8(ascii: "S") else { return nil }
            let (whole, overflow) = amount.whole.multipliedReportingOverflow(by: scale)
            let (part, overflow2) = whole.addingReportingOverflow(amount.fraction)
            let (sum, overflow3) = total.addingReportingOverflow(part)
            guard !overflow, !overflow2, !overflow3 else { return nil }
            total = sum
        }
        guard lastRank > 0 else { return nil }
        microseconds = sign * total
    }

    private static func unit(_ byte: UInt8, inTime: Bool) -> (rank: Int, scale: Int64)? {
        switch (byte, inTime) {
        case (UInt8(ascii: "W"), false): (1, 604_800_000_000)
        case (UInt8(ascii: "D"), false): (2, 86_400_000_000)
        case (UInt8(ascii: "H"), true): (3, 3_600_000_000)
        case (UInt8(ascii: "M"), true): (4, 60_000_000)
        case (UInt8(ascii: "S"), true): (5, 1_000_000)
        default: nil
        }
    }

    /// A signed number with an optional fraction, the fraction in millionths.
    private static func amount(_ bytes: inout ArraySlice<UInt8>) -> (whole: Int64, fraction: Int64)? {
        var sign: Int64 = 1
        if bytes.first == UInt8(ascii: "-") {
            sign = -1
            bytes.removeFirst()
        } else if bytes.first == UInt8(ascii: "+") {
            bytes.removeFirst()
        }
        var whole: Int64 = 0
        var digits = 0
        while let byte = bytes.first, byte >= 48, byte <= 57 {
            guard digits < 15 else { return nil }
            whole = whole * 10 + Int64(byte - 48)
            digits += 1
            bytes.removeFirst()
        }
        guard digits > 0 else { return nil }
        var fraction: Int64 = 0
        if let separator = bytes.first, separator == UInt8(ascii: ".") || separator == UInt8(ascii: ",") {
            bytes.removeFirst()
            var scale: Int64 = 100_000
            while let byte = bytes.first, byte >= 48, byte <= 57 {
                fraction += Int64(byte - 48) * scale
                scale /= 10
                bytes.removeFirst()
            }
        }
        return (sign * whole, sign * fraction)
    }
}
