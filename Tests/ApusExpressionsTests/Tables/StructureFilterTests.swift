import Testing

@Suite struct StructureFilterTests {
    @Test("filters that make texts of structures and look into them", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    private static func json(_ name: String) -> Entry {
        Entry(
            name,
            [
                ("{{ m | \(name) }}", "{\"b\":1,\"a\":[1,2]}"), ("{{ nothing | \(name) }}", "null"),
                ("{{ s | \(name) }}{{ e | \(name) }}", "\"Hello World\"\"\""),
                ("{{ [1.0, true, null, {}] | \(name) }}", "[1.0,true,null,{}]"),
                ("{{ 'é\"\n' | \(name) }}", "\"é\\\"\\n\""),
            ],
            refuses: [
                No("{{ m | \(name)(pretty=true) }}", "has no argument `pretty`"),
                No("{{ | \(name) }}", "expected an expression, found `|`", at: 4),
                No("{{ missing | \(name) }}", "Unable to find `missing`", at: 4),
            ])
    }

    static let entries: [Entry] = [
        json("json"), json("jsonEncode"), json("toJson"),
        Entry(
            "jq",
            [
                ("{{ m | jq('.a[1]') }}", "[2]"), ("{{ m | jq('.zz') }}", "[null]"),
                ("{{ m | jq('.a[]') }}", "[1,2]"),
                ("{{ m | jq(expression='[.a[] | . * 2]') | first }}", "[2,4]"),
                ("{{ '{\"k\": [1, {\"x\": \"y\"}]}' | jq('.k[1].x') }}", "[\"y\"]"),
                ("{{ el | jq('.[]') }}{{ {'é': 'ü'} | jq('.[\"é\"]') }}{{ 5 | jq('.') }}", "[][\"ü\"][5]"),
                ("{{ m | jq('env, $ENV') }}", "[{},{}]"), ("{{ (nothing | jq('.')) is null }}", "true"),
            ],
            refuses: [
                No("{{ m | jq }}", "needs the argument `expression`"),
                No("{{ s | jq('.a') }}", "the input of `jq` is not JSON"),
                No("{{ m | jq('.b.c') }}", "Cannot index number"),
                No("{{ m | jq('nope(') }}", "`nope(` is not a jq expression"),
                No("{{ m | jq('import \"x\" as $x; .') }}", "is not a jq expression"),
                No("{{ m | jq('halt') }}", "halt is not available"), No("{{ m | jq(1) }}", "takes text"),
            ]),
        Entry(
            "toIon",
            [
                ("{{ {'a': [1, 1.5, null], 'k c': 'x'} | toIon }}", "{a:[1,1.5e0,null],'k c':\"x\"}"),
                ("{{ nothing | toIon }}", "null"), ("{{ {'null': {}} | toIon }}", "{'null':{}}"),
                ("{{ 'é\"\n' | toIon }}{{ true | toIon }}", "\"é\\\"\\n\"true"),
            ],
            refuses: [
                No("{{ m | toIon(1) }}", "takes 0 arguments"),
                No("{{ | toIon }}", "expected an expression, found `|`", at: 4),
            ]),
        Entry(
            "yaml",
            [
                ("{{ m | yaml }}", "b: 1\na:\n - 1\n - 2\n"), ("{{ s | yaml }}", "Hello World\n"),
                ("{{ [{'a': 'y: z', 'b': 'true'}] | yaml }}", " - a: 'y: z'\n   b: 'true'\n"),
                ("{{ {} | yaml }}{{ el | yaml }}", "{}\n[]\n"), ("{{ nothing | yaml }}", "null"),
            ],
            refuses: [
                No("{{ m | yaml(2) }}", "takes 0 arguments"),
                No("{{ missing | yaml }}", "Unable to find `missing`", at: 4),
            ]),
    ]
}
