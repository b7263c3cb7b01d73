import ApusEngine
import ApusModel
import Testing

/// Ticks of the past that are run on demand.
@Suite struct BackfillTests {
    private static func ticks(_ backfill: Backfill, _ dates: ScheduleDates) throws -> String {
        try backfill.ticks(of: dates).prefix(10).map { String(try Fixture.text($0).prefix(13)) }
            .joined(separator: " ")
    }

    private static func span(
        _ start: String, _ end: String, _ order: Backfill.Order = .oldestFirst
    ) throws -> Backfill {
        Backfill(from: try Fixture.instant(start), through: try Fixture.instant(end), order: order)
    }

    @Test("it runs every tick of the span, both ends included, in either order")
    func orders() throws {
        let daily = try Fixture.cron("0 0 * * *")
        let span = try Self.span("2026-01-30T00:00:00Z", "2026-02-02T00:00:00Z")
        #expect(try Self.ticks(span, daily) == "2026-01-30T00 2026-01-31T00 2026-02-01T00 2026-02-02T00")
        let backwards = try Self.span("2026-01-30T00:00:00Z", "2026-02-02T00:00:00Z", .newestFirst)
        #expect(try Self.ticks(backwards, daily) == "2026-02-02T00 2026-02-01T00 2026-01-31T00 2026-01-30T00")
        #expect(span.count(of: daily, limit: 100) == TickCount(4))
        #expect(span.count(of: daily, limit: 4) == TickCount(4))
        #expect(span.count(of: daily, limit: 3) == TickCount(3, isCut: true))
    }

    @Test("it goes on from the tick that was handled last")
    func resumed() throws {
        let daily = try Fixture.cron("0 0 * * *")
        for order in Backfill.Order.allCases {
            let span = try Self.span("2026-01-01T00:00:00Z", "2026-01-20T12:00:00Z", order)
            var handled: Timestamp?
            for expected in span.ticks(of: daily) {
                handled = span.tick(of: daily, after: handled)
                #expect(handled == expected)
            }
            #expect(span.tick(of: daily, after: handled) == nil)
        }
    }

    @Test("a span without ticks, or turned round, has nothing to run")
    func empty() throws {
        let daily = try Fixture.cron("0 0 * * *")
        for order in Backfill.Order.allCases {
            #expect(
                try Self.ticks(try Self.span("2026-01-01T00:00:01Z", "2026-01-01T23:00:00Z", order), daily)
                    == "")
            #expect(
                try Self.ticks(try Self.span("2026-01-09T00:00:00Z", "2026-01-01T00:00:00Z", order), daily)
                    == "")
        }
    }

    @Test("it works for lists of dates")
    func list() throws {
        let dates = ScheduleDates.dates(
            try ["2026-01-01T05:00:00Z", "2026-01-02T05:00:00Z", "2026-03-01T05:00:00Z"].map {
                try Fixture.instant($0)
            })
        let span = try Self.span("2026-01-02T00:00:00Z", "2026-12-31T00:00:00Z", .newestFirst)
        #expect(try Self.ticks(span, dates) == "2026-03-01T05 2026-01-02T05")
    }

    @Test("every second since 1970 is found one by one, and counted up to a limit")
    func bomb() throws {
        let dates = try Fixture.cron("* * * * * *", withSeconds: true)
        let span = try Self.span("1970-01-01T00:00:00Z", "2026-01-01T00:00:00Z")
        #expect(span.count(of: dates, limit: 1000) == TickCount(1000, isCut: true))
        #expect(Array(span.ticks(of: dates).prefix(2)).map(\.microseconds) == [0, 1_000_000])
    }
}
