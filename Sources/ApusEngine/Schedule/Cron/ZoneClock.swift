import ApusExpressions
import ApusModel

/// The clocks of a zone: from instants to what they show, and back.
///
/// Instants are seconds since 1970 in UTC, local times seconds since 1970-01-01T00:00 on the clock. Clocks are taken
/// to change at most once in two days.
struct ZoneClock {
    let zone: ZoneRules

    /// A moment at which clocks are put forward or back.
    struct Change: Hashable {
        /// The first instant of the new time.
        var instant: Int64
        /// Seconds east of UTC until then, and from then on.
        var before: Int64
        var after: Int64

        /// The clock at the change, as it would have gone on: where a repeated hour ends, or a skipped one begins.
        var oldLocal: Int64 { instant + before }
        /// The clock after the change: where a repeated hour begins, or a skipped one ends.
        var newLocal: Int64 { instant + after }
        var skips: Bool { after > before }
    }

    func offset(at instant: Int64) -> Int64 { Int64(zone.offset(at: instant)) }

    func local(at instant: Int64) -> Int64 { instant + offset(at: instant) }

    /// The change in a span of up to two days, `start` excluded and `end` included.
    func change(after start: Int64, through end: Int64) -> Change? {
        let before = offset(at: start)
        let after = offset(at: end)
        guard before != after else { return nil }
        var old = start
        var new = end
        while new - old > 1 {
            let middle = old + (new - old) / 2
            if offset(at: middle) == before { old = middle } else { new = middle }
        }
        return Change(instant: new, before: before, after: offset(at: new))
    }

    /// The change near which a local time may be skipped or come twice. No zone is a day away from UTC.
    func change(near local: Int64) -> Change? { change(after: local - 86_400, through: local + 86_400) }

    /// Where a local time lies.
    enum Place: Hashable {
        case once(Int64)
        case twice(Int64, Int64)
        /// The clock never shows it; the change says when it is put past it.
        case skipped(Change)
    }

    func place(of local: Int64) -> Place {
        guard let change = change(near: local) else { return .once(local - offset(at: local)) }
        let old = local - change.before
        let new = local - change.after
        switch (local < change.oldLocal, local >= change.newLocal) {
        case (true, true): return .twice(old, new)
        case (true, false): return .once(old)
        case (false, true): return .once(new)
        case (false, false): return .skipped(change)
        }
    }
}
