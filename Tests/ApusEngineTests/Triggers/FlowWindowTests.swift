import ApusEngine
import ApusExpressions
import ApusModel
import Testing

/// Which window an instant lies in, and when windows close.
@Suite struct FlowWindowTests {
    struct Example: Sendable {
        var rule: FlowWindow.Rule
        var zone: String
        var instant: String
        /// `start/end`, `-` for no bound; `nil` for no window.
        var span: String?
        /// The next end after the instant.
        var closes: String?

        init(
            _ rule: FlowWindow.Rule, _ instant: String, _ span: String?, _ closes: String? = nil,
            zone: String = "UTC"
        ) {
            self.rule = rule
            self.zone = zone
            self.instant = instant
            self.span = span
            self.closes = closes
        }
    }

    static func hours(_ hours: Int64) -> ISODuration { .seconds(hours * 3600) }

    static func tiles(_ hours: Int64, _ offset: Int64 = 0) -> FlowWindow.Rule {
        .tiles(every: Self.hours(hours), offset: Self.hours(offset))
    }

    static func daily(_ from: String, _ to: String) -> FlowWindow.Rule {
        .daily(
            from: LocalTime(iso: from) ?? .midnight, to: LocalTime(iso: to) ?? .midnight)
    }

    static let day = "2027-01-15T00:00:00/2027-01-15T23:59:59.999999"
    static let paris = "2027-01-14T23:00:00/2027-01-15T22:59:59.999999"

    static let examples: [Example] = [
        Example(.always, "2027-01-15T08:00:00", "-/-"),
        Example(.lookback(hours(2)), "2027-01-15T08:00:00", "2027-01-15T06:00:00/-"),
        Example(tiles(24), "2027-01-15T08:00:00", day, "2027-01-15T23:59:59.999999"),
        Example(tiles(24), "2027-01-15T23:59:59.999999", day, "2027-01-16T23:59:59.999999"),
        Example(tiles(24), "2027-01-15T12:00:00", paris, "2027-01-15T22:59:59.999999", zone: "Europe/Paris"),
        Example(
            tiles(6), "2027-01-15T08:00:00", "2027-01-15T06:00:00/2027-01-15T11:59:59.999999",
            "2027-01-15T11:59:59.999999"),
        Example(
            tiles(6, 3), "2027-01-15T02:00:00", "2027-01-14T21:00:00/2027-01-15T02:59:59.999999",
            "2027-01-15T02:59:59.999999"),
        // The last of a day is shorter when they do not fit.
        Example(
            tiles(7), "2027-01-15T22:00:00", "2027-01-15T21:00:00/2027-01-15T23:59:59.999999",
            "2027-01-15T23:59:59.999999"),
        // Weeks begin on a Monday.
        Example(
            tiles(168), "2027-01-15T08:00:00", "2027-01-11T00:00:00/2027-01-17T23:59:59.999999",
            "2027-01-17T23:59:59.999999"),
        Example(
            daily("00:00", "09:00"), "2027-01-15T08:00:00", "2027-01-15T00:00:00/2027-01-15T09:00:00",
            "2027-01-15T09:00:00"),
        Example(
            daily("00:00", "09:00"), "2027-01-15T09:00:00", "2027-01-15T00:00:00/2027-01-15T09:00:00",
            "2027-01-16T09:00:00"),
        Example(daily("00:00", "09:00"), "2027-01-15T09:00:00.000001", nil, "2027-01-16T09:00:00"),
        Example(daily("06:00", "07:00"), "2027-01-15T05:59:59", nil, "2027-01-15T07:00:00"),
        // Past midnight.
        Example(
            daily("22:00", "02:00"), "2027-01-15T01:00:00", "2027-01-14T22:00:00/2027-01-15T02:00:00",
            "2027-01-15T02:00:00"),
        Example(
            daily("22:00", "02:00"), "2027-01-15T23:00:00", "2027-01-15T22:00:00/2027-01-16T02:00:00",
            "2027-01-16T02:00:00"),
        Example(daily("22:00", "02:00"), "2027-01-15T12:00:00", nil, "2027-01-16T02:00:00"),
        // A day of 23 hours.
        Example(
            tiles(24), "2027-03-28T12:00:00", "2027-03-27T23:00:00/2027-03-28T21:59:59.999999",
            "2027-03-28T21:59:59.999999", zone: "Europe/Paris"),
    ]

    @Test("an instant lies in a window", arguments: examples)
    func spans(_ example: Example) throws {
        let window = FlowWindow(example.rule, in: try ZoneRules.named(example.zone))
        let instant = try #require(Timestamp(iso: example.instant + "Z"))
        let span = window.span(at: instant).map { "\(Self.shown($0.start))/\(Self.shown($0.end))" }
        #expect(span == example.span)
        #expect(window.nextEnd(after: instant).map(Self.shown) == example.closes)
    }

    private static func shown(_ date: Timestamp?) -> String {
        guard let date else { return "-" }
        let text = date.iso.replacing("Z", with: "")
        return text.hasSuffix(".000000") ? String(text.dropLast(7)) : text
    }
}
