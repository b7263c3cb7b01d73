import ApusExpressions
import ApusModel
import Testing

/// How values become text, what is undefined, and what holds of any engine of these templates.
@Suite struct RenderingTableTests {
    @Test("what values are as text", arguments: texts)
    func texts(entry: Entry) { entry.check() }

    @Test("what is undefined and what is null", arguments: undefined)
    func undefined(entry: Entry) { entry.check() }

    @Test("what must hold", arguments: checklist)
    func checklist(entry: Entry) { entry.check() }

    private static let values: OrderedMap<Value> = [
        "list": ["string", 1, 1.123], "map": ["string": "string", "int": 1], "bool": true, "nothing": nil,
        "int": 5,
        "whole": 2.0, "large": 1e20, "tiny": 1.5e-7, "float": .extended(.float(1.123)),
        "decimal": .extended(.decimal("12345678901234567890.10")), "bytes": .extended(.bytes([0xC3, 0xA9])),
        "instant": .extended(.instant(testNow)),
        "day": .extended(.localDate(LocalDate(daysSinceEpoch: 19787))),
        "zoned": ZonedDateTime(iso: "2013-09-08T16:19:00+02:00").map { .extended(.zonedDateTime($0)) } ?? nil,
        "local": LocalDateTime(iso: "2013-09-08T16:19:00").map { .extended(.localDateTime($0)) } ?? nil,
        "minute": .extended(.duration(ISODuration(microseconds: 60_000_000))),
    ]

    static let texts: [Entry] = [
        Entry(
            "collections",
            [
                ("{{ list }}", "[\"string\",1,1.123]"), ("{{ map }}", "{\"string\":\"string\",\"int\":1}"),
                ("{{ [] }}{{ {} }}{{ [[]] }}", "[]{}[[]]"),
                ("{{ [null, true, 'é\"'] }}", "[null,true,\"é\\\"\"]"),
            ], refuses: [No("{{ list }}{{ missing }}", "Unable to find `missing`", at: 14)], variables: values
        ),
        Entry(
            "scalars",
            [
                ("{{ bool }}{{ not bool }}{{ int }}", "truefalse5"), ("{{ nothing }}|", "|"),
                ("{{ whole }}{{ float }}", "2.01.123"),
                ("{{ large }}{{ tiny }}", "100000000000000000000.00.00000015"),
                ("{{ decimal }}{{ [decimal] }}", "12345678901234567890.10[12345678901234567890.10]"),
                ("{{ bytes }}", "é"),
            ], refuses: [], variables: values),
        Entry(
            "times",
            [
                ("{{ zoned }}", "2013-09-08T16:19+02:00"),
                ("{{ [zoned] }}", "[\"2013-09-08T16:19:00+02:00\"]"),
                ("{{ zoned | toJson }}", "\"2013-09-08T16:19:00+02:00\""),
                ("{{ local }} {{ [local] }}", "2013-09-08T16:19 [\"2013-09-08T16:19:00\"]"),
                (
                    "{{ instant }}{{ [instant] }}",
                    "2024-03-05T10:20:30.123456Z[\"2024-03-05T10:20:30.123456Z\"]"
                ),
                ("{{ day }}{{ [day] }}", "2024-03-05[\"2024-03-05\"]"), ("{{ minute }}", "PT1M"),
            ], refuses: [], variables: values),
    ]

