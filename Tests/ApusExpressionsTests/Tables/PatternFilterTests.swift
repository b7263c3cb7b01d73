import Testing

@Suite struct PatternFilterTests {
    @Test("filters that search", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    static let entries: [Entry] = [
        Entry(
            "regexExtract",
            [
                ("{{ 'order-12-done-67' | regexExtract('\\d+') }}", "12"),
                ("{{ 'a-1' | regexExtract(regex='(\\w)-(\\d)', group=2) }}", "1"),
                ("{{ ('abc' | regexExtract('z')) ?? 'none' }}", "none"),
                ("{{ ('abc' | regexExtract('(a)(x)?', 2)) is null }}", "true"),
                ("{{ 'aéb' | regexExtract('[^a-z]') }}{{ 123 | regexExtract('2.') }}", "é23"),
                ("{{ (nothing | regexExtract('a')) is null }}", "true"),
            ],
            refuses: [
                No("{{ s | regexExtract }}", "needs the argument `regex`"),
                No("{{ s | regexExtract('(a)', 2) }}", "has 1 groups, there is no group 2"),
                No("{{ s | regexExtract('a', -1) }}", "there is no group -1"),
                No("{{ s | regexExtract('a', 'x') }}", "takes an integer, found text"),
                No("{{ s | regexExtract(null) }}", "is null"),
            ]),
        Entry(
            "regexMatch",
            [
                ("{{ 'order 12' | regexMatch('\\d+') }}", "true"),
                ("{{ s | regexMatch(regex='^o') }}", "false"),
                ("{{ e | regexMatch('^$') }}{{ 123 | regexMatch('2') }}", "truetrue"),
                ("{{ 'né' | regexMatch('n.$') }}", "true"),
                ("{{ nothing | regexMatch('.*') }}", "false"),
            ],
            refuses: [
                No("{{ s | regexMatch }}", "needs the argument `regex`"),
                No("{{ s | regexMatch('(') }}", "regular expression"),
                No("{{ s | regexMatch('a', 'i') }}", "takes 1 argument, found 2"),
            ]),
        Entry(
            "regexReplace",
            [
                ("{{ 'abbc-abc' | regexReplace('b+', 'x') }}", "axc-axc"),
                ("{{ 'me@host' | regexReplace('(?<u>\\w+)@(\\w+)', '$2 at ${u}') }}", "host at me"),
                (
                    "{{ 'abc' | regexReplace(regex='z', replacement='x') }}{{ e | regexReplace('x', 'y') }}",
                    "abc"
                ),
                ("{{ 'a1é' | regexReplace('[^a-z]', '') }}{{ 121 | regexReplace('1', '\\$') }}", "a$2$"),
                ("{{ (nothing | regexReplace('a', 'b')) is null }}", "true"),
            ],
            refuses: [
                No("{{ s | regexReplace('b') }}", "needs the argument `replacement`"),
                No("{{ s | regexReplace('[', 'x') }}", "regular expression"),
                No("{{ s | regexReplace('l', '$3') }}", "there is no group 3"),
                No("{{ s | regexReplace('l', '$x') }}", "is followed by the number of a group"),
                No("{{ s | regexReplace('l', null) }}", "is null"),
            ]),
        Entry(
            "replace",
            [
                ("{{ s | replace({'o': '0', 'l': '1'}) }}", "He110 W0r1d"),
                ("{{ 'ab' | replace({'a': 'b', 'b': 'c'}) }}", "cc"),
                ("{{ s | replace({'[lo]+': '_'}, regexp=true) }}", "He_ W_r_d"),
                (
                    "{{ '2024-01' | replace(replace_pairs={'(\\d+)-(\\d+)': '$2/$1'}, regexp=true) }}",
                    "01/2024"
                ),
                ("{{ ['a', {'k': 'a'}] | replace({'a': 'x'}) }}", "[\"x\",{\"k\":\"x\"}]"),
                ("{{ [1, {'k': 12}] | replace({'1': 'é'}) }}", "[\"é\",{\"k\":\"é2\"}]"),
                (
                    "{{ 121 | replace({'1': '0'}) }}{{ e | replace({'a': 'b'}) }}{{ 'x' | replace({}) }}",
                    "020x"
                ),
                ("{{ 'a.b' | replace({'.': '-'}) }}", "a-b"),
                ("{{ (nothing | replace({'a': 'b'})) is null }}", "true"),
            ],
            refuses: [
                No("{{ s | replace }}", "needs the argument `replace_pairs`"),
                No("{{ s | replace('x') }}", "takes a map, found text"),
                No("{{ s | replace({}, 'x') }}", "takes a boolean, found text"),
                No("{{ s | replace({'(': 'x'}, true) }}", "regular expression"),
                No("{{ s | replace({'l': '$1'}, true) }}", "there is no group 1"),
            ]),
        Entry(
            "split",
            [
                ("{{ csv | split(',') }}", "[\"a\",\"b\",\"c\"]"),
                ("{{ 'a,b,,' | split(',') }}", "[\"a\",\"b\"]"),
                ("{{ 'a,b,,' | split(delimiter=',', limit=-1) }}", "[\"a\",\"b\",\"\",\"\"]"),
                ("{{ 'a1b22c' | split('[0-9]+', 2) }}", "[\"a\",\"b22c\"]"),
                ("{{ 'a.b' | split('\\.') }}{{ 'ab' | split('') }}", "[\"a\",\"b\"][\"a\",\"b\"]"),
                (
                    "{{ e | split(',') }}{{ ',,' | split(',') }}{{ ',a' | split(',') }}",
                    "[\"\"][][\"\",\"a\"]"
                ),
                ("{{ 'né-né' | split('é-?') }}", "[\"n\",\"n\"]"),
                ("{{ (nothing | split(',')) is null }}", "true"),
            ],
            refuses: [
                No("{{ csv | split }}", "needs the argument `delimiter`"),
                No("{{ csv | split('(') }}", "regular expression"),
                No("{{ csv | split(',', 'x') }}", "takes an integer, found text"),
                No("{{ csv | split(1) }}", "takes text, found integer"),
                No("{{ l | split(',') }}", "takes text, found list"),
            ]),
    ]
}
