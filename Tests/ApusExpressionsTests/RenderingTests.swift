import ApusExpressions
import ApusModel
import Testing

@Suite struct TypedRenderingTests {
    @Test(
        "one expression keeps its type, several pieces become text",
        arguments: [
            ("{{ n }}", 5), ("{{ l }}", [3, 1, 2]), ("{{ t }}", true), ("{{ nothing }}", nil),
            ("{{ n }}{{ n }}", "55"),
            ("{{ n }} ", "5 "), ("[{{ n }},{{ l }}]", [5, [3, 1, 2]]), ("{{ l }} x", "[3,1,2] x"),
            ("plain", "plain"),
            ("{% if t %}{{ m }}{% endif %}", ["b": 1, "a": [1, 2]]), ("{% if not t %}x{% endif %}", nil),
            ("{{ f }}", 1.5), ("{{ e }}", ""), ("{{ '5' }}", "5"), ("{{ n }}{{ nothing }}", 5),
            ("{{ t }}{{ s }}", "trueHello World"),
            ("{{ l }}{{ m }}", "[3,1,2]{\"b\":1,\"a\":[1,2]}"), ("{\"k\": {{ n }}}", "{\"k\": 5}"),
            ("{\"k\": {{ l }}}", ["k": [3, 1, 2]]), ("", ""), ("{# c #}", nil), ("{% set x = 1 %}{{ x }}", 1),
        ] as [(String, Value)])
    func typed(template: String, expected: Value) throws {
        #expect(try Template(template).evaluate(context()) == expected)
    }

    @Test("the same context gives the same random values, other seeds and places others")
    func randomness() throws {
        let template = try Template("{{ uuid() }}")
        #expect(try template.render(context()) == template.render(context()))
        #expect(try template.render(context()) != template.render(context(seed: 8)))
        let tree = TemplateTree.compile(["{{ uuid() }}", "{{ uuid() }}"], edition: .one, at: ValuePath()).tree
        let items = try tree.render(context()).listValue ?? []
        #expect(items.count == 2 && items.first != items.last)
    }

    @Test("recursive rendering goes on until nothing changes")
    func recursion() throws {
        #expect(try Template("{{ third }}").render(context()) == "{{second}}")
        #expect(try Template("{{ third }}").render(context(recursive: true)) == "1")
        let loop: OrderedMap<Value> = ["a": "{{b}}", "b": "{{a}}"]
        #expect(throws: ExpressionError.self) {
            try Template("{{ a }}").render(context(loop, recursive: true))
        }
    }

    @Test(
        "conditions are judged by their text",
        arguments: [
            ("false", false), (" 0 ", false), ("-0", false), ("", false), ("\n", false), ("no", true),
            ("0.0", true), ("FALSE", true), ("null", true), ("[]", true), ("-0.0", true), ("00", true),
            ("- 0", true),
            ("\t-0\n", false), (" false ", false), ("fal se", true), ("é", true),
        ])
    func truth(text: String, expected: Bool) {
        #expect(isTruthy(rendered: text) == expected)
    }
}

@Suite struct TemplateTreeTests {
    @Test("texts and keys are rendered, other values stay, members that print nothing are null")
    func structure() throws {
        let value: Value = [
            "{{ first }}": "{{ n }}", "1": "lost", "numbers": [1, 2.5, true, nil], "none": "{{ nothing }}",
            "empty": "{{ e }}",
            "nested": [["{{ s }}"]],
        ]
        let (tree, faults) = TemplateTree.compile(value, edition: .one, at: ValuePath())
        #expect(faults.isEmpty)
        let expected: Value = [
            "1": "5", "numbers": [1, 2.5, true, nil], "none": nil, "empty": "", "nested": [["Hello World"]],
        ]
        #expect(try tree.render(context()) == expected)
    }

    @Test("a value without expressions is one literal, a text alone is never null")
    func literals() throws {
        #expect(TemplateTree.compile(["a": ["x", 1]], edition: .one, at: ValuePath()).tree.isLiteral)
        let tree = TemplateTree.compile("{{ nothing }}", edition: .one, at: ValuePath()).tree
        #expect(try tree.render(context()) == "")
    }

    @Test("all faults are found, each with its path")
    func faults() {
        let value: Value = ["a": "{{ }}", "b": ["{{ x", "{{ ok }}"]]
        let faults = TemplateTree.compile(value, edition: .one, at: ValuePath().key("tasks")).faults
        #expect(faults.map { $0.0.description } == ["tasks.a", "tasks.b[0]"])
    }

    @Test("reads and calls are known without rendering")
    func analysis() {
        let value: Value = [
            "a": "{{ outputs.load.uri }} {{ outputs[x].y.z }}",
            "b": "{% for i in vars.list %}{{ i.x }}{{ loop.index }}{% endfor %}",
            "c": "{{ now() | date(format=vars.f) }}{{ m['k'] }}{{ _context.q }}",
        ]
        let tree = TemplateTree.compile(value, edition: .one, at: ValuePath()).tree
        #expect(
            tree.reads == [
                ReadPath(root: "outputs", keys: ["load", "uri"]), ReadPath(root: "x"),
                ReadPath(root: "outputs", isExact: false),
                ReadPath(root: "vars", keys: ["list"]), ReadPath(root: "vars", keys: ["f"]),
                ReadPath(root: "m", keys: ["k"]),
                ReadPath(root: "q"),
            ])
        #expect(tree.calls == ["now"])
    }

    @Test("what may read anything says so")
    func readsEverything() throws {
        #expect(try Template("{{ render(vars.x) }}").reads.contains(ReadPath(root: "*")))
    }
}