    static let undefined: [Entry] = [
        Entry(
            "undefined",
            [
                (
                    "{{ missing is defined }}{{ a.b.c is defined }}{{ m[missing].b is defined }}",
                    "falsefalsefalse"
                ),
                ("{{ missing ?? 'd' }}{{ missing ??? 'd' }}{{ missing | default('d') }}", "ddd"),
                ("{{ a.b ?? 'd' }}{{ m.zz.y ??? 'd' }}{{ l[9].x | default('d') }}", "ddd"),
                ("{{ false and missing }}{{ t or missing }}{{ t ? 1 : missing }}", "falsetrue1"),
            ],
            refuses: [
                No(
                    "{{ missing }}",
                    "Unable to find `missing` used in the expression `{{ missing }}` at line 1", at: 4),
                No(
                    "a\n{{ m.missing }}",
                    "Unable to find `missing` used in the expression `a\n{{ m.missing }}` at line 2", at: 6,
                    line: 2),
                No("{{ secnd }}", "did you mean `second`?", at: 4),
                No("{{ missing is null }}", "Unable to find", at: 4),
                No("{{ missing is empty }}", "Unable to find", at: 4),
                No("{{ missing ?? missing2 }}", "`missing2`", at: 15),
                No("{{ missing | upper }}", "Unable to find `missing`", at: 4),
                No("{{ [missing] }}", "`missing`", at: 5),
            ]),
        Entry(
            "null",
            [
                ("{{ nothing }}|{{ nothing ??? 'd' }}|", "||"),
                ("{{ nothing ?? 'd' }}{{ nothing | default('d') }}", "dd"),
                ("{{ nothing is null }}{{ nothing is empty }}{{ nothing is defined }}", "truetruefalse"),
                (
                    "{{ nothing == null }}{{ nothing contains 1 }}{{ nothing isIn l }}{{ nothing > 1 }}",
                    "truefalsefalsefalse"
                ),
            ],
            refuses: [
                No("{{ nothing.x }}", "Unable to find `x`", at: 12),
                No("{{ nothing['x'] }}", "Unable to find `x`", at: 11),
                No("{{ nothing + 1 }}", "found null", at: 12),
                No("{% if nothing %}{% endif %}", "found null", at: 1),
            ]),
        Entry(
            "not replaced",
            [
                ("{{ e ?? 'd' }}|{{ false ?? 'd' }}{{ 0 ?? 'd' }}{{ {} ?? 'd' }}", "|false0{}"),
                ("{{ 0 | default('d') }}{{ false | default('d') }}", "0false"),
            ], refuses: []),
    ]

    private static let chain: OrderedMap<Value> = [
        "first": "1", "second": "{{first}}", "third": "{{second}}", "list": ["string", 1, 1.123],
        "map": ["int": 1],
        "block": ["test": ["child": "awesome"]], "inner": "test", "empty": [:], "loop1": "{{loop2}}",
        "loop2": "{{loop1}}",
        "var": "x",
        "date": ZonedDateTime(iso: "2013-09-08T16:19:00+02:00").map { .extended(.zonedDateTime($0)) } ?? nil,
    ]

    static let checklist: [Entry] = [
        Entry(
            "1", [("{{ list }} // {{ map }}", "[\"string\",1,1.123] // {\"int\":1}")], refuses: [],
            variables: chain),
        Entry("2", [("{{ list[3] is defined ? a : null }}", "")], refuses: [], variables: chain),
        Entry("3", [("{{ \"apple\" ~ \"pear\" }}", "applepear")], refuses: [], variables: chain),
        Entry(
            "4", [("{{ block[missing].child ?? block[inner].child }}", "awesome")], refuses: [],
            variables: chain),
        Entry("5", [("{{ empty ?? 'UNDEFINED' }}", "{}")], refuses: [], variables: chain),
        Entry(
            "6", [], refuses: [No("{{ render(loop1) }}", "Too many rendering attempts", at: 4)],
            variables: chain),
        Entry("7", [("{{ third }}", "{{second}}")], refuses: [], variables: chain),
        Entry(
            "8",
            [
                ("{% raw %}{{ var }}{% endraw %}", "{{ var }}"),
                ("{{ render('{% raw %}{{ var }}{% endraw %} {{ second }}') }}", "{{ var }} 1"),
            ], refuses: [], variables: chain),
        Entry("10", [("{{ date }}", "2013-09-08T16:19+02:00")], refuses: [], variables: chain),
    ]

    @Test("a member of a map that prints nothing is null, alone it is the empty text")
    func nothing() throws {
        let value: Value = ["key": "{{ l[3] is defined ? a : null }}", "empty": "{{ e }}"]
        let tree = TemplateTree.compile(value, edition: .one, at: ValuePath()).tree
        #expect(try tree.render(context()) == ["key": nil, "empty": ""])
        #expect(try render("{{ l[3] is defined ? a : null }}") == "")
    }

    @Test("a map of numbers is rendered unchanged")
    func unchanged() throws {
        let value: Value = ["numbers": [1, 2, 3], "n": 1.5, "b": true, "none": nil]
        let tree = TemplateTree.compile(value, edition: .one, at: ValuePath()).tree
        #expect(tree.isLiteral)
        #expect(try tree.render(context()) == value)
    }

    @Test("rendering that calls itself names the limit and the line")
    func depth() throws {
        let variables: OrderedMap<Value> = ["deep": "{{ render(deep) }}"]
        #expect { try Template("a\n{{ render(deep) }}").render(context(variables)) } throws: {
            let error = $0 as? ExpressionError
            return error?.message.contains("more than 16 times") == true && error?.position.line == 1
        }
    }
}
