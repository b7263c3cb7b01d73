public import ApusModel

/// When a trigger runs its flow, and what it does about ticks that it missed or comes to late.
///
/// These are the rules; they hold no state and know no clock. The scheduler stores a ``SchedulePointer``, asks
/// ``resume(_:at:missed:)`` when it looks at a trigger again after a while, and then ``take(_:at:)`` tick by tick.
public struct Schedule: Hashable, Sendable {
    public var dates: ScheduleDates
    public var missed: MissedTicks
    /// A tick that is later than this is skipped. `nil`: no tick is too late.
    public var lateMaximumDelay: ISODuration?

    /// Skipped ticks are counted up to here.
    public static let countLimit = 1000

    public init(dates: ScheduleDates, missed: MissedTicks = .all, lateMaximumDelay: ISODuration? = nil) {
        self.dates = dates
        self.missed = missed
        self.lateMaximumDelay = lateMaximumDelay
    }

    /// Where a new schedule begins: at its first tick after its creation.
    public func first(after creation: Timestamp) -> SchedulePointer {
        SchedulePointer(next: dates.next(after: creation))
    }

    /// Where a schedule stands after its flow was saved again: one with other dates begins anew, any other goes on.
    public func first(
        after change: Timestamp, replacing old: ScheduleDates, at pointer: SchedulePointer
    ) -> SchedulePointer {
        dates == old ? pointer : first(after: change)
    }

    /// Where a schedule goes on when it is looked at again after a while.
    ///
    /// Cost: that of a few searches, however many ticks passed.
    ///
    /// - Parameter missed: What becomes of the ticks that passed, if not what the schedule itself says: a person who
    ///   switches a trigger on may be asked.
    public func resume(
        _ pointer: SchedulePointer, at now: Timestamp, missed: MissedTicks? = nil
    ) -> SchedulePointer {
        let pointer = settled(pointer)
        guard let next = pointer.next, next <= now else { return pointer }
        switch missed ?? self.missed {
        case .all: return pointer
        case .last: return SchedulePointer(next: dates.last(to: now).map { max($0, next) } ?? next)
        case .none: return SchedulePointer(next: dates.next(after: now))
        }
    }

    /// The pointer on a tick. The rules of a zone may have changed since it was stored, and moved its tick a little.
    private func settled(_ pointer: SchedulePointer) -> SchedulePointer {
        guard let next = pointer.next, !dates.isTick(next) else { return pointer }
        let earlier = dates.previous(before: next)
        let later = dates.next(after: next)
        guard let earlier, let later else { return SchedulePointer(next: later ?? earlier) }
        return SchedulePointer(next: next.since(earlier) < later.since(next) ? earlier : later)
    }
}

/// What a look at a schedule came to.
public struct ScheduleTake: Hashable, Sendable {
    /// The tick that is to run now.
    public var tick: Timestamp?
    /// Ticks before it that came too late, and do not run.
    public var skipped: TickCount
    /// Where the schedule stands when this is done.
    public var pointer: SchedulePointer
}

extension Schedule {
    /// The tick that is due, if there is one, and where the schedule stands after it.
    ///
    /// Cost: a few searches, and up to ``countLimit`` more to count what is skipped.
    public func take(_ pointer: SchedulePointer, at now: Timestamp) -> ScheduleTake {
        guard let next = pointer.next, next <= now else {
            return ScheduleTake(skipped: TickCount(0), pointer: pointer)
        }
        guard let lateMaximumDelay else { return take(next, skipped: TickCount(0)) }
        let (earliest, overflow) = now.microseconds.subtractingReportingOverflow(
            lateMaximumDelay.microseconds)
        let start = Timestamp(microseconds: overflow ? .min : earliest)
        guard next < start else { return take(next, skipped: TickCount(0)) }
        let skipped = dates.count(
            from: next, through: Timestamp(microseconds: start.microseconds - 1), limit: Self.countLimit)
        guard let first = dates.first(from: start), first <= now else {
            return ScheduleTake(skipped: skipped, pointer: SchedulePointer(next: dates.first(from: start)))
        }
        return take(first, skipped: skipped)
    }

    private func take(_ tick: Timestamp, skipped: TickCount) -> ScheduleTake {
        ScheduleTake(tick: tick, skipped: skipped, pointer: SchedulePointer(next: dates.next(after: tick)))
    }
}
