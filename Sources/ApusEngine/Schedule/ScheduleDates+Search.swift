public import ApusModel

/// What a search for a tick that meets a condition came to.
public enum TickSearch: Hashable, Sendable {
    case found(Timestamp)
    /// The schedule has no such tick within the span.
    case none
    /// None of the ticks that were tried; the search may go on after this one.
    case gaveUp(at: Timestamp)

    /// The tick, where there is one.
    public var tick: Timestamp? {
        if case .found(let tick) = self { tick } else { nil }
    }
}

/// A number of ticks that is counted up to a limit only.
public struct TickCount: Hashable, Sendable {
    public var count: Int
    /// Whether there are more than `count`.
    public var isCut: Bool

    public init(_ count: Int, isCut: Bool = false) {
        self.count = count
        self.isCut = isCut
    }

    func adding(_ other: TickCount, limit: Int) -> TickCount {
        let (sum, overflow) = count.addingReportingOverflow(other.count)
        guard !overflow, sum <= limit else { return TickCount(limit, isCut: true) }
        return TickCount(sum, isCut: isCut || other.isCut)
    }

    /// `3`, or `more than 1000`
    public var text: String { isCut ? "more than \(count)" : "\(count)" }
}

extension ScheduleDates {
    /// The first tick after an instant, and at most at `end`, for which a condition holds.
    ///
    /// - Parameter tries: Ticks that are looked at; the bound of the search, since a condition may never hold.
    public func next<Failure: Error>(
        after instant: Timestamp, through end: Timestamp, tries: Int,
        where condition: (Timestamp) throws(Failure) -> Bool
    ) throws(Failure) -> TickSearch {
        var last = instant
        for _ in 0..<max(tries, 0) {
            guard let tick = next(after: last), tick <= end else { return .none }
            if try condition(tick) { return .found(tick) }
            last = tick
        }
        return .gaveUp(at: last)
    }

    /// The last tick before an instant, and at the earliest at `start`, for which a condition holds.
    public func previous<Failure: Error>(
        before instant: Timestamp, from start: Timestamp, tries: Int,
        where condition: (Timestamp) throws(Failure) -> Bool
    ) throws(Failure) -> TickSearch {
        var last = instant
        for _ in 0..<max(tries, 0) {
            guard let tick = previous(before: last), tick >= start else { return .none }
            if try condition(tick) { return .found(tick) }
            last = tick
        }
        return .gaveUp(at: last)
    }

    /// How many ticks lie between two instants, both included.
    public func count(from start: Timestamp, through end: Timestamp, limit: Int) -> TickCount {
        var count = 0
        var tick = first(from: start)
        while let found = tick, found <= end {
            guard count < limit else { return TickCount(count, isCut: true) }
            count += 1
            tick = next(after: found)
        }
        return TickCount(count)
    }
}
