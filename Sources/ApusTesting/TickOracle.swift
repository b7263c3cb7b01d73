import ApusEngine
import ApusModel

/// What a schedule has to fire for, told in the plainest way: a list of dates that wait.
///
/// It is the model that the scheduler is compared with: dates come while the trigger is looked at and wait for their
/// turn; what came while nobody looked is kept, cut down to the newest or dropped, as the schedule says.
struct TickOracle {
    let dates: ScheduleDates
    let missed: MissedTicks
    private(set) var waiting: [Timestamp] = []
    private var seen: Timestamp

    init(_ schedule: Schedule, from start: Timestamp) {
        dates = schedule.dates
        missed = schedule.missed
        seen = start
    }

    /// Time has passed, whether anybody looked or not.
    mutating func pass(to now: Timestamp) {
        while let next = dates.next(after: seen), next <= now {
            waiting.append(next)
            seen = next
        }
        seen = max(seen, now)
    }

    /// Somebody looks again after a while in which nobody did.
    mutating func resume(at now: Timestamp) {
        pass(to: now)
        switch missed {
        case .all: break
        case .last: waiting = Array(waiting.suffix(1))
        case .none: waiting = []
        }
    }

    /// A date was fired for.
    ///
    /// - Throws: `Violation` when another was to come first, or none.
    mutating func take(_ date: Timestamp) throws(Violation) {
        guard let first = waiting.first else {
            throw Violation(invariant: "I2", message: "\(date.iso) was fired for, nothing was due")
        }
        guard first == date else {
            throw Violation(invariant: "I2", message: "\(date.iso) was fired for, \(first.iso) was due")
        }
        waiting.removeFirst()
    }
}
