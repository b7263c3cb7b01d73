public import ApusExpressions
public import ApusModel

/// The ticks of a schedule: instants given by a cron expression in a zone, or by a list.
///
/// Two values are equal when they have the same ticks by the same rule; an unchanged schedule keeps its pointer.
public struct ScheduleDates: Hashable, Sendable {
    private enum Source: Hashable, Sendable {
        case cron(CronExpression, ZoneRules)
        /// Ascending, each once.
        case list([Timestamp])
    }

    private let source: Source

    /// The ticks of a cron expression on the clocks of a zone.
    public static func cron(_ expression: CronExpression, in zone: ZoneRules) -> ScheduleDates {
        ScheduleDates(source: .cron(expression, zone))
    }

    /// Certain instants, in any order; one that is given twice is one tick.
    public static func dates(_ instants: some Sequence<Timestamp>) -> ScheduleDates {
        ScheduleDates(source: .list(Set(instants).sorted()))
    }

    /// The first tick after an instant; `nil` when none is left, or none comes within ten years.
    ///
    /// Cost: some microseconds, whatever the expression.
    public func next(after instant: Timestamp) -> Timestamp? {
        switch source {
        case .cron(let expression, let zone): expression.next(after: instant, in: zone)
        case .list(let instants): instants.dropFirst(Self.count(of: instants) { $0 <= instant }).first
        }
    }

    /// The last tick before an instant; `nil` when there was none, or none within ten years.
    public func previous(before instant: Timestamp) -> Timestamp? {
        switch source {
        case .cron(let expression, let zone): expression.previous(before: instant, in: zone)
        case .list(let instants): instants.prefix(Self.count(of: instants) { $0 < instant }).last
        }
    }

    /// The first tick that is not before an instant.
    public func first(from instant: Timestamp) -> Timestamp? {
        next(after: Timestamp(microseconds: instant.microseconds == .min ? .min : instant.microseconds - 1))
    }

    /// The last tick that is not after an instant.
    public func last(to instant: Timestamp) -> Timestamp? {
        previous(
            before: Timestamp(microseconds: instant.microseconds == .max ? .max : instant.microseconds + 1))
    }

    public func isTick(_ instant: Timestamp) -> Bool { first(from: instant) == instant }

    /// How many instants are at the beginning of a sorted list, by halving it.
    private static func count(of instants: [Timestamp], where isBefore: (Timestamp) -> Bool) -> Int {
        var low = 0
        var high = instants.count
        while low < high {
            let middle = low + (high - low) / 2
            if isBefore(instants[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
