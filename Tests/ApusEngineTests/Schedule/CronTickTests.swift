import ApusEngine
import ApusModel
import Testing

/// The instants that cron expressions stand for.
@Suite struct CronTickTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var cron: String
        var after: String
        var ticks: String
        var testDescription: String { "\(cron) after \(after)" }

        init(_ cron: String, _ after: String, _ ticks: String) {
            self.cron = cron
            self.after = after
            self.ticks = ticks
        }
    }

    /// Expressions in UTC, and the ticks that follow an instant.
    static let rows: [Row] = [
        // fields
        Row("* * * * *", "2026-01-01T00:00:00Z", "2026-01-01T00:01Z 2026-01-01T00:02Z"),
        Row("* * * * *", "2026-01-01T00:00:59.999999Z", "2026-01-01T00:01Z"),
        Row("*/15 * * * *", "2026-01-01T23:50:00Z", "2026-01-02T00:00Z 2026-01-02T00:15Z"),
        Row("30 6 * * *", "2026-01-01T06:30:00Z", "2026-01-02T06:30Z"),
        Row("30 6 * * *", "2026-01-01T06:29:59Z", "2026-01-01T06:30Z"),
        Row("59 23 31 12 *", "2026-06-01T00:00:00Z", "2026-12-31T23:59Z 2027-12-31T23:59Z"),
        Row(
            "0 9-17/4 * * *", "2026-01-01T10:00:00Z", "2026-01-01T13:00Z 2026-01-01T17:00Z 2026-01-02T09:00Z"),
        Row("0 0 * JAN,JUL *", "2026-01-30T12:00:00Z", "2026-01-31T00:00Z 2026-07-01T00:00Z"),
        // days of the week; 2026-11-21 is a Saturday
        Row("0 0 * * SUN", "2026-11-21T00:00:00Z", "2026-11-22T00:00Z 2026-11-29T00:00Z"),
        Row("0 0 * * 0", "2026-11-21T00:00:00Z", "2026-11-22T00:00Z"),
        Row("0 0 * * 7", "2026-11-21T00:00:00Z", "2026-11-22T00:00Z"),
        Row("0 0 * * MON-FRI", "2026-11-19T12:00:00Z", "2026-11-20T00:00Z 2026-11-23T00:00Z"),
        Row(
            "0 0 * * FRI-SUN", "2026-11-22T00:00:00Z", "2026-11-27T00:00Z 2026-11-28T00:00Z 2026-11-29T00:00Z"
        ),
        // day of month or day of week
        Row("0 0 13 * FRI", "2026-11-11T00:00:00Z", "2026-11-13T00:00Z 2026-11-20T00:00Z 2026-11-27T00:00Z"),
        Row(
            "0 0 1,15 * WED", "2026-11-01T00:00:00Z", "2026-11-04T00:00Z 2026-11-11T00:00Z 2026-11-15T00:00Z"),
        Row(
            "0 0 */10 * MON", "2026-11-01T00:00:00Z", "2026-11-02T00:00Z 2026-11-09T00:00Z 2026-11-11T00:00Z"),
        Row("0 0 13 * *", "2026-11-13T00:00:00Z", "2026-12-13T00:00Z"),
        Row("0 0 30 2 MON", "2026-02-20T00:00:00Z", "2026-02-23T00:00Z 2027-02-01T00:00Z"),
        // month ends
        Row("0 0 31 * *", "2026-01-31T00:00:00Z", "2026-03-31T00:00Z 2026-05-31T00:00Z 2026-07-31T00:00Z"),
        Row("0 0 30 * *", "2026-01-30T00:00:00Z", "2026-03-30T00:00Z 2026-04-30T00:00Z"),
        Row("0 0 28-31 * *", "2026-02-27T00:00:00Z", "2026-02-28T00:00Z 2026-03-28T00:00Z"),
        Row("59 23 31 12 *", "2026-12-31T23:59:00Z", "2027-12-31T23:59Z"),
        // leap days
        Row("0 0 29 2 *", "2026-01-01T00:00:00Z", "2028-02-29T00:00Z 2032-02-29T00:00Z"),
        Row("0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00Z"),
        Row("0 0 29 2 *", "1999-03-01T00:00:00Z", "2000-02-29T00:00Z"),
        Row("0 12 28,29 2 *", "2028-02-28T12:00:00Z", "2028-02-29T12:00Z 2029-02-28T12:00Z"),
        // nicknames
        Row("@yearly", "2026-01-01T00:00:00Z", "2027-01-01T00:00Z"),
        Row("@monthly", "2026-01-01T00:00:00Z", "2026-02-01T00:00Z"),
        Row("@weekly", "2026-11-21T00:00:00Z", "2026-11-22T00:00Z"),
        Row("@daily", "2026-02-28T00:00:00Z", "2026-03-01T00:00Z"),
        Row("@hourly", "2026-02-28T23:00:00Z", "2026-03-01T00:00Z"),
        // alternatives
        Row(
            "0|30 9|17 * * *", "2026-01-01T08:00:00Z", "2026-01-01T09:00Z 2026-01-01T17:30Z 2026-01-02T09:00Z"
        ),
        Row(
            "0 9 * * *||0 9,12 * * SAT", "2026-11-21T08:00:00Z",
            "2026-11-21T09:00Z 2026-11-21T12:00Z 2026-11-22T09:00Z"),
        // before 1970, and never
        Row("0 0 1 1 *", "1965-06-01T00:00:00Z", "1966-01-01T00:00Z"),
        Row("0 0 30 2 *", "2026-01-01T00:00:00Z", "none"),
    ]

    @Test("an expression has these ticks after an instant, and back again", arguments: rows)
    func ticks(row: Row) throws {
        let dates = try Fixture.cron(row.cron)
        let expected = row.ticks.split(separator: " ").map(String.init)
        var found: [Timestamp] = []
        var last = try Fixture.instant(row.after)
        for text in expected {
            let tick = dates.next(after: last)
            #expect(try Fixture.text(tick) == text)
            guard let tick else { continue }
            found.append(tick)
            last = tick
        }
        for (earlier, later) in zip(found, found.dropFirst()) {
            #expect(dates.previous(before: later) == earlier)
        }
    }

    static let withSeconds: [Row] = [
        Row("* * * * * *", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z 2026-01-01T00:00:02Z"),
        Row("*/20 * * * * *", "2026-01-01T00:00:39.5Z", "2026-01-01T00:00:40Z 2026-01-01T00:01Z"),
        Row("15 30 6 * * MON", "2026-11-21T00:00:00Z", "2026-11-23T06:30:15Z 2026-11-30T06:30:15Z"),
        Row("59 59 23 31 12 *", "2026-01-01T00:00:00Z", "2026-12-31T23:59:59Z"),
        Row("@daily", "2026-01-01T00:00:00Z", "2026-01-02T00:00Z"),
    ]

    @Test("with seconds there are six fields", arguments: withSeconds)
    func seconds(row: Row) throws {
        let dates = try Fixture.cron(row.cron, withSeconds: true)
        var last = try Fixture.instant(row.after)
        for text in row.ticks.split(separator: " ") {
            let tick = try #require(dates.next(after: last))
            #expect(try Fixture.text(tick) == text)
            #expect(dates.isTick(tick))
            last = tick
        }
    }

    @Test("the tick before an instant")
    func previous() throws {
        let daily = try Fixture.cron("30 6 * * *")
        func before(_ instant: String) throws -> String {
            try Fixture.text(daily.previous(before: try Fixture.instant(instant)))
        }
        #expect(try before("2026-03-01T06:30:00Z") == "2026-02-28T06:30Z")
        #expect(try before("2026-03-01T06:30:00.000001Z") == "2026-03-01T06:30Z")
        #expect(try before("2026-03-01T06:29:59Z") == "2026-02-28T06:30Z")
        #expect(
            try Fixture.text(
                try Fixture.cron("0 0 29 2 *").previous(before: try Fixture.instant("2104-02-28T00:00:00Z")))
                == "2096-02-29T00:00Z")
        #expect(try Fixture.cron("0 0 30 2 *").previous(before: Timestamp(microseconds: 0)) == nil)
    }

    @Test("the ends of time are no trap")
    func extremes() throws {
        for text in ["* * * * * *", "0 0 0 29 2 *", "0 0 0 30 2 *", "0 0 * * * *"] {
            for zone in ["UTC", "Europe/Paris", "+18:00", "-18:00"] {
                let dates = try Fixture.cron(text, in: zone, withSeconds: true)
                for edge in [Int64.min, .min + 1, .max - 1, .max] {
                    let instant = Timestamp(microseconds: edge)
                    if let next = dates.next(after: instant) { #expect(next > instant) }
                    if let previous = dates.previous(before: instant) { #expect(previous < instant) }
                    _ = dates.first(from: instant)
                    _ = dates.last(to: instant)
                    _ = dates.count(from: instant, through: instant, limit: 10)
                }
            }
        }
    }

    @Test("a list of dates has its ticks in order, each once")
    func list() throws {
        let instants = try ["2026-03-01T10:00:00Z", "2026-01-01T00:00:00.5Z", "2026-03-01T11:00:00+01:00"].map
        {
            try Fixture.instant($0)
        }
        let dates = ScheduleDates.dates(instants)
        let first = try #require(dates.next(after: Timestamp(microseconds: 0)))
        #expect(first == instants[1])
        let second = try #require(dates.next(after: first))
        #expect(second == instants[0])
        #expect(dates.next(after: second) == nil)
        #expect(dates.previous(before: second) == first)
        #expect(dates.previous(before: first) == nil)
        #expect(dates.last(to: second) == second)
        #expect(dates == .dates([first, second]))
        #expect(ScheduleDates.dates([]).next(after: first) == nil)
    }

    @Test("a search with a condition ends, whether it holds or not")
    func search() throws {
        let daily = try Fixture.cron("0 0 * * *")
        let start = try Fixture.instant("2026-01-01T00:00:00Z")
        let end = try Fixture.instant("2036-01-01T00:00:00Z")
        let wanted = try Fixture.instant("2026-05-01T00:00:00Z")
        #expect(daily.next(after: start, through: end, tries: 1000) { $0 >= wanted } == .found(wanted))
        #expect(daily.next(after: start, through: wanted, tries: 1000) { _ in false } == .none)
        #expect(
            try daily.next(after: start, through: end, tries: 2) { _ in false }
                == .gaveUp(at: Fixture.instant("2026-01-03T00:00:00Z")))
        #expect(daily.previous(before: end, from: start, tries: 10_000) { $0 <= wanted } == .found(wanted))
        #expect(daily.previous(before: wanted, from: start, tries: 10_000) { _ in false }.tick == nil)
    }
}
