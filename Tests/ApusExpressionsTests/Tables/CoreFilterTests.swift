import Testing

@Suite struct CoreFilterTests {
    @Test("filters for values of any kind", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    static let entries: [Entry] = [
        Entry(
            "className",
            [
                ("{{ s | className }}", "java.lang.String"), ("{{ n | className }}", "java.lang.Integer"),
                ("{{ 5 | className }}{{ (n + 1) | className }}", "java.lang.Longjava.lang.Long"),
                ("{{ f | className }}", "java.lang.Double"), ("{{ t | className }}", "java.lang.Boolean"),
                ("{{ m | className }}", "java.util.LinkedHashMap"),
                ("{{ l | className }}", "java.util.ArrayList"),
                ("{{ (nothing | className) ?? 'none' }}", "none"),
            ],
            refuses: [
                No("{{ missing | className }}", "Unable to find `missing`", at: 4),
                No("{{ s | className(1) }}", "takes 0 arguments"),
            ]),
        Entry(
            "default",
            [
                ("{{ missing | default('d') }}", "d"), ("{{ a.b[c].d | default('d') }}", "d"),
                ("{{ nothing | default('d') }}{{ e | default('d') }}{{ '  ' | default('d') }}", "ddd"),
                ("{{ el | default('d') }}{{ {} | default(default='d') }}", "dd"),
                (
                    "{{ 0 | default('d') }}{{ false | default('d') }}{{ s | default('d') }}",
                    "0falseHello World"
                ),
                ("{{ missing | default([1]) | first }}", "1"),
                ("{{ (nothing | default(nothing)) is null }}", "true"),
            ],
            refuses: [
                No("{{ missing | default }}", "needs the argument `default`"),
                No("{{ missing | default(missing2) }}", "Unable to find `missing2`", at: 22),
                No("{{ missing | upper | default('d') | date }}", "`d` is not a date", at: 37),
                No("{{ (1 / 0) | default('d') }}", "division by zero", at: 7),
            ]),
        Entry(
            "length",
            [
                ("{{ s | length }}{{ l | length }}{{ m | length }}", "1132"),
                ("{{ e | length }}{{ el | length }}{{ {} | length }}", "000"),
                ("{{ nothing | length }}{{ n | length }}", "00"),
                // As Java counts: a character beyond the first plane is two.
                ("{{ 'é' | length }}{{ '👍' | length }}", "12"),
            ],
            refuses: [
                No("{{ missing | length }}", "Unable to find `missing`", at: 4),
                No("{{ s | length(1) }}", "takes 0 arguments"),
            ]),
        Entry(
            "string",
            [
                ("{{ n | string | className }}", "java.lang.String"), ("{{ 1.50 | string }}", "1.5"),
                ("{{ l | string | first }}{{ true | string }}{{ s | string }}", "[trueHello World"),
                ("{{ (nothing | string) is null }}", "true"),
            ],
            refuses: [No("{{ n | string(2) }}", "takes 0 arguments")]),
    ]
}
