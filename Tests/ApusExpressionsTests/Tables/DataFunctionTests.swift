import Testing

@Suite struct DataFunctionTests {
    @Test("functions that read values out of texts", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    private static func fromJSON(_ name: String) -> Entry {
        Entry(
            name,
            [
                ("{{ \(name)('{\"k\": [1, 2]}').k[1] }}", "2"),
                ("{{ \(name)('5') + 1 }}{{ \(name)(json='1.5') }}", "61.5"),
                ("{{ \(name)('[]') }}{{ \(name)('{\"a\": {}}') }}", "[]{\"a\":{}}"),
                ("{{ \(name)('\"\\u00e9\"') }}{{ \(name)(' true ') }}", "étrue"),
                (
                    "{{ \(name)('null') is null }}{{ \(name)(null) is null }}{{ \(name)(nothing) is null }}",
                    "truetruetrue"
                ),
            ],
            refuses: [
                No("{{ \(name)() }}", "needs the argument `json`"),
                No("{{ \(name)('{nope') }}", "the text is not JSON"),
                No("{{ \(name)('') }}", "the text is not JSON"),
                No("{{ \(name)(5) }}", "takes text, found integer"),
                No("{{ \(name)(m) }}", "takes text, found map"),
                No("{{ \(name)('1', '2') }}", "takes 1 argument, found 2"),
            ])
    }

    static let entries: [Entry] = [
        fromJSON("fromJson"), fromJSON("json"), fromJSON("jsonDecode"),
        Entry(
            "fromIon",
            [
                ("{{ fromIon('{a: 1, b: [1.5, 2d0, sym, x::3]}') }}", "{\"a\":1,\"b\":[1.5,2.0,\"sym\",3]}"),
                ("{{ fromIon('1 2 3') }}{{ fromIon(ion='1 2 3', allRows=true) }}", "1[1,2,3]"),
                ("{{ fromIon('{d: 2024-04-21T23:00:00.000Z}').d | date('yyyy') }}", "2024"),
                (
                    "{{ fromIon('\"\\u00e9\"') }}{{ fromIon('{\\'a b\\': \\'\\'\\'x\\'\\'\\'}') }}",
                    "é{\"a b\":\"x\"}"
                ),
                ("{{ fromIon({'k c': [1.5, null]} | toIon) }}", "{\"k c\":[1.5,null]}"),
                (
                    "{{ fromIon('') is null }}{{ fromIon(null) is null }}{{ fromIon(' ', true) is null }}",
                    "truetruetrue"
                ),
            ],
            refuses: [
                No("{{ fromIon() }}", "needs the argument `ion`"),
                No("{{ fromIon('{a: ') }}", "the text is not Ion"),
                No("{{ fromIon(5) }}", "takes text, found integer"),
                No("{{ fromIon('1', 'x') }}", "takes a boolean, found text"),
                No("{{ fromIon('1', rows=true) }}", "has no argument `rows`"),
            ]),
        Entry(
            "yaml",
            [
                ("{{ yaml('a: {b: 1}').a.b }}", "1"),
                ("{{ yaml(yaml='[1, 2.5, true, x]') }}", "[1,2.5,true,\"x\"]"),
                ("{{ yaml('é') }}{{ yaml('a: &r 1\nb: *r').b }}", "é1"),
                (
                    "{{ yaml('null') is null }}{{ yaml('~') is null }}{{ yaml('a:').a is null }}",
                    "truetruetrue"
                ),
            ],
            refuses: [
                No("{{ yaml() }}", "needs the argument `yaml`"),
                No("{{ yaml('a: [') }}", "the text is not YAML"),
                No("{{ yaml('') }}", "must not be empty"), No("{{ yaml('# a') }}", "must not be empty"),
                No("{{ yaml(null) }}", "the argument `yaml` of the function `yaml` is null"),
                No("{{ yaml(m) }}", "takes text, found map"),
            ]),
    ]
}
