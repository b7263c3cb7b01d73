import ApusModel
import Testing

@Suite struct TimeTests {
    @Test(
        "a duration is read and printed as Java does",
        arguments: [
            ("PT1H30M", "PT1H30M", 5_400_000_000), ("PT90M", "PT1H30M", 5_400_000_000),
            ("PT0.250S", "PT0.25S", 250_000), ("P1DT1S", "PT24H1S", 86_401_000_000),
            ("pt5s", "PT5S", 5_000_000),
            ("PT-1.5S", "PT-1.5S", -1_500_000), ("PT0S", "PT0S", 0),
        ])
    func duration(text: String, printed: String, microseconds: Int64) {
        let duration = ISODuration(iso: text)
        #expect(duration?.microseconds == microseconds)
        #expect(duration?.iso == printed)
    }

    @Test(
        "what is not a duration is refused",
        arguments: [
            "", "P", "PT", "1H", "PT1", "PT1H1H", "PT1.5H", "P1H", "PT999999999999999H", "bad",
        ])
    func notADuration(text: String) {
        #expect(ISODuration(iso: text) == nil)
    }

    @Test(
        "an instant survives printing and reading",
        arguments: [
            ("2026-11-21T10:07:18.959Z", "2026-11-21T10:07:18.959000Z"),
            ("2024-02-29T23:59:59+02:00", "2024-02-29T21:59:59.000000Z"),
            ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500000Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z"),
        ])
    func instant(text: String, printed: String) {
        #expect(Timestamp(iso: text)?.iso == printed)
    }

    @Test("the ends of time are printed instead of trapping", arguments: [Int64.min, .max])
    func ends(microseconds: Int64) {
        #expect(Timestamp(microseconds: microseconds).iso.hasSuffix("Z"))
        #expect(
            ZonedDateTime(Timestamp(microseconds: microseconds), offsetSeconds: 3600).iso.hasSuffix("+01:00"))
    }

    @Test(
        "impossible days and times are refused",
        arguments: [
            "2023-02-29T00:00:00Z", "2023-13-01T00:00:00Z", "2023-01-01T24:00:00Z", "2023-01-01", "x",
        ])
    func notAnInstant(text: String) {
        #expect(Timestamp(iso: text) == nil)
    }
}
