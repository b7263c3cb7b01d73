import ApusEngine
import Testing

/// What a cron expression may look like.
@Suite struct CronReadingTests {
    struct Same: Sendable, CustomTestStringConvertible {
        var text: String
        var other: String
        var withSeconds = false
        var testDescription: String { text }
    }

    static let same: [Same] = [
        Same(text: "@yearly", other: "0 0 1 1 *"),
        Same(text: "@annually", other: "0 0 1 1 *"),
        Same(text: "@monthly", other: "0 0 1 * *"),
        Same(text: "@weekly", other: "0 0 * * 0"),
        Same(text: "@daily", other: "0 0 * * *"),
        Same(text: "@midnight", other: "0 0 * * *"),
        Same(text: "@hourly", other: "0 * * * *"),
        Same(text: "@hourly", other: "0 0 * * * *", withSeconds: true),
        Same(text: "  5\t4  * * * ", other: "05 04 * * *"),
        Same(text: "*/15 * * * *", other: "0,15,30,45 * * * *"),
        Same(text: "/15 * * * *", other: "0-59/15 * * * *"),
        Same(text: "5/20 * * * *", other: "5,25,45 * * * *"),
        Same(text: "10-40/10,3 * * * *", other: "3,10,20,30,40 * * * *"),
        Same(text: "0-9 * * * *", other: "0,1,2,3,4,5,6,7,8,9 * * * *"),
        Same(text: "0 0 * JAN,mar-MAY *", other: "0 0 * 1,3,4,5 *"),
        Same(text: "0 0 * jul,Aug,SEP,oct,nov,dec *", other: "0 0 * 7-12 *"),
        Same(text: "0 0 * * MON-FRI", other: "0 0 * * 1-5"),
        Same(text: "0 0 * * 7", other: "0 0 * * 0"),
        Same(text: "0 0 * * sun", other: "0 0 * * 0"),
        Same(text: "0 0 * * FRI-SUN", other: "0 0 * * 0,5,6"),
        Same(text: "0 0 * * SUN-WED", other: "0 0 * * 0-3"),
        Same(text: "0 0 * * 5-7", other: "0 0 * * 5,6,0"),
        Same(text: "0 0 * * */2", other: "0 0 * * 0,2,4,6"),
        Same(text: "0 0 * * WED/2", other: "0 0 * * 3,5,7"),
        Same(text: "0 0 */1 * */1", other: "0 0 * * *"),
        Same(text: "59 23 31 12 *", other: "59 23 31 12 *"),
        Same(text: "*/10 * * * * *", other: "0,10,20,30,40,50 * * * * *", withSeconds: true),
        Same(text: "0|30 9|17 * * *", other: "0 9 * * *||30 17 * * *"),
        Same(text: "@daily||@hourly", other: "0 0 * * *||0 * * * *"),
    ]

    @Test("two ways to write one expression", arguments: same)
    func read(row: Same) throws {
        let expression = try CronExpression(row.text, withSeconds: row.withSeconds)
        #expect(try expression == (CronExpression(row.other, withSeconds: row.withSeconds)))
        #expect(expression.text == row.text)
        #expect(!expression.isNever)
    }

    @Test("expressions that differ in one field differ")
    func differ() throws {
        let texts = [
            "0 0 * * *", "1 0 * * *", "0 1 * * *", "0 0 1 * *", "0 0 * 1 *", "0 0 * * 1", "0 0 1-31 * *",
        ]
        let expressions = try texts.map { try CronExpression($0) }
        #expect(Set(expressions).count == texts.count)
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var text: String
        var explanation: String
        var withSeconds = false
        var testDescription: String { text }
    }

    private static let quartz = "belongs to Quartz' dialect of cron"
    private static let fields = "minute, hour, day of month, month, day of week"

