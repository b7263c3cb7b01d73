public import ApusExpressions
public import ApusModel

/// The times that a cron expression stands for: `30 6 * * MON-FRI`, `@daily`, `*/10 * * * * *` with seconds.
///
/// Five fields, or six with the seconds first. A day matches when its day of month **or** its day of week does, if both
/// are restricted. Two expressions are equal when they stand for the same fields, however they are written.
///
/// Where clocks change, an expression that names hours means times of day: each comes once. What falls into the hour
/// that clocks skip comes at the first instant after it, and of an hour that comes twice the first counts. An
/// expression of every hour is a rhythm: it goes on through the change, minute by minute of real time.
///
/// Source: Kestra's `Schedule`; for changes of clocks its users' reports, and Debian's cron(8).
public struct CronExpression: Hashable, Sendable {
    /// As it was written.
    public let text: String
    /// More than one where the text has `|`.
    let alternatives: [CronFields]

    /// Whether no day ever matches, as in `0 0 30 2 *`: such a schedule is asleep.
    public var isNever: Bool { alternatives.allSatisfy(\.isNever) }

    /// The first tick after an instant; `nil` when there is none within ten years.
    public func next(after instant: Timestamp, in zone: ZoneRules) -> Timestamp? {
        let second = instant.microseconds.flooredDivision(by: 1_000_000) + 1
        let clock = ZoneClock(zone: zone)
        return Self.timestamp(alternatives.compactMap { $0.firstTick(from: second, on: clock) }.min())
    }

    /// The last tick before an instant; `nil` when there is none within ten years.
    public func previous(before instant: Timestamp, in zone: ZoneRules) -> Timestamp? {
        guard instant.microseconds > .min else { return nil }
        let second = (instant.microseconds - 1).flooredDivision(by: 1_000_000)
        let clock = ZoneClock(zone: zone)
        return Self.timestamp(alternatives.compactMap { $0.lastTick(to: second, on: clock) }.max())
    }

    private static func timestamp(_ second: Int64?) -> Timestamp? {
        guard let second else { return nil }
        let (microseconds, overflow) = second.multipliedReportingOverflow(by: 1_000_000)
        return overflow ? nil : Timestamp(microseconds: microseconds)
    }

    init(text: String, alternatives: [CronFields]) {
        self.text = text
        self.alternatives = alternatives
    }

    public static func == (left: Self, right: Self) -> Bool { left.alternatives == right.alternatives }

    public func hash(into hasher: inout Hasher) { hasher.combine(alternatives) }
}
