import ApusExpressions
import ApusModel
import Testing

@Suite struct DateTests {
    @Test(
        "dates are printed",
        arguments: [
            ("{{ d | date('yyyy-MM-dd') }}", "2024-03-05"),
            ("{{ d | date('yyyy-MM-dd HH:mm:ss', timeZone='Europe/Paris') }}", "2024-03-05 11:20:30"),
            ("{{ d | date }}", "2024-03-05T10:20:30.123456Z"),
            ("{{ d | date('iso_milli') }}", "2024-03-05T10:20:30.123Z"),
            ("{{ d | date('sql_milli') }}", "2024-03-05 10:20:30.123"),
            ("{{ d | date('EEEE d MMMM', locale='fr') }}", "mardi 5 mars"),
            ("{{ d | date('iso_week_date') }} {{ d | date('iso_ordinal_date') }}", "2024-W10-2Z 2024-065Z"),
            ("{{ d | date('rfc_1123_date_time') }}", "Tue, 5 Mar 2024 10:20:30 GMT"),
            ("{{ d | date(\"yy M d h a Q DDD 'o''clock'\") }}", "24 3 5 10 AM 1 065 o'clock"),
            (
                "{{ d | date('X XX XXX x Z O VV', timeZone='Asia/Tokyo') }}",
                "+09 +0900 +09:00 +09 +0900 GMT+9 Asia/Tokyo"
            ),
            (
                "{{ 1709634030 | date }} {{ 1709634030123 | date('iso_milli') }}",
                "2024-03-05T10:20:30.000000Z 2024-03-05T10:20:30.123Z"
            ),
            ("{{ 'July 24, 2001' | date('yyyy-MM-dd', existingFormat='MMMM dd, yyyy') }}", "2001-07-24"),
            (
                "{{ '05/03/2024 10' | date('iso_sec', existingFormat='dd/MM/yyyy HH') }}",
                "2024-03-05T10:00:00Z"
            ),
            (
                "{{ '20240305T1020' | date('iso_sec', existingFormat=\"yyyyMMdd'T'HHmm\") }}",
                "2024-03-05T10:20:00Z"
            ),
            (
                "{{ '2024-03-31T02:30:00' | date('iso_sec', timeZone='Europe/Paris') }}",
                "2024-03-31T03:30:00+02:00"
            ),
            (
                "{{ '2024-10-27T02:30:00' | date('iso_sec', timeZone='Europe/Paris') }}",
                "2024-10-27T02:30:00+02:00"
            ),
            ("{{ '2013-09-08' | date(timeZone='Europe/Paris') }}", "2013-09-08T00:00:00.000000+02:00"),
        ])
    func printed(template: String, expected: String) throws { #expect(try render(template) == expected) }

    @Test(
        "dates are moved and counted",
        arguments: [
            ("{{ d | dateAdd(1, 'DAYS') }}", "2024-03-06T10:20:30.123456Z"),
            ("{{ d | dateAdd('2', 'HOURS', 'iso_sec') }}", "2024-03-05T12:20:30Z"),
            ("{{ '2024-01-31' | dateAdd(1, 'MONTHS', 'iso_local_date') }}", "2024-02-29"),
            ("{{ d | dateAdd(-1, 'MILLIS', 'iso_milli') }}", "2024-03-05T10:20:30.122Z"),
            ("{{ d | dateAdd(-1, 'DECADES', 'yyyy') }}", "2014"), ("{{ d | timestamp }}", "1709634030"),
            ("{{ d | timestampMilli }}", "1709634030123"),
            ("{{ d | timestampMicro }}", "1709634030123456"),
            ("{{ d | timestampMicro(timeZone='Europe/Paris') }}", "1709634030000123456"),
            ("{{ d | timestampNano }}", "1709634030123456000"),
            ("{{ d | timestampNano(timeZone='Europe/Paris') }}", "1709634030123456000"),
            ("{{ d | timestampMilli(timeZone='Europe/Paris') }}", "1709634030123"),
            ("{{ '2024-03-05' | timestamp(timeZone='Asia/Tokyo') }}", "1709564400"),
            ("{{ '05.03.2024' | timestamp(existingFormat='dd.MM.yyyy') }}", "1709596800"),
            ("{{ d | timestamp | className }}", "java.lang.Long"),
        ])
    func moved(template: String, expected: String) throws { #expect(try render(template) == expected) }

    @Test("times of other kinds are dates too")
    func typed() throws {
        let zoned = try #require(ZonedDateTime(iso: "2013-09-08T16:19:00+02:00"))
        let day = try #require(LocalDate(iso: "2013-09-08"))
        let variables: OrderedMap<Value> = [
            "z": .extended(.zonedDateTime(zoned)), "day": .extended(.localDate(day)),
            "i": .extended(.instant(testNow)),
        ]
        for (template, expected) in [
            ("{{ z }}", "2013-09-08T16:19+02:00"), ("{{ z | toJson }}", "\"2013-09-08T16:19:00+02:00\""),
            ("{{ [z] }}", "[\"2013-09-08T16:19:00+02:00\"]"),
            ("{{ day | date('HH:mm') }}", "12:00"), ("{{ i }}", "2024-03-05T10:20:30.123456Z"),
            ("{{ z < i }}", "true"),
        ] {
            #expect(try Template(template).render(context(variables)) == expected)
        }
    }

    @Test(
        "what is no date, unit, zone or pattern is refused",
        arguments: [
            "{{ 'x' | date }}", "{{ '2024-13-01' | date }}", "{{ d | dateAdd(1, 'NOPE') }}",
            "{{ d | date(timeZone='Nope/X') }}", "{{ d | date('b') }}",
            "{{ d | date(\"'x\") }}", "{{ t | date }}", "{{ d | date(locale='he') }}",
            "{{ d | date(locale='english') }}",
            "{{ '2024' | date(existingFormat='yyyy') }}", "{{ d | dateAdd('x', 'DAYS') }}",
        ])
    func refused(template: String) { #expect(fault(of: template) != nil) }
}
