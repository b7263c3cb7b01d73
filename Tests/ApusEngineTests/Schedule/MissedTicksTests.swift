import ApusEngine
import ApusModel
import Testing

/// What becomes of ticks that passed while nobody looked, and of those that are looked at too late.
///
/// In all stories a schedule runs hourly, on the hour of 2026-03-02, and `12:30` means that time of that day in UTC.
@Suite struct MissedTicksTests {
    private static func instant(_ time: String) throws -> Timestamp {
        try Fixture.instant("2026-03-02T\(time)Z")
    }

    private static func text(_ ticks: [Timestamp]) throws -> String {
        try ticks.map { String(try Fixture.text($0).dropFirst(11).dropLast()) }.joined(separator: " ")
    }

    private static func hourly(_ missed: MissedTicks = .all, late: ISODuration? = nil) throws -> Schedule {
        Schedule(dates: try Fixture.cron("0 * * * *"), missed: missed, lateMaximumDelay: late)
    }

    /// The ticks that run when a scheduler looks at the schedule at these times, and takes all that is due.
    private static func run(
        _ schedule: Schedule, _ pointer: inout SchedulePointer, at times: [String]
    ) throws -> [Timestamp] {
        var ticks: [Timestamp] = []
        for time in times {
            let now = try instant(time)
            var isDue = true
            while isDue {
                let take = schedule.take(pointer, at: now)
                pointer = take.pointer
                ticks += [take.tick].compactMap { $0 }
                isDue = take.tick != nil
            }
        }
        return ticks
    }

    // MARK: Three policies, seven causes

    struct Row: Sendable, CustomTestStringConvertible {
        var cause: String
        /// Nobody looks from here …
        var from: String
        /// … to here.
        var to: String
        /// The ticks that run at `to`, by policy.
        var all: String
        var last: String
        var none: String
        var testDescription: String { cause }
    }

    static let rows: [Row] = [
        Row(
            cause: "server down", from: "09:30:00", to: "12:30:00", all: "10:00 11:00 12:00", last: "12:00",
            none: ""),
        Row(
            cause: "server down, and up again on a tick", from: "09:30:00", to: "12:00:00",
            all: "10:00 11:00 12:00", last: "12:00", none: ""),
        Row(
            cause: "server down between two ticks", from: "09:30:00", to: "09:59:59", all: "", last: "",
            none: ""),
        Row(
            cause: "trigger disabled", from: "09:30:00", to: "10:30:00", all: "10:00", last: "10:00", none: ""
        ),
        Row(
            cause: "flow disabled", from: "09:00:01", to: "11:59:59", all: "10:00 11:00", last: "11:00",
            none: ""),
        Row(
            cause: "namespace paused", from: "09:59:59", to: "12:00:01", all: "10:00 11:00 12:00",
            last: "12:00",
            none: ""),
        Row(
            cause: "maintenance", from: "09:30:00", to: "11:00:00", all: "10:00 11:00", last: "11:00",
            none: ""),
        Row(
            cause: "disabled, enabled again at once", from: "09:30:00", to: "09:30:01", all: "", last: "",
            none: ""),
        Row(
            cause: "backfill in progress", from: "09:15:00", to: "11:15:00", all: "10:00 11:00",
            last: "11:00",
            none: ""),
    ]

    static let policies: [MissedTicks] = MissedTicks.allCases

    @Test("after an interruption the policy decides which ticks run", arguments: rows, policies)
    func interruption(row: Row, policy: MissedTicks) throws {
        let schedule = try Self.hourly(policy)
        var pointer = schedule.first(after: try Self.instant("08:30:00"))
        #expect(
            try Self.text(try Self.run(schedule, &pointer, at: ["08:59:59", "09:00:00", row.from])) == "09:00"
        )

