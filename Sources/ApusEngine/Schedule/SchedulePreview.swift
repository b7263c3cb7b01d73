public import ApusModel

/// What a schedule would do if it were looked at again now, for people to see before they switch it on.
public struct SchedulePreview: Hashable, Sendable {
    /// Ticks that would run at once, in their order.
    public var ticks: [Timestamp]
    /// Whether more than these would.
    public var isCut: Bool
    /// Ticks that passed and would not run.
    public var skipped: TickCount
    /// The first tick to come.
    public var next: Timestamp?
}

extension Schedule {
    /// What would follow from ``resume(_:at:missed:)``, and ``take(_:at:)`` until nothing is due.
    ///
    /// - Parameter limit: Ticks that are listed.
    public func preview(
        _ pointer: SchedulePointer, at now: Timestamp, missed: MissedTicks? = nil, limit: Int
    ) -> SchedulePreview {
        var resumed = resume(pointer, at: now, missed: missed)
        var skipped = TickCount(0)
        if let next = pointer.next, next <= now {
            let end = resumed.next.map { min($0.advanced(by: ISODuration(microseconds: -1)), now) } ?? now
            skipped = dates.count(from: next, through: end, limit: Self.countLimit)
        }
        var ticks: [Timestamp] = []
        while ticks.count < limit {
            let take = take(resumed, at: now)
            skipped = skipped.adding(take.skipped, limit: Self.countLimit)
            resumed = take.pointer
            guard let tick = take.tick else { break }
            ticks.append(tick)
        }
        return SchedulePreview(
            ticks: ticks, isCut: resumed.isDue(at: now), skipped: skipped, next: dates.next(after: now))
    }
}
