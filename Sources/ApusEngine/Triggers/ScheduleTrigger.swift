public import ApusExpressions
public import ApusModel

/// Fires on dates.
public struct ScheduleTrigger: Sendable {
    public var rule: Schedule
    /// In which its dates are shown.
    public var zone: ZoneRules
    /// Of what its dates follow from: a schedule with another one starts anew.
    public var fingerprint: String

    public var dates: ScheduleDates { rule.dates }

    /// The form of a date in `trigger.date`: in the schedule's zone, to the second.
    public func shown(_ date: Timestamp) -> Value {
        let zoned = zone.zoned(date)
        let time = zoned.local.time
        var text = zoned.local.date.iso
        for (separator, part) in [("T", time.hour), (":", time.minute), (":", time.second)] {
            text += separator + (part < 10 ? "0" : "") + String(part)
        }
        return .string(text + zoned.offsetText)
    }
}
