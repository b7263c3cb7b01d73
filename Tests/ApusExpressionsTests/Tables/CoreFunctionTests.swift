import Testing

@Suite struct CoreFunctionTests {
    @Test("functions on numbers and times", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    static let entries: [Entry] = [
        Entry(
            "block",
            [
                ("{% block \"b\" %}B{% endblock %}{{ block(\"b\") }}", "BB"),
                ("{% block b %}{{ n }}{% endblock %}|{{ block('b') | className }}", "5|java.lang.String"),
                ("{% block 'é' %}{% endblock %}{{ block(name='é') }}|", "|"),
            ],
            refuses: [
                No("{{ block('x') }}", "there is no block `x`"),
                No("{{ block() }}", "needs the argument `name`"),
                No("{{ block('x', 'y') }}", "needs the argument `name`"),
            ]),
        Entry(
            "max",
            [
                ("{{ max(1, 5, 3) }}{{ max(2) }}", "52"), ("{{ max(2.5, 1) }}{{ max('a', 'b') }}", "2.5b"),
                ("{{ max([3, 9, 1]) }}{{ max(-1, -2) }}", "9-1"), ("{{ max(null, 4, null) }}", "4"),
                ("{{ max(null) is null }}{{ max([]) is null }}", "truetrue"),
            ],
            refuses: [
                No("{{ max() }}", "needs at least one argument"),
                No("{{ max(1, 'a') }}", "cannot be compared"),
                No("{{ max(a=1) }}", "has no argument `a`"),
            ]),
        Entry(
            "min",
            [
                ("{{ min(4, 1, 3) }}{{ min(2.5, 1) }}", "11"), ("{{ min('b', 'a') }}{{ min([3, 2]) }}", "a2"),
                ("{{ min(null, 4) }}{{ min(null) is null }}", "4true"),
            ],
            refuses: [
                No("{{ min() }}", "needs at least one argument"),
                No("{{ min([1], [2]) }}", "list and list cannot be compared"),
            ]),
        Entry(
            "now",
            [
                ("{{ now() }}", "2024-03-05T10:20:30.123456Z"),
                ("{{ now(format='HH:mm', timeZone='Asia/Tokyo') }}", "19:20"),
                ("{{ now('yyyy') | number + 1 }}", "2025"),
                ("{{ now('EEEE', locale='de') }}{{ now(existingFormat='x') | length }}", "Dienstag27"),
                ("{{ now(null, null) | className }}", "java.lang.String"),
            ],
            refuses: [
                No("{{ now(timeZone='Nope/X') }}", "Nope/X"), No("{{ now(1) }}", "takes text, found integer"),
                No("{{ now(zone='UTC') }}", "has no argument `zone`"), No("{{ now('b') }}", "`b`"),
            ]),
        Entry(
            "range",
            [
                ("{{ range(1, 3) }}{{ range(0, 10, 5) }}", "[1,2,3][0,5,10]"),
                ("{{ range('a', 'c') }}{{ range('e', 'a', -2) }}", "[\"a\",\"b\",\"c\"][\"e\",\"c\",\"a\"]"),
                ("{{ range(3, 1, increment=-1) }}{{ range(3, 1) }}", "[3,2,1][]"),
                ("{{ range(start=2, end=2) }}{{ range(-1, 1) }}{{ range(0, 5, 2) }}", "[2][-1,0,1][0,2,4]"),
                ("{{ range(1, 1000000) | length }}{{ range(1, 2, null) }}", "1000000[1,2]"),
            ],
            refuses: [
                No("{{ range(1) }}", "needs the argument `end`"),
                No("{{ range(1, 'b') }}", "two integers or two letters"),
                No("{{ range('ab', 'c') }}", "two integers or two letters"),
                No("{{ range(1, 5, 0) }}", "cannot be 0"), No("{{ range(1, 2, 'x') }}", "takes an integer"),
                No("{{ range(0, 2000000000) }}", "at most 1000000 items"),
                No("{{ range(-9223372036854775807, 9223372036854775807) }}", "at most 1000000 items"),
                No("{{ range(1, null) }}", "is null"),
            ]),
    ]
}
