import Testing

@Suite struct DateFilterTests {
    @Test("filters for dates", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    static let entries: [Entry] = [
        Entry(
            "date",
            [
                ("{{ d | date('yyyy-MM-dd') }}", "2024-03-05"),
                ("{{ d | date }}", "2024-03-05T10:20:30.123456Z"),
                ("{{ d | date(format='HH:mm', timeZone='Europe/Paris') }}", "11:20"),
                (
                    "{{ 'July 24, 2001' | date('yyyy-MM-dd', existingFormat='MMMM dd, yyyy') }}", "2001-07-24"
                ),
                ("{{ d | date('EEEE d MMMM', locale='fr') }}", "mardi 5 mars"),
                ("{{ '2024-02-29' | date('iso_sec') }}", "2024-02-29T00:00:00Z"),
                ("{{ 1709634030123 | date('sql_milli') }}", "2024-03-05 10:20:30.123"),
                ("{{ (nothing | date) is null }}", "true"),
            ],
            refuses: [
                No("{{ 'x' | date }}", "`x` is not a date"), No("{{ '2024-13-01' | date }}", "is not a date"),
                No("{{ '' | date }}", "is not a date"), No("{{ t | date }}", "found boolean"),
                No("{{ d | date(timeZone='Nope/X') }}", "Nope/X"), No("{{ d | date('b') }}", "`b`"),
                No("{{ d | date(locale='english') }}", "english"),
                No("{{ d | date(1) }}", "takes text, found integer"),
                No("{{ d | date(zone='UTC') }}", "has no argument `zone`"),
                No("{{ d | date('yyyy', 'UTC', null, null, 1) }}", "takes 4 arguments, found 5"),
            ]),
        Entry(
            "dateAdd",
            [
                ("{{ d | dateAdd(1, 'DAYS') }}", "2024-03-06T10:20:30.123456Z"),
                ("{{ d | dateAdd('2', 'HOURS', 'iso_sec') }}", "2024-03-05T12:20:30Z"),
                (
                    "{{ '2024-01-31' | dateAdd(amount=1, unit='MONTHS', format='iso_local_date') }}",
                    "2024-02-29"
                ),
                ("{{ '2024-02-29' | dateAdd(-1, 'YEARS', 'yyyy-MM-dd') }}", "2023-02-28"),
                ("{{ d | dateAdd(-1, 'MILLIS', 'iso_milli') }}", "2024-03-05T10:20:30.122Z"),
                ("{{ d | dateAdd(0, 'WEEKS', 'HH', timeZone='Asia/Tokyo') }}", "19"),
                (
                    "{{ '05.03.24' | dateAdd(1, 'DAYS', 'EEEE', existingFormat='dd.MM.yy', locale='de') }}",
                    "Mittwoch"
                ),
                ("{{ (nothing | dateAdd(1, 'DAYS')) is null }}", "true"),
            ],
            refuses: [
                No("{{ d | dateAdd }}", "needs the argument `amount`"),
                No("{{ d | dateAdd(1) }}", "needs the argument `unit`"),
                No("{{ d | dateAdd(1, 'NOPE') }}", "NOPE"),
                No("{{ d | dateAdd('x', 'DAYS') }}", "an integer"),
                No("{{ d | dateAdd(1.5, 'DAYS') }}", "an integer"),
                No("{{ s | dateAdd(1, 'DAYS') }}", "not a date"),
            ]),
        Entry(
            "timestamp",
            [
                ("{{ d | timestamp }}", "1709634030"), ("{{ d | timestamp | className }}", "java.lang.Long"),
                ("{{ '1970-01-01' | timestamp }}{{ '1969-12-31T23:59:59.5Z' | timestamp }}", "0-1"),
                ("{{ '2024-03-05T00:00' | timestamp(timeZone='Asia/Tokyo') }}", "1709564400"),
                ("{{ '05/03/2024' | timestamp(existingFormat='dd/MM/yyyy') }}", "1709596800"),
                ("{{ (nothing | timestamp) is null }}", "true"),
            ],
            refuses: [
                No("{{ 'x' | timestamp }}", "`x` is not a date"),
                No("{{ d | timestamp(timeZone='Nope/X') }}", "Nope/X"),
                No("{{ d | timestamp('UTC', null, 1) }}", "takes 2 arguments, found 3"),
            ]),
        Entry(
            "timestampMicro",
            [
                ("{{ d | timestampMicro }}", "1709634030123456"),
                ("{{ d | timestampMicro | className }}", "java.lang.String"),
                ("{{ '1970-01-01' | timestampMicro(timeZone='UTC') }}", "0"),
                ("{{ '02/01/1970' | timestampMicro(existingFormat='dd/MM/yyyy') }}", "86400000000"),
                ("{{ (nothing | timestampMicro) is null }}", "true"),
            ],
            refuses: [
                No("{{ 'x' | timestampMicro }}", "`x` is not a date"),
                No("{{ d | timestampMicro(format='x') }}", "has no argument `format`"),
            ]),
        Entry(
            "timestampMilli",
            [
                ("{{ d | timestampMilli }}", "1709634030123"),
                ("{{ d | timestampMilli | className }}", "java.lang.Long"),
                ("{{ '1970-01-01T00:00:00.0015Z' | timestampMilli }}", "1"),
                ("{{ '02/01/1970' | timestampMilli(existingFormat='dd/MM/yyyy') }}", "86400000"),
                ("{{ (nothing | timestampMilli) is null }}", "true"),
            ],
            refuses: [
                No("{{ l | timestampMilli }}", "found list"),
                No("{{ d | timestampMilli(timeZone=1) }}", "takes text, found integer"),
            ]),
        Entry(
            "timestampNano",
            [
                ("{{ d | timestampNano }}", "1709634030123456000"),
                ("{{ d | timestampNano | className }}", "java.lang.String"),
                ("{{ '1970-01-01' | timestampNano }}", "0"),
                (
                    "{{ '01/01/1970 9' | timestampNano(timeZone='Asia/Tokyo', existingFormat='dd/MM/yyyy H') }}",
                    "0"
                ),
                ("{{ (nothing | timestampNano) is null }}", "true"),
            ],
            refuses: [
                No("{{ '9999-01-01' | timestampNano }}", "the date is too far away"),
                No("{{ e | timestampNano }}", "is not a date"),
            ]),
    ]
}
