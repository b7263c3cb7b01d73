/// A set of numbers from 0 to 63: the minutes, hours or days that a field of a cron expression stands for.
struct CronValues: Hashable, Sendable {
    private(set) var bits: UInt64 = 0

    init() {}

    /// Every number of a range.
    init(_ range: ClosedRange<Int>) {
        for value in range { insert(value) }
    }

    mutating func insert(_ value: Int) {
        guard (0...63).contains(value) else { return }
        bits |= 1 << UInt64(value)
    }

    mutating func remove(_ value: Int) {
        guard (0...63).contains(value) else { return }
        bits &= ~(1 << UInt64(value))
    }

    mutating func formUnion(_ other: CronValues) { bits |= other.bits }

    /// The numbers that are in this set and at most `last`.
    func limited(to last: Int) -> CronValues {
        var limited = self
        if last < 0 { limited.bits = 0 } else if last < 63 { limited.bits &= (1 << UInt64(last + 1)) - 1 }
        return limited
    }

    var isEmpty: Bool { bits == 0 }

    func contains(_ value: Int) -> Bool { (0...63).contains(value) && bits & (1 << UInt64(value)) != 0 }

    /// The smallest number that is not below `value`.
    func first(from value: Int) -> Int? {
        guard value <= 63 else { return nil }
        let start = UInt64(max(value, 0))
        let rest = (bits >> start) << start
        return rest == 0 ? nil : rest.trailingZeroBitCount
    }

    /// The largest number that is not above `value`.
    func last(to value: Int) -> Int? {
        let rest = limited(to: value).bits
        return rest == 0 ? nil : 63 - rest.leadingZeroBitCount
    }
}
