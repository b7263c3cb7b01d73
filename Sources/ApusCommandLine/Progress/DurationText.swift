package import ApusModel

extension ISODuration {
    /// For reading: `0.12s`, `9.4s`, `42s`, `3m 07s`, `1h 02m`.
    package var short: String {
        let total = Swift.max(0, microseconds)
        let hundredths = total / 10_000
        if hundredths < 100 { return "0.\(Self.twoDigits(hundredths))s" }
        let tenths = total / 100_000
        if tenths < 100 { return "\(tenths / 10).\(tenths % 10)s" }
        let seconds = total / 1_000_000
        if seconds < 60 { return "\(seconds)s" }
        if seconds < 3600 { return "\(seconds / 60)m \(Self.twoDigits(seconds % 60))s" }
        return "\(seconds / 3600)h \(Self.twoDigits(seconds / 60 % 60))m"
    }

    private static func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
