import ApusModel
import Testing

@Suite struct CalendarFunctionTests {
    @Test("questions about days", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    private static let variables: OrderedMap<Value> = [
        "d": "2024-03-05T10:20:30.123456Z", "nothing": nil, "n": 5,
        "day": .extended(.localDate(LocalDate(daysSinceEpoch: 19787))),
        "instant": .extended(.instant(testNow)),
    ]

    static let entries: [Entry] = [
        Entry(
            "dayOfMonth",
            [
                ("{{ dayOfMonth('2024-02-29') }}", "29"), ("{{ dayOfMonth(date=d) + 1 }}", "6"),
                ("{{ dayOfMonth(day) }}{{ dayOfMonth(instant) }}", "55"),
                // The day where the time is written, not in UTC.
                ("{{ dayOfMonth('2024-01-31T23:30:00-05:00') }}", "31"),
            ],
            refuses: [
                No("{{ dayOfMonth('x') }}", "`x` is not a date"), No("{{ dayOfMonth(nothing) }}", "is null"),
                No("{{ dayOfMonth('2024-02-30') }}", "is not a date"),
            ], variables: variables),
        Entry(
            "dayOfWeek",
            [
                ("{{ dayOfWeek('2024-03-31T23:30:00+02:00') }}", "SUNDAY"),
                ("{{ dayOfWeek(day) }}", "TUESDAY"),
                (
                    "{{ dayOfWeek('2024-02-29T10:00:00') }}{{ dayOfWeek(date='0001-01-01') }}",
                    "THURSDAYMONDAY"
                ),
            ],
            refuses: [
                No("{{ dayOfWeek('tomorrow') }}", "`tomorrow` is not a date"),
                No("{{ dayOfWeek() }}", "needs the argument `date`"), No("{{ dayOfWeek(null) }}", "is null"),
                No("{{ dayOfWeek('') }}", "is not a date"),
            ], variables: variables),
        Entry(
            "hourOfDay",
            [
                ("{{ hourOfDay('2024-01-02T23:04:05+05:00') }}", "23"), ("{{ hourOfDay(d) }}", "10"),
                ("{{ hourOfDay(date='2024-01-02T13:04:05') < 14 }}", "true"),
                ("{{ hourOfDay('2024-01-02T00:00:00Z') }}", "0"),
            ],
            refuses: [
                No("{{ hourOfDay('2024-01-02') }}", "`2024-01-02` has no hour"),
                No("{{ hourOfDay(day) }}", "has no hour"),
                No("{{ hourOfDay(nothing) }}", "is null"), No("{{ hourOfDay('x') }}", "is not a date"),
            ], variables: variables),
        Entry(
            "isDateAfter",
            [
                ("{{ isDateAfter(d, '2024-01-01T00:00:00Z') }}", "true"),
                ("{{ isDateAfter(date='2024-01-02', reference='2024-01-01') }}", "true"),
                ("{{ isDateAfter('2024-01-01', '2024-01-01T00:00:00Z') }}", "false"),
                ("{{ isDateAfter('2024-01-01T01:00:00+02:00', '2024-01-01T00:00:00') }}", "false"),
                ("{{ isDateAfter(instant, '2024-03-05T10:20:30Z') }}", "true"),
            ],
            refuses: [
                No("{{ isDateAfter(d) }}", "needs the argument `reference`"),
                No("{{ isDateAfter(d, 'x') }}", "`x` is not a date"),
                No("{{ isDateAfter(nothing, d) }}", "is null"),
            ], variables: variables),
        Entry(
            "isDateBefore",
            [
                ("{{ isDateBefore(d, '2025-01-01T00:00:00Z') }}", "true"),
                ("{{ isDateBefore('2024-01-01', d) }}", "true"), ("{{ isDateBefore(d, d) }}", "false"),
                (
                    "{{ isDateBefore(date='2024-01-01T23:00:00-05:00', reference='2024-01-02T05:00:00') }}",
                    "true"
                ),
            ],
            refuses: [
                No("{{ isDateBefore(d) }}", "needs the argument `reference`"),
                No("{{ isDateBefore('', d) }}", "`` is not a date"),
                No("{{ isDateBefore(d, before=d) }}", "has no argument `before`"),
            ], variables: variables),
        Entry(
            "isDateBetween",
            [
                ("{{ isDateBetween(d, '2024-01-01T00:00:00Z', '2025-01-01T00:00:00Z') }}", "true"),
                ("{{ isDateBetween(date=d, after=d, before='2025-01-01T00:00:00Z') }}", "false"),
                ("{{ isDateBetween(d, '2024-01-01T00:00:00Z', d) }}", "false"),
                (
                    "{{ isDateBetween(instant, '2024-03-05T12:20:30+02:00', '2024-03-05T05:20:31-05:00') }}",
                    "true"
                ),
            ],
            refuses: [
                No("{{ isDateBetween(d, '2024-01-01T00:00:00Z') }}", "needs the argument `before`"),
                No(
                    "{{ isDateBetween('2024-01-02T00:00:00', d, d) }}",
                    "is not a date and time with an offset"),
                No("{{ isDateBetween(d, '2024-01-01', d) }}", "is not a date and time with an offset"),
                No("{{ isDateBetween(nothing, d, d) }}", "is null"),
            ], variables: variables),
        Entry(
            "isDayWeekInMonth",
            [
                ("{{ isDayWeekInMonth('2024-01-30', 'TUESDAY', 'LAST') }}", "true"),
                ("{{ isDayWeekInMonth('2024-01-23', 'tuesday', 'fourth') }}", "true"),
                ("{{ isDayWeekInMonth('2024-01-23', 'TUESDAY', 'THIRD') }}", "false"),
                ("{{ isDayWeekInMonth(date=d, dayOfWeek='TUESDAY', position='FIRST') }}", "true"),
                ("{{ isDayWeekInMonth('2024-02-29', 'THURSDAY', 'LAST') }}", "true"),
            ],
            refuses: [
                No("{{ isDayWeekInMonth(d, 'NODAY', 'FIRST') }}", "`NODAY` is not a day of the week"),
                No("{{ isDayWeekInMonth(d, 'MONDAY', 'FIFTH') }}", "FOURTH or LAST, found `FIFTH`"),
                No("{{ isDayWeekInMonth(d, 'MONDAY') }}", "needs the argument `position`"),
                No("{{ isDayWeekInMonth(d, 1, 'FIRST') }}", "takes text, found integer"),
            ], variables: variables),
        Entry(
            "isLastWorkingDay",
            [
                ("{{ isLastWorkingDay('2024-03-29') }}{{ isLastWorkingDay('2024-03-31') }}", "truefalse"),
                ("{{ isLastWorkingDay(workingDays='SATURDAY', date='2024-03-30') }}", "true"),
                ("{{ isLastWorkingDay('2024-01-31', workingDays='monday, wednesday friday') }}", "true"),
                (
                    "{{ isLastWorkingDay('2024-01-31', '') }}{{ isLastWorkingDay('2024-01-31', null) }}",
                    "truetrue"
                ),
            ],
            refuses: [
                No("{{ isLastWorkingDay(d, 'NODAY') }}", "`NODAY` is not a day of the week"),
                No("{{ isLastWorkingDay(d, ',') }}", "names no day of the week"),
                No("{{ isLastWorkingDay('x') }}", "is not a date"),
                No("{{ isLastWorkingDay(d, 1) }}", "takes text"),
            ], variables: variables),
        Entry(
            "isPublicHoliday",
            [
                (
                    "{{ isPublicHoliday('2024-07-14', 'FR') }}{{ isPublicHoliday('2024-12-24', 'fr') }}",
                    "truefalse"
                ),
                ("{{ isPublicHoliday('2024-01-06', 'DE') }}", "false"),
                ("{{ isPublicHoliday(date='2024-01-06', countryCode='DE', subDivision='bw') }}", "true"),
                (
                    "{{ isPublicHoliday('2024-11-28', 'US') }}{{ isPublicHoliday('2022-12-27', 'GB') }}",
                    "truetrue"
                ),
                // A holiday of the whole country is one of every part of it, known or not.
                ("{{ isPublicHoliday('2024-07-04', 'US', 'CA') }}", "true"),
                (
                    "{{ isPublicHoliday('2024-12-26', 'FR', 'idf') }}{{ isPublicHoliday('2024-12-26', 'FR', '67') }}",
                    "falsetrue"
                ),
                (
                    "{{ isPublicHoliday('2024-03-29', 'DE', '') }}{{ isPublicHoliday('2024-03-31', 'DE', null) }}",
                    "truefalse"
                ),
            ],
            refuses: [
                No("{{ isPublicHoliday(d) }}", "needs the argument `countryCode`, such as 'FR'"),
                No("{{ isPublicHoliday(d, 'ZZ') }}", "the holidays of `ZZ` are not known"),
                No("{{ isPublicHoliday(d, 'US', 'CA') }}", "the holidays of `CA` in US are not known"),
                No("{{ isPublicHoliday(d, 'DE', 'XX') }}", "known are BB, BE, BW"),
                No("{{ isPublicHoliday('x', 'FR') }}", "is not a date"),
            ], variables: variables),
        Entry(
            "isWeekend",
            [
                ("{{ isWeekend('2024-01-06') }}{{ isWeekend('2024-01-08T00:00:00Z') }}", "truefalse"),
                ("{{ not isWeekend(date='2024-01-05T23:59:59Z') ? 'work' : 'rest' }}", "work"),
                ("{{ isWeekend(day) }}", "false"),
            ],
            refuses: [
                No("{{ isWeekend('x') }}", "`x` is not a date"),
                No("{{ isWeekend() }}", "needs the argument `date`"),
                No("{{ isWeekend(nothing) }}", "is null"),
            ], variables: variables),
        Entry(
            "monthOfYear",
            [
                ("{{ monthOfYear('2024-12-31T23:59:59Z') }}", "12"),
                ("{{ monthOfYear(date='2024-01-31') == 1 }}", "true"),
                ("{{ monthOfYear(day) }}{{ monthOfYear(instant) }}", "33"),
            ],
            refuses: [
                No("{{ monthOfYear('2024-13-01') }}", "is not a date"),
                No("{{ monthOfYear(nothing) }}", "is null"),
                No("{{ monthOfYear(d, 1) }}", "takes 1 argument, found 2"),
            ], variables: variables),
    ]
}