    static let refused: [Refusal] = [
        Refusal(text: "", explanation: "it is empty"),
        Refusal(text: "every day", explanation: "it has 2 fields where 5 are expected: \(fields)"),
        Refusal(text: "hourly", explanation: "it has 1 field where 5 are expected: \(fields)"),
        Refusal(
            text: "*/5 * * * * *",
            explanation:
                "it has 6 fields where 5 are expected: \(fields); set `withSeconds: true` for seconds"),
        Refusal(
            text: "*/5 * * * *",
            explanation: "it has 5 fields where 6 are expected: second, \(fields); "
                + "leave `withSeconds` out for an expression of minutes",
            withSeconds: true),
        Refusal(text: "60 * * * *", explanation: "the minute (field 1) has `60`; allowed are 0 to 59"),
        Refusal(text: "0 24 * * *", explanation: "the hour (field 2) has `24`; allowed are 0 to 23"),
        Refusal(text: "0 0 0 * *", explanation: "the day of month (field 3) has `0`; allowed are 1 to 31"),
        Refusal(text: "0 0 32 * *", explanation: "the day of month (field 3) has `32`; allowed are 1 to 31"),
        Refusal(
            text: "0 0 * 13 *",
            explanation: "the month (field 4) has `13`; allowed are 1 to 12, or JAN to DEC"),
        Refusal(
            text: "0 0 * JANUARY *",
            explanation: "the month (field 4) has `JANUARY`; allowed are 1 to 12, or JAN to DEC"),
        Refusal(
            text: "0 0 * * 8",
            explanation:
                "the day of week (field 5) has `8`; allowed are 0 to 7 (0 and 7 are Sunday), or MON to SUN"),
        Refusal(
            text: "0 0 * * JAN",
            explanation:
                "the day of week (field 5) has `JAN`; allowed are 0 to 7 (0 and 7 are Sunday), or MON to SUN"),
        Refusal(
            text: "60 * * * * *", explanation: "the second (field 1) has `60`; allowed are 0 to 59",
            withSeconds: true),
        Refusal(
            text: "* * 24 * * *", explanation: "the hour (field 3) has `24`; allowed are 0 to 23",
            withSeconds: true),
        Refusal(
            text: "*/0 * * * *", explanation: "the minute (field 1) has a step of `0`; allowed are 1 to 59"),
        Refusal(
            text: "*/60 * * * *", explanation: "the minute (field 1) has a step of `60`; allowed are 1 to 59"),
        Refusal(
            text: "*/ * * * *", explanation: "the minute (field 1) has a step of ``; allowed are 1 to 59"),
        Refusal(
            text: "1/2/3 * * * *",
            explanation: "the minute (field 1) is `1/2/3`; a step is written once, as in `*/5`"),
        Refusal(
            text: "-5 * * * *", explanation: "the minute (field 1) has `-5`; a range is written as in `1-5`"),
        Refusal(
            text: "1-2-3 * * * *",
            explanation: "the minute (field 1) has `1-2-3`; a range is written as in `1-5`"),
        Refusal(
            text: "0 22-6 * * *",
            explanation: "the hour (field 2) has `22-6`, which goes down; write two ranges: `22-23,0-6`"),
        Refusal(
            text: "0 0 * * FRI-MON",
            explanation:
                "the day of week (field 5) has `FRI-MON`, which goes down; write two ranges: `5-7,0-1`"),
        Refusal(
            text: "1,,2 * * * *", explanation: "the minute (field 1) is `1,,2`, a list with an empty place"),
        Refusal(text: "1, * * * *", explanation: "the minute (field 1) is `1,`, a list with an empty place"),
        Refusal(text: "+5 * * * *", explanation: "the minute (field 1) has `+5`; allowed are 0 to 59"),
        Refusal(text: "٥ * * * *", explanation: "the minute (field 1) has `٥`; allowed are 0 to 59"),
        Refusal(
            text: "99999999999999999999 * * * *",
            explanation: "the minute (field 1) has `99999999999999999999`; allowed are 0 to 59"),
        Refusal(
            text: "0 0 ? * MON", explanation: "the day of month (field 3) is `?`; `?` \(quartz). Write `*`."),
        Refusal(
            text: "0 0 L * *",
            explanation: "the day of month (field 3) is `L`; `L` \(quartz). "
                + "For the last day run on 28-31, with a condition on `trigger.date`."),
        Refusal(
            text: "0 0 15W * *",
            explanation: "the day of month (field 3) is `15W`; `W` \(quartz). "
                + "Run on MON-FRI, with a condition on `trigger.date`."),
        Refusal(
            text: "0 0 * * 1#2",
            explanation:
                "the day of week (field 5) is `1#2`; `#` \(quartz). Add the condition DayWeekInMonth."),
        Refusal(
            text: "@reboot",
            explanation: "`@reboot` is no nickname; there are "
                + "@yearly, @annually, @monthly, @weekly, @daily, @midnight and @hourly"),
        Refusal(
            text: "@Daily",
            explanation: "`@Daily` is no nickname; there are "
                + "@yearly, @annually, @monthly, @weekly, @daily, @midnight and @hourly"),
        Refusal(text: "0 9 * * *||", explanation: "it is empty"),
        Refusal(
            text: "0|1|2 3|4 * * *", explanation: "its fields with `|` have different numbers of alternatives"
        ),
    ]

    @Test("a refusal says which field, what was found and what is allowed", arguments: refused)
    func refuse(row: Refusal) {
        do throws(CronFault) {
            _ = try CronExpression(row.text, withSeconds: row.withSeconds)
            Issue.record("it was read")
        } catch {
            #expect(error.message == "invalid cron expression '\(row.text)': \(row.explanation)")
        }
    }

    @Test("a text of any length costs little, and its fault says little of it")
    func hostile() {
        for text in [
            String(repeating: "0,", count: 100_000), String(repeating: "* ", count: 1500),
            String(repeating: "|", count: 2000), String(repeating: "||* * * * *", count: 200),
            String(repeating: "x", count: 4000) + " * * * *",
        ] {
            do throws(CronFault) {
                _ = try CronExpression(text)
                Issue.record("it was read")
            } catch {
                #expect(error.message.utf8.count < 500)
            }
        }
    }

    @Test("an expression without a day is known as such")
    func never() throws {
        for text in ["0 0 30 2 *", "0 0 31 2,4,6,9,11 *", "0 0 31 2 */1"] {
            #expect(try CronExpression(text).isNever)
        }
        for text in ["0 0 29 2 *", "0 0 30 2 MON", "0 0 31 1,2 *", "0 0 30 2 *||@daily"] {
            #expect(try !CronExpression(text).isNever)
        }
    }
}
