public import ApusModel

/// Fires on dates.
public struct ScheduleTrigger: Sendable {
    public var dates: ScheduleDates
    /// In which its dates are shown; an IANA name.
    public var timeZone: String
    public var missed: MissedTicks
    /// A date later than this is left out; `nil` for no bound.
    public var lateMaximumDelay: ISODuration?
    /// Of what its dates follow from.
    public var fingerprint: String

    /// The form of a date in `trigger.date`: in the schedule's zone, without fractions of a second.
    public func shown(_ date: Timestamp) -> Value { .string(date.iso) }

    /// The pointer after a time in which nobody looked.
    public func resumed(_ pointer: Timestamp, at now: Timestamp) -> Timestamp? { pointer }

    /// The date that is due, and the one to wait for then.
    public func take(_ pointer: Timestamp, at now: Timestamp) -> (due: Timestamp?, next: Timestamp?) {
        (pointer, dates.next(after: pointer))
    }
}
