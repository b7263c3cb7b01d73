public import ApusExpressions
public import ApusModel

/// The time within which the requirements of a flow trigger have to be met.
public struct FlowWindow: Hashable, Sendable {
    public enum Rule: Hashable, Sendable {
        /// No bound.
        case always
        /// Windows of one length that follow each other. Those of up to a day begin anew at midnight, longer ones on
        /// a Monday; both are put off by the offset.
        case tiles(every: ISODuration, offset: ISODuration)
        /// The time before each execution.
        case lookback(ISODuration)
        /// A stretch of each day, both its ends included; one that ends before it begins goes past midnight.
        case daily(from: LocalTime, to: LocalTime)
    }

    /// A window that an instant lies in.
    public struct Span: Hashable, Sendable {
        /// `nil` for no bound.
        public var start: Timestamp?
        /// `nil` for no bound.
        public var end: Timestamp?

        public func contains(_ date: Timestamp) -> Bool {
            start.map { $0 <= date } ?? true && end.map { date <= $0 } ?? true
        }
    }

    public var rule: Rule
    /// Whose clocks its times of day are shown by.
    public var zone: ZoneRules

    public init(_ rule: Rule, in zone: ZoneRules) {
        self.rule = rule
        self.zone = zone
    }

    /// The window that an instant lies in; `nil` for one that lies in none.
    public func span(at instant: Timestamp) -> Span? {
        switch rule {
        case .always: return Span()
        case .lookback(let length):
            return Span(start: instant.advanced(by: ISODuration(microseconds: -length.microseconds)))
        case .tiles(let every, let offset):
            let (start, end) = tile(around: local(instant), every.microseconds, offset.microseconds)
            // The end belongs to the next one.
            return Span(start: self.instant(start), end: self.instant(end - 1))
        case .daily(let from, let to):
            let today = local(instant).flooredDivision(by: Self.day)
            for day in (today - 1)...today {
                let span = Span(start: self.instant(day, from), end: end(of: day, from, to))
                if span.contains(instant) { return span }
            }
            return nil
        }
    }

    /// The first end of a window after an instant; `nil` when no window ends by itself.
    public func nextEnd(after instant: Timestamp) -> Timestamp? {
        switch rule {
        case .always, .lookback: return nil
        case .tiles:
            guard let end = span(at: instant)?.end else { return nil }
            if end > instant { return end }
            return span(at: end.advanced(by: ISODuration(microseconds: 1)))?.end
        case .daily(let from, let to):
            let today = local(instant).flooredDivision(by: Self.day)
            for day in (today - 1)...(today + 2) {
                let end = end(of: day, from, to)
                if end > instant { return end }
            }
            return nil
        }
    }

    private static let day: Int64 = 86_400_000_000
    /// 1970-01-05.
    private static let monday = 4 * day

    private func tile(around local: Int64, _ every: Int64, _ offset: Int64) -> (start: Int64, end: Int64) {
        let every = max(every, 1)
        let place = local - offset
        guard every > Self.day else {
            let midnight = place.flooredDivision(by: Self.day) * Self.day
            let start = midnight + (place - midnight) / every * every
            return (start + offset, min(start + every, midnight + Self.day) + offset)
        }
        let start = Self.monday + (place - Self.monday).flooredDivision(by: every) * every
        return (start + offset, start + every + offset)
    }

    private func end(of day: Int64, _ from: LocalTime, _ to: LocalTime) -> Timestamp {
        instant(to < from ? day + 1 : day, to)
    }

    /// Microseconds since 1970-01-01T00:00 on the clocks of the zone.
    private func local(_ instant: Timestamp) -> Int64 {
        let local = zone.zoned(instant).local
        return local.localSeconds * 1_000_000 + Int64(local.time.nanosecond / 1000)
    }

    private func instant(_ local: Int64) -> Timestamp {
        let seconds = local.flooredDivision(by: 1_000_000)
        let nanosecond = Int(local - seconds * 1_000_000) * 1000
        return zone.zoned(LocalDateTime(localSeconds: seconds, nanosecond: nanosecond)).timestamp
    }

    private func instant(_ day: Int64, _ time: LocalTime) -> Timestamp {
        zone.zoned(LocalDateTime(date: LocalDate(daysSinceEpoch: day), time: time)).timestamp
    }
}
