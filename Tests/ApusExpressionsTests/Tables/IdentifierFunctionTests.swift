import Testing

@Suite struct IdentifierFunctionTests {
    @Test("functions that make identifiers and random numbers", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    static let entries: [Entry] = [
        Entry(
            "id",
            [
                ("{{ id() | regexMatch('^[0-9A-Za-z]{22}$') }}", "true"), ("{{ id() == id() }}", "false"),
                ("{{ id() | className }}", "java.lang.String"),
            ],
            refuses: [No("{{ id(5) }}", "takes 0 arguments, found 1")]),
        Entry(
            "ksuid",
            [
                ("{{ ksuid() | regexMatch('^[0-9A-Za-z]{27}$') }}", "true"),
                ("{{ ksuid() == ksuid() }}", "false"),
                // The time comes first, so that later ones sort later.
                ("{{ (ksuid() | slice(0, 4)) == (ksuid() | slice(0, 4)) }}", "true"),
            ],
            refuses: [No("{{ ksuid(length=5) }}", "has no argument `length`")]),
        Entry(
            "nanoId",
            [
                ("{{ nanoId() | regexMatch('^[0-9A-Za-z_-]{21}$') }}", "true"),
                ("{{ nanoId(length=30, alphabet='abc') | regexMatch('^[abc]{30}$') }}", "true"),
                ("{{ nanoId(5, 'é') }}{{ nanoId(1000, 'a') | length }}", "ééééé1000"),
                ("{{ nanoId(1) | length }}{{ nanoId(null, null) | length }}", "121"),
            ],
            refuses: [
                No("{{ nanoId(length=0) }}", "is 1 to 1000, found 0"), No("{{ nanoId(-1) }}", "found -1"),
                No("{{ nanoId(1001) }}", "is 1 to 1000, found 1001"),
                No("{{ nanoId('5') }}", "takes an integer"),
                No("{{ nanoId(5, '') }}", "the alphabet of a nano id is empty"),
                No("{{ nanoId(5, 6) }}", "takes text, found integer"),
            ]),
        Entry(
            "randomInt",
            [
                ("{{ randomInt(1, 10) isIn range(1, 9) }}", "true"), ("{{ randomInt(3, 3) }}", "3"),
                ("{{ randomInt(lower=-10, upper=-9) }}", "-10"),
                ("{{ randomInt(n, 6) }}{{ randomInt(0, 9223372036854775807) >= 0 }}", "5true"),
            ],
            refuses: [
                No("{{ randomInt(1) }}", "needs the argument `upper`"),
                No("{{ randomInt() }}", "needs the argument"),
                No("{{ randomInt('1', '2') }}", "takes integers, found text"),
                No("{{ randomInt(1.0, 2) }}", "takes integers, found number"),
                No("{{ randomInt(2, 1) }}", "`upper` is less than `lower`: 1 < 2"),
                No("{{ randomInt(null, 1) }}", "is null"),
            ]),
        Entry(
            "uuid",
            [
                (
                    "{{ uuid() | regexMatch('^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$') }}",
                    "true"
                ),
                ("{{ uuid() == uuid() }}", "false"), ("{{ uuid() | slice(0, 13) }}", "018e0e21-0a2b"),
            ],
            refuses: [No("{{ uuid(7) }}", "takes 0 arguments, found 1")]),
    ]
}
