import Testing

@Suite struct NumberFilterTests {
    @Test("filters for numbers", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    static let entries: [Entry] = [
        Entry(
            "abs",
            [
                ("{{ -3 | abs }}{{ 3 | abs }}{{ 0 | abs }}", "330"), ("{{ -1.5 | abs }}", "1.5"),
                ("{{ (-9223372036854775807 - 1) | abs }}", "9223372036854775808"),
                ("{{ ('-99999999999999999999' | number) | abs }}", "99999999999999999999"),
                ("{{ (nothing | abs) is null }}", "true"),
            ],
            refuses: [
                No("{{ s | abs }}", "takes a number, found text"), No("{{ '3' | abs }}", "found text"),
                No("{{ t | abs }}", "found boolean"), No("{{ 1 | abs(2) }}", "takes 0 arguments"),
            ]),
        Entry(
            "number",
            [
                ("{{ '12' | number }}{{ '-7' | number }}{{ '+7' | number }}", "12-77"),
                ("{{ '0x1F' | number }}{{ '-#ff' | number }}{{ '0X0' | number }}", "31-2550"),
                ("{{ '0xffffffffffffffff' | number }}", "18446744073709551615"),
                ("{{ '2147483647' | number | className }}", "java.lang.Integer"),
                ("{{ '2147483648' | number | className }}", "java.lang.Long"),
                ("{{ '9223372036854775808' | number | className }}", "java.math.BigInteger"),
                ("{{ '12.5' | number }}{{ '12.3' | number | className }}", "12.5java.lang.Float"),
                ("{{ '12.123456789' | number | className }}", "java.lang.Double"),
                // As many digits as a float shows are not enough here.
                ("{{ '1234567.89' | number }}{{ '16777217.5' | number }}", "1234567.8916777217.5"),
                (
                    "{{ '0.12345678901234567890123' | number | className }}", "java.math.BigDecimal"
                ),
                ("{{ '1e3' | number }}{{ '.5' | number }}{{ '5.' | number }}", "1000.00.55.0"),
                ("{{ '12L' | number }}{{ '1.5f' | number }}{{ '1.5D' | number }}", "121.51.5"),
                ("{{ '99999999999999999999L' | number }}", "99999999999999999999"),
                ("{{ '1e50f' | number | className }}", "java.lang.Double"),
                // A leading zero means octal, as in Java.
                ("{{ '007' | number }}{{ '010' | number }}", "78"),
                ("{{ ['+99999999999999999999' | number] }}", "[99999999999999999999]"),
                ("{{ '12' | number('INT') }}{{ '0x10' | number(type='int') }}", "1216"),
                ("{{ '12' | number('LONG') | className }}", "java.lang.Long"),
                ("{{ '1.5' | number('FLOAT') | className }}", "java.lang.Float"),
                ("{{ '1.5' | number('DOUBLE') | className }}", "java.lang.Double"),
                ("{{ '12' | number('BIGDECIMAL') | className }}", "java.math.BigDecimal"),
                ("{{ ['.50' | number('BIGDECIMAL')] }}", "[0.5]"),
                ("{{ '12' | number('BIGINTEGER') | className }}", "java.math.BigInteger"),
                ("{{ (nothing | number) is null }}", "true"),
            ],
            refuses: [
                No("{{ 'x' | number }}", "`x` is not a number"), No("{{ e | number }}", "is not a number"),
                No("{{ 5 | number }}", "takes text, found integer"),
                No("{{ '1 ' | number }}", "is not a number"),
                No("{{ '--5' | number }}", "is not a number"), No("{{ '09' | number }}", "is not a number"),
                No("{{ '0x' | number }}", "is not a number"),
                No("{{ '0x+1' | number }}", "is not a number"),
                No("{{ '-0x-8000000000000000' | number }}", "is not a number"),
                No("{{ 'NaN' | number }}", "is not a number"), No("{{ '1.5L' | number }}", "is not a number"),
                No("{{ '١' | number }}", "is not a number"),
                No("{{ '1' | number('NOPE') }}", "BIGINTEGER, found `NOPE`"),
                No("{{ '2147483648' | number('INT') }}", "is not a number of type INT"),
                No("{{ '1.5' | number('LONG') }}", "is not a number of type LONG"),
                No("{{ '1e999' | number('DOUBLE') }}", "is not a number of type DOUBLE"),
                No("{{ '1e5' | number('BIGINTEGER') }}", "is not a number of type BIGINTEGER"),
            ]),
        Entry(
            "numberFormat",
            [
                ("{{ 1.232654 | numberFormat('#.##') }}", "1.23"), ("{{ 5 | numberFormat('000') }}", "005"),
                ("{{ f | numberFormat }}", "1.5"), ("{{ 1234567 | numberFormat }}", "1,234,567"),
                ("{{ 1234567.895 | numberFormat(format='#,##0.00') }}", "1,234,567.90"),
                ("{{ 0 | numberFormat('0.00') }}", "0.00"),
                ("{{ -5 | numberFormat('0.00;(0.00)') }}", "(5.00)"),
                ("{{ (nothing | numberFormat('0')) is null }}", "true"),
            ],
            refuses: [
                No("{{ s | numberFormat('0') }}", "takes a number, found text"),
                No("{{ '5' | numberFormat('0') }}", "takes a number, found text"),
                No("{{ f | numberFormat(1) }}", "takes text, found integer"),
                No("{{ f | numberFormat('0.0.0') }}", "`0.0.0`"),
            ]),
    ]
}
