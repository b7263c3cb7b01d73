public import ApusModel

/// A span of time whose ticks are run although they are past.
///
/// Its state is the tick that was handled last. The pointer of the schedule stands still meanwhile, and goes on as
/// after any other interruption.
public struct Backfill: Hashable, Sendable {
    public enum Order: String, Hashable, Sendable, CaseIterable {
        case oldestFirst, newestFirst
    }

    /// Both ends are included.
    public var start: Timestamp
    public var end: Timestamp
    public var order: Order

    public init(from start: Timestamp, through end: Timestamp, order: Order = .oldestFirst) {
        self.start = start
        self.end = end
        self.order = order
    }

    /// The tick that follows.
    ///
    /// - Parameter handled: The tick that was handled last; `nil` at the beginning.
    /// - Returns: `nil` when the span is through.
    public func tick(of dates: ScheduleDates, after handled: Timestamp?) -> Timestamp? {
        let tick =
            switch (order, handled) {
            case (.oldestFirst, nil): dates.first(from: start)
            case (.oldestFirst, let handled?): dates.next(after: max(handled, start))
            case (.newestFirst, nil): dates.last(to: end)
            case (.newestFirst, let handled?): dates.previous(before: min(handled, end))
            }
        guard let tick, tick >= start, tick <= end else { return nil }
        return tick
    }

    /// The ticks one after the other, found as they are asked for.
    public func ticks(of dates: ScheduleDates) -> some Sequence<Timestamp> {
        sequence(state: Timestamp?.none) { handled in
            let tick = tick(of: dates, after: handled)
            if tick != nil { handled = tick }
            return tick
        }
    }

    /// How many executions it would make.
    ///
    /// - Parameter limit: Where counting ends. Somebody who asks for more is asked back.
    public func count(of dates: ScheduleDates, limit: Int) -> TickCount {
        dates.count(from: start, through: end, limit: limit)
    }
}