        let now = try Self.instant(row.to)
        let preview = schedule.preview(pointer, at: now, limit: 100)
        pointer = schedule.resume(pointer, at: now)
        let ticks = try Self.run(schedule, &pointer, at: [row.to])
        let expected =
            switch policy {
            case .all: row.all
            case .last: row.last
            case .none: row.none
            }
        #expect(try Self.text(ticks) == expected)
        #expect(preview.ticks == ticks, "the preview promised something else")
        #expect(!preview.isCut)
        #expect(preview.next == pointer.next)
        #expect(preview.skipped.count == row.all.split(separator: " ").count - ticks.count)
        // Whatever happened, the schedule goes on from here, and nothing runs twice.
        let next = try #require(pointer.next)
        #expect(next > now && next.since(now) <= .seconds(3600))
        #expect(schedule.resume(pointer, at: now) == pointer)
    }

    @Test("two interruptions in a row lose and double nothing")
    func twice() throws {
        let schedule = try Self.hourly(.last)
        var pointer = schedule.first(after: try Self.instant("08:30:00"))
        pointer = schedule.resume(pointer, at: try Self.instant("10:30:00"))
        // Down again before the tick was taken.
        pointer = schedule.resume(pointer, at: try Self.instant("10:45:00"))
        #expect(try Self.text(try Self.run(schedule, &pointer, at: ["10:45:00"])) == "10:00")
        pointer = schedule.resume(pointer, at: try Self.instant("10:50:00"))
        #expect(try Self.text(try Self.run(schedule, &pointer, at: ["10:50:00", "11:00:00"])) == "11:00")
    }

    @Test("who switches a trigger on may choose for this once")
    func chosen() throws {
        let now = try Self.instant("12:30:00")
        for policy in MissedTicks.allCases {
            let schedule = try Self.hourly(policy)
            let pointer = schedule.first(after: try Self.instant("09:30:00"))
            #expect(
                try schedule.resume(pointer, at: now, missed: MissedTicks.none).next
                    == (Self.instant("13:00:00")))
            #expect(try schedule.resume(pointer, at: now, missed: .last).next == (Self.instant("12:00:00")))
            #expect(try schedule.resume(pointer, at: now, missed: .all).next == (Self.instant("10:00:00")))
        }
    }

    // MARK: Ticks one by one

    @Test("a tick is taken at its time and not before, and once")
    func take() throws {
        let schedule = try Self.hourly()
        let pointer = schedule.first(after: try Self.instant("09:00:00"))
        #expect(try pointer.next == (Self.instant("10:00:00")))
        let early = schedule.take(pointer, at: try Self.instant("09:59:59.999999"))
        #expect(early.tick == nil && early.pointer == pointer)
        let due = schedule.take(pointer, at: try Self.instant("10:00:00"))
        #expect(try due.tick == (Self.instant("10:00:00")))
        #expect(try due.pointer.next == (Self.instant("11:00:00")))
        #expect(schedule.take(due.pointer, at: try Self.instant("10:00:00")).tick == nil)
    }

    @Test("a clock that is put back doubles nothing, and one that is put forward loses nothing")
    func clockJumps() throws {
        let schedule = try Self.hourly()
        var pointer = schedule.first(after: try Self.instant("08:30:00"))
        let times = [
            "09:00:00", "10:00:00", "09:00:30", "09:30:00", "10:00:00", "13:10:00", "12:10:00", "14:00:00",
        ]
        #expect(
            try Self.text(try Self.run(schedule, &pointer, at: times))
                == "09:00 10:00 11:00 12:00 13:00 14:00")
        #expect(schedule.resume(pointer, at: try Self.instant("03:00:00")) == pointer)
    }

    struct Late: Sendable, CustomTestStringConvertible {
        var delay: Int64
        var now: String
        var tick: String
        var skipped: Int
        var next: String
        var testDescription: String { "\(delay) s at \(now)" }
    }

    static let late: [Late] = [
        Late(delay: 600, now: "10:09:00", tick: "10:00", skipped: 0, next: "11:00"),
        Late(delay: 600, now: "10:10:00", tick: "10:00", skipped: 0, next: "11:00"),
        Late(delay: 600, now: "10:10:01", tick: "", skipped: 1, next: "11:00"),
        Late(delay: 600, now: "12:30:00", tick: "", skipped: 3, next: "13:00"),
        Late(delay: 600, now: "12:05:00", tick: "12:00", skipped: 2, next: "13:00"),
        Late(delay: 5400, now: "12:05:00", tick: "11:00", skipped: 1, next: "12:00"),
        Late(delay: 0, now: "10:00:00", tick: "10:00", skipped: 0, next: "11:00"),
        Late(delay: 0, now: "10:00:01", tick: "", skipped: 1, next: "11:00"),
        Late(delay: .max / 1_000_000, now: "12:30:00", tick: "10:00", skipped: 0, next: "11:00"),
    ]

    @Test("a tick that is later than allowed is skipped", arguments: late)
    func late(row: Late) throws {
        let schedule = try Self.hourly(late: .seconds(row.delay))
        let pointer = schedule.first(after: try Self.instant("09:30:00"))
        let take = schedule.take(pointer, at: try Self.instant(row.now))
        #expect(try Self.text([take.tick].compactMap { $0 }) == row.tick)
        #expect(take.skipped == TickCount(row.skipped))
        #expect(try Self.text([take.pointer.next].compactMap { $0 }) == row.next)
    }

    @Test("a preview tells which missed ticks are too late")
    func latePreview() throws {
        let schedule = try Self.hourly(late: .seconds(5400))
        let pointer = schedule.first(after: try Self.instant("07:30:00"))
        let preview = schedule.preview(pointer, at: try Self.instant("12:05:00"), limit: 10)
        #expect(try Self.text(preview.ticks) == "11:00 12:00")
        #expect(preview.skipped == TickCount(3))
        let cut = schedule.preview(pointer, at: try Self.instant("12:05:00"), limit: 1)
        #expect(try Self.text(cut.ticks) == "11:00" && cut.isCut)
    }

    // MARK: Changes

    @Test("a changed schedule begins anew, an unchanged one goes on")
    func changes() throws {
        let old = try Fixture.cron("0 * * * *")
        let pointer = SchedulePointer(next: try Self.instant("10:00:00"))
        let now = try Self.instant("12:30:00")
        func next(_ dates: ScheduleDates) -> Timestamp? {
            Schedule(dates: dates).first(after: now, replacing: old, at: pointer).next
        }
        #expect(try next(old) == (Self.instant("10:00:00")))
        #expect(try next(Fixture.cron("@hourly")) == (Self.instant("10:00:00")))
        #expect(try next(Fixture.cron("15 * * * *")) == (Self.instant("13:15:00")))
        #expect(try next(Fixture.cron("0 * * * *", in: "Asia/Kolkata")) == (Self.instant("13:30:00")))
        #expect(
            try next(ScheduleDates.dates([try Self.instant("11:00:00"), try Self.instant("15:00:00")]))
                == (Self.instant("15:00:00")))
        #expect(try next(Fixture.cron("0 0 30 2 *")) == nil)
    }

    @Test("a pointer whose tick moved with the rules of its zone moves with it")
    func movedTick() throws {
        let schedule = Schedule(dates: try Fixture.cron("0 9 * * *"))
        // Stored when the zone was an hour off, to either side.
        for stored in ["08:00:00", "09:00:00", "10:00:00"] {
            let pointer = SchedulePointer(next: try Self.instant(stored))
            #expect(
                try schedule.resume(pointer, at: try Self.instant("07:00:00")).next
                    == (Self.instant("09:00:00")))
        }
    }

    @Test("a list of dates is through after its last")
    func listOfDates() throws {
        let dates = ScheduleDates.dates(
            try ["10:00:00", "11:00:00", "12:00:00"].map { try Self.instant($0) })
        for (policy, expected) in [(MissedTicks.all, "10:00 11:00 12:00"), (.last, "12:00"), (.none, "")] {
            let schedule = Schedule(dates: dates, missed: policy)
            var pointer = schedule.first(after: try Self.instant("09:00:00"))
            pointer = schedule.resume(pointer, at: try Self.instant("18:00:00"))
            #expect(try Self.text(try Self.run(schedule, &pointer, at: ["18:00:00"])) == expected)
            #expect(pointer.next == nil)
            #expect(schedule.resume(pointer, at: try Self.instant("19:00:00")) == pointer)
        }
    }

    // MARK: Cost

    @Test("two years of every second are decided at once")
    func twoYears() throws {
        let dates = try Fixture.cron("* * * * * *", withSeconds: true)
        let pointer = SchedulePointer(next: try Fixture.instant("2024-01-01T00:00:00Z"))
        let now = try Fixture.instant("2026-01-01T00:00:00.5Z")
        let newest = try Fixture.instant("2026-01-01T00:00:00Z")
        #expect(Schedule(dates: dates, missed: .all).resume(pointer, at: now) == pointer)
        #expect(Schedule(dates: dates, missed: .last).resume(pointer, at: now).next == newest)
        #expect(
            Schedule(dates: dates, missed: .none).resume(pointer, at: now).next
                == newest.advanced(by: .seconds(1)))
        let take = Schedule(dates: dates, lateMaximumDelay: .seconds(60)).take(pointer, at: now)
        #expect(take.tick == newest.advanced(by: .seconds(-59)))
        #expect(take.skipped == TickCount(Schedule.countLimit, isCut: true))
        #expect(take.skipped.text == "more than 1000")
        let preview = Schedule(dates: dates).preview(pointer, at: now, limit: 10)
        #expect(preview.ticks.count == 10 && preview.isCut)
    }
}
