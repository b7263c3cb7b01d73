public import ApusModel

/// Where a schedule stands: the oldest tick that is not handled yet.
///
/// It is all that has to be stored. A tick is handled in the transaction that moves the pointer past it, so each one
/// is handled once; the pointer never goes back.
public struct SchedulePointer: Hashable, Sendable {
    /// `nil` when no tick is left: the list of dates is through, or the expression never matches.
    public var next: Timestamp?

    public init(next: Timestamp?) { self.next = next }

    /// Whether the tick has come.
    public func isDue(at now: Timestamp) -> Bool { next.map { $0 <= now } ?? false }
}
