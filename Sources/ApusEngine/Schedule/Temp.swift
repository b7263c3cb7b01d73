public import ApusModel

public enum MissedTicks: String, Sendable, CaseIterable { case all = "ALL", last = "LAST", none = "NONE" }
public struct ScheduleDates: Sendable {
    public func next(after date: Timestamp) -> Timestamp? {
        Timestamp(microseconds: (date.microseconds / 60_000_000 + 1) * 60_000_000)
    }
    public func previous(before date: Timestamp) -> Timestamp? {
        Timestamp(microseconds: ((date.microseconds - 1) / 60_000_000) * 60_000_000)
    }
}
