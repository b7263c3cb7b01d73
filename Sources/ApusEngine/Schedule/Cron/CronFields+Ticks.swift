/// From times on a clock to instants. The two ways of a change of clocks are described at ``CronExpression``.
extension CronFields {
    /// Rounds of a search; each but the last goes past one change of clocks that takes the found time away.
    private static let rounds = 64

    /// The first tick that is not before an instant.
    func firstTick(from instant: Int64, on clock: ZoneClock) -> Int64? {
        isEveryHour ? firstOfRhythm(from: instant, on: clock) : firstOfDay(from: instant, on: clock)
    }

    /// The last tick that is not after an instant.
    func lastTick(to instant: Int64, on clock: ZoneClock) -> Int64? {
        isEveryHour ? lastOfRhythm(to: instant, on: clock) : lastOfDay(to: instant, on: clock)
    }

    // MARK: Times of day: each comes once

    private func firstOfDay(from instant: Int64, on clock: ZoneClock) -> Int64? {
        var local = clock.local(at: instant - 1) + 1
        for _ in 0..<Self.rounds {
            guard let found = first(from: local) else { return nil }
            let tick = Self.instant(of: found, on: clock)
            if tick >= instant { return tick }
            // It came before the clock was put back: go on where the repeated hour ends.
            local = max(clock.change(near: found)?.oldLocal ?? found, found + 1)
        }
        return nil
    }

    private func lastOfDay(to instant: Int64, on clock: ZoneClock) -> Int64? {
        var local = clock.local(at: instant)
        if let change = clock.change(after: instant - 86_400, through: instant), change.oldLocal > local {
            // Within the repeated hour: all of its times have come already.
            local = change.oldLocal - 1
        }
        return last(to: local).map { Self.instant(of: $0, on: clock) }
    }

    private static func instant(of local: Int64, on clock: ZoneClock) -> Int64 {
        switch clock.place(of: local) {
        case .once(let instant): instant
        case .twice(let first, _): first
        case .skipped(let change): change.instant
        }
    }

    // MARK: A rhythm: whenever the clock shows the time

    private func firstOfRhythm(from instant: Int64, on clock: ZoneClock) -> Int64? {
        var start = instant
        for _ in 0..<Self.rounds {
            let offset = clock.offset(at: start)
            guard let found = first(from: start + offset) else { return nil }
            if let change = clock.change(after: start, through: start + 86_400),
                change.instant <= found - offset
            {
                start = change.instant
                continue
            }
            switch clock.place(of: found) {
            case .once(let tick): return tick
            // The second is meant where the search begins between the two.
            case .twice(let first, let second): return first >= start ? first : second
            case .skipped(let change): start = change.instant
            }
        }
        return nil
    }

    private func lastOfRhythm(to instant: Int64, on clock: ZoneClock) -> Int64? {
        var end = instant
        for _ in 0..<Self.rounds {
            let offset = clock.offset(at: end)
            guard let found = last(to: end + offset) else { return nil }
            if let change = clock.change(after: end - 86_400, through: end), change.instant > found - offset {
                end = change.instant - 1
                continue
            }
            switch clock.place(of: found) {
            case .once(let tick): return tick
            case .twice(let first, let second): return second <= end ? second : first
            case .skipped(let change): end = change.instant - 1
            }
        }
        return nil
    }
}
