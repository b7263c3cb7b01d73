import ApusEngine
import ApusExpressions
import ApusModel
import Foundation
import Testing

/// What becomes of ticks where clocks are put forward or back.
@Suite struct ClockChangeTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var zone: String
        var date: String
        var job: String
        var runs: String
        var testDescription: String { "\(zone) \(date) \(job)" }
    }

    /// The table of `docs/schedules.md`, two rows for each line of it.
    static let published: [Row] = {
        guard let page = try? String(contentsOf: Fixture.file("docs/schedules.md"), encoding: .utf8) else {
            return []
        }
        var rows: [Row] = []
        for line in page.split(separator: "\n") where line.hasPrefix("| `") && line.contains("/") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: CharacterSet(charactersIn: " `"))
            }
            guard cells.count == 9 else { continue }
            rows.append(Row(zone: cells[1], date: String(cells[2].prefix(10)), job: cells[3], runs: cells[4]))
            rows.append(Row(zone: cells[1], date: String(cells[5].prefix(10)), job: cells[6], runs: cells[7]))
        }
        return rows
    }()

    @Test("the documentation shows at least forty zones")
    func documented() {
        #expect(Set(Self.published.map(\.zone)).count >= 40)
    }

    @Test("a daily job runs once on a day that skips or repeats its hour", arguments: published)
    func daily(row: Row) throws {
        let parts = row.job.split(separator: ":")
        let dates = try Fixture.cron("\(parts[1]) \(parts[0]) * * *", in: row.zone)
        var tick = try Fixture.instant("\(row.date)T\(row.runs)")
        // An hour that is skipped at the end of a day is made up for on the next.
        if row.runs < row.job { tick = tick.advanced(by: .seconds(86_400)) }
        #expect(dates.isTick(tick))
        #expect(try Fixture.text(tick, in: row.zone).hasSuffix("T" + row.runs))
        let next = try #require(dates.next(after: tick))
        let previous = try #require(dates.previous(before: tick))
        for hours in [next.since(tick).seconds / 3600, tick.since(previous).seconds / 3600] {
            #expect((22...26).contains(hours))
        }
    }

    static let zones: [String] =
        Array(Set(published.map(\.zone))).sorted() + [
            "UTC", "Asia/Kolkata", "Asia/Tokyo", "America/Sao_Paulo", "America/Phoenix", "+05:45",
        ]

    @Test("over two years each hour of the day comes once a day", arguments: zones)
    func twoYears(zone: String) throws {
        let rules = try ZoneRules.named(zone)
        func midnight(_ date: String) throws -> Timestamp {
            let utc = try Fixture.instant(date + "T00:00:00Z")
            let offset = rules.offset(at: utc.microseconds / 1_000_000)
            return utc.advanced(by: .seconds(Int64(-offset)))
        }
        let start = try midnight("2024-01-01")
        let end = try midnight("2026-01-01")
        for hour in 0..<24 {
            let dates = try Fixture.cron("30 \(hour) * * *", in: zone)
            #expect(dates.count(from: start, through: end, limit: 1000) == TickCount(731), "\(hour)")
        }
    }

    struct Story: Sendable, CustomTestStringConvertible {
        var cron: String
        var zone: String
        var after: String
        var ticks: String
        var testDescription: String { "\(cron) in \(zone)" }

        init(_ cron: String, _ zone: String, after: String, _ ticks: String) {
            self.cron = cron
            self.zone = zone
            self.after = after
            self.ticks = ticks
        }
    }

    static let stories: [Story] = [
        // A skipped hour: all that falls into it runs once, at its end.
        Story(
            "*/15 2 * * *", "Europe/Paris", after: "2025-03-29T02:44:00+01:00",
            "2025-03-29T02:45+01:00 2025-03-30T03:00+02:00 2025-03-31T02:00+02:00"),
        Story(
            "0,30 1-3 * * *", "Europe/Paris", after: "2025-03-30T01:00:00+01:00",
            "2025-03-30T01:30+01:00 2025-03-30T03:00+02:00 2025-03-30T03:30+02:00"),
        Story(
            "0 0 * * *", "Africa/Cairo", after: "2025-04-24T01:00:00+02:00",
            "2025-04-25T01:00+03:00 2025-04-26T00:00+03:00"),
        Story(
            "30 2 * * SUN", "Europe/Paris", after: "2025-03-24T00:00:00+01:00",
            "2025-03-30T03:00+02:00 2025-04-06T02:30+02:00"),
        Story(
            "0 2 29 3 *||30 2 30 3 *", "Europe/Paris", after: "2025-03-28T00:00:00+01:00",
            "2025-03-29T02:00+01:00 2025-03-30T03:00+02:00 2026-03-29T03:00+02:00 2026-03-30T02:30+02:00"),
        // A skipped day: Samoa went over the date line.
        Story(
            "0 9 * * *", "Pacific/Apia", after: "2011-12-29T08:00:00-10:00",
            "2011-12-29T09:00-10:00 2011-12-31T00:00+14:00 2011-12-31T09:00+14:00"),
        // A repeated hour: the first one counts.
        Story(
            "*/20 2 * * *", "Europe/Paris", after: "2025-10-26T01:00:00+02:00",
            "2025-10-26T02:00+02:00 2025-10-26T02:20+02:00 2025-10-26T02:40+02:00 2025-10-27T02:00+01:00"),
        Story(
            "*/30 1-3 * * *", "Europe/Paris", after: "2025-10-26T02:10:00+02:00",
            "2025-10-26T02:30+02:00 2025-10-26T03:00+01:00 2025-10-26T03:30+01:00"),
        Story(
            "30 2 * * *", "Europe/Paris", after: "2025-10-26T02:10:00+01:00",
            "2025-10-27T02:30+01:00"),
        // A rhythm goes on, whatever clocks show.
        Story(
            "*/30 * * * *", "Europe/Paris", after: "2025-03-30T01:00:00+01:00",
            "2025-03-30T01:30+01:00 2025-03-30T03:00+02:00 2025-03-30T03:30+02:00"),
        Story(
            "*/30 * * * *", "Europe/Paris", after: "2025-10-26T02:00:00+02:00",
            "2025-10-26T02:30+02:00 2025-10-26T02:00+01:00 2025-10-26T02:30+01:00 2025-10-26T03:00+01:00"),
        Story(
            "@hourly", "America/New_York", after: "2025-11-02T00:30:00-04:00",
            "2025-11-02T01:00-04:00 2025-11-02T01:00-05:00 2025-11-02T02:00-05:00"),
        Story(
            "15 * 26 10 *", "Europe/Paris", after: "2025-01-01T00:00:00+01:00",
            "2025-10-26T00:15+02:00 2025-10-26T01:15+02:00 2025-10-26T02:15+02:00 2025-10-26T02:15+01:00"),
        Story(
            "45 * * * *", "Australia/Lord_Howe", after: "2025-04-06T01:00:00+11:00",
            "2025-04-06T01:45+11:00 2025-04-06T01:45+10:30 2025-04-06T02:45+10:30"),
    ]

    @Test("clocks change, and ticks come so", arguments: stories)
    func story(_ story: Story) throws {
        let dates = try Fixture.cron(story.cron, in: story.zone)
        var last = try Fixture.instant(story.after)
        var ticks: [Timestamp] = []
        for text in story.ticks.split(separator: " ") {
            let tick = try #require(dates.next(after: last))
            #expect(try Fixture.text(tick, in: story.zone) == text)
            ticks.append(tick)
            last = tick
        }
        for (earlier, later) in zip(ticks, ticks.dropFirst()) {
            #expect(dates.previous(before: later) == earlier)
        }
    }

    static let seeds: [UInt64] = Array(1...40)

    @Test(
        "days around changes have the ticks that reading the clock minute by minute gives", arguments: seeds)
    func minuteByMinute(seed: UInt64) throws {
        var numbers = SeededNumbers(state: seed)
        let row = Self.published[Int.random(in: 0..<Self.published.count, using: &numbers)]
        let cron = try Self.randomCron(&numbers)
        let rules = try ZoneRules.named(row.zone)
        let dates = ScheduleDates.cron(try CronExpression(cron), in: rules)
        let middle = try Fixture.instant(row.date + "T12:00:00Z").microseconds / 1_000_000
        let expected = try Self.clockTicks(
            cron, rules: rules, from: middle - 2 * 86_400, to: middle + 2 * 86_400)
        var found: [Int64] = []
        var last = Timestamp(microseconds: (middle - 86_400) * 1_000_000 - 1)
        while let tick = dates.next(after: last), tick.microseconds <= (middle + 86_400) * 1_000_000 {
            found.append(tick.microseconds / 1_000_000)
            last = tick
        }
        #expect(found == expected, "\(cron) in \(row.zone) around \(row.date)")
        var backwards: [Int64] = []
        last = Timestamp(microseconds: (middle + 86_400) * 1_000_000 + 1)
        while let tick = dates.previous(before: last), tick.microseconds >= (middle - 86_400) * 1_000_000 {
            backwards.append(tick.microseconds / 1_000_000)
            last = tick
        }
        #expect(backwards.reversed() == expected, "\(cron) in \(row.zone) around \(row.date), backwards")
    }

    private static func randomCron(_ numbers: inout SeededNumbers) throws -> String {
        let minutes = ["0", "30", "*/15", "*/7", "5,45", "*"]
        let hours = ["*", "2", "1-3", "0", "23", "*/2", "0,1,2,3", "*/1", "22-23,0-4"]
        let minute = minutes[Int.random(in: 0..<minutes.count, using: &numbers)]
        return "\(minute) \(hours[Int.random(in: 0..<hours.count, using: &numbers)]) * * *"
    }

    /// The rule itself, slowly: looks at the clock every minute, two days on either side, and keeps the inner half.
    private static func clockTicks(_ cron: String, rules: ZoneRules, from: Int64, to: Int64) throws -> [Int64]
    {
        let utc = try Fixture.cron(cron)
        func matches(_ local: Int64) -> Bool { utc.isTick(Timestamp(microseconds: local * 1_000_000)) }
        let isRhythm = ["*", "*/1"].contains(String(cron.split(separator: " ")[1]))
        var ticks: Set<Int64> = []
        var shown: Set<Int64> = []
        var instant = from
        var last = from + Int64(rules.offset(at: from)) - 60
        while instant <= to {
            let local = instant + Int64(rules.offset(at: instant))
            if isRhythm {
                if matches(local) { ticks.insert(instant) }
            } else {
                // What the clock passed over, and what it shows for the first time.
                var skipped = last + 60
                while skipped < local {
                    if matches(skipped), !shown.contains(skipped) { ticks.insert(instant) }
                    skipped += 60
                }
                if matches(local), shown.insert(local).inserted { ticks.insert(instant) }
                shown.insert(local)
                last = max(last, local)
            }
            instant += 60
        }
        let middle = from + (to - from) / 2
        return ticks.filter { abs($0 - middle) <= 86_400 }.sorted()
    }
}
