import ApusExpressions
import ApusModel
import Testing

@Suite struct SyntaxTests {
    @Test(
        "templates print these texts",
        arguments: [
            ("plain { text", "plain { text"), ("{{ s }}!", "Hello World!"), ("{{ m.a[0] }}", "1"),
            ("{{ m['a'] }}", "[1,2]"),
            ("{{ 'it\\'s' }}", "it's"), ("{{ \"q\\\"q\" }}", "q\"q"), ("{{ '\\d' }}", "\\d"),
            ("{{ \"{{ n }}\" }}", "{{ n }}"),
            ("{{ \"#{n + 1} and #{s | upper}\" }}", "6 and HELLO WORLD"),
            ("{{ [1, 'a', null] }}", "[1,\"a\",null]"),
            ("{{ {\"a\": {}} }}", "{\"a\":{}}"), ("{{ 1.10 }}", "1.1"),
            ("{{ 10000000000.0 * 1000000000 }}", "10000000000000000000.0"),
            ("{{ true }}{{ null }}|", "true|"), ("{# comment #}x", "x"), ("a {{- n -}} b", "a5b"),
            ("a {%- if t -%} b {%- endif %}", "ab"),
            ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"), ("a {%-  raw%}{{ x }}{%endraw -%}", "a {{ x }}"),
            ("{% verbatim %}{% if %}{% endverbatim %}", "{% if %}"),
            ("{{ ([1, 2])[1] }}", "2"), ("{{ -3 | abs }}", "3"),
        ])
    func prints(template: String, expected: String) throws {
        #expect(try render(template) == expected)
    }

    @Test(
        "tags work",
        arguments: [
            ("{% if n > 9 %}a{% elseif n > 3 %}b{% else %}c{% endif %}", "b"),
            (
                "{% for i in l %}{{ loop.index }}={{ i }}{% if not loop.last %},{% endif %}{% endfor %}",
                "0=3,1=1,2=2"
            ),
            (
                "{% for i in l %}{{ loop.revindex }}{{ loop.first }}{{ loop.length }};{% endfor %}",
                "2true3;1false3;0false3;"
            ),
            ("{% for e in m %}{{ e.key }}={{ e.value }};{% endfor %}", "b=1;a=[1,2];"),
            ("{% for i in el %}x{% else %}none{% endfor %}", "none"),
            ("{% for i in nothing %}x{% endfor %}|", "|"),
            ("{% set x = n + 1 %}{{ x }}", "6"),
            ("{% set x = 0 %}{% for i in l %}{% set x = x + i %}{% endfor %}{{ x }}", "6"),
            ("{% filter upper | trim %} a {% endfilter %}", "A"),
            (
                "{% macro f(a, b=\"d\") %}<{{ a }}{{ b }}>{% endmacro %}{{ f(1) }}{{ f(b=2, a=3) }}",
                "<1d><32>"
            ),
            ("{% macro f(c) %}{{ c.n }}{% endmacro %}{{ f(_context) }}", "5"),
            ("{% block \"b\" %}B{% endblock %}{{ block(\"b\") }}", "BB"),
        ])
    func tags(template: String, expected: String) throws {
        #expect(try render(template) == expected)
    }

    @Test(
        "what is no template is refused with its place",
        arguments: [
            ("{{ }}", 4), ("{{ get missing }}", 8), ("{{ 1 +* 2 }}", 7), ("x {{ s", 3), ("{{ 'a }}", 4),
            ("{% if t %}x", 1),
            ("{% include 'x' %}", 1), ("{% fro i in l %}", 1), ("{{ 'a' in l }}", 8),
            ("{{ s matches 'x' }}", 6),
            ("{{ t ? 1 }}", 10), ("{{ {\"a\": 1}.a }}", 12), ("{{ m.a.0 }}", 8), ("{{ ''.getClass() }}", 7),
            ("{{ | upper }}", 4),
            ("{# x", 1), ("{{ (1 }}", 7), ("{{ f(a=1, 2) }}", 11),
        ])
    func refused(template: String, column: Int) {
        let fault = fault(of: template)
        #expect(fault?.reason == .syntax)
        #expect(fault?.position == SourcePosition(line: 1, column: column))
    }

    @Test("a hyphen is part of a key that exists")
    func hyphens() throws {
        let variables: OrderedMap<Value> = ["outputs": ["my-task": ["value": "V"], "n": 7], "task": 2]
        for (template, expected) in [
            ("{{ outputs.my-task.value }}", "V"), ("{{ outputs.my-other ?? 'x' }}", "x"),
            ("{{ outputs.n-task * 2 }}", "3"),
            ("{{ outputs.n-3 }}", "4"), ("{{ outputs.n - task }}", "5"),
        ] {
            #expect(try Template(template).render(context(variables)) == expected)
        }
        #expect(throws: ExpressionError.self) {
            try Template("{{ outputs.my-other }}").render(context(variables))
        }
    }

    @Test("an unknown variable is named with its template, its line and a suggestion")
    func unknownVariable() {
        let template = "a\n{{ secnd }}"
        let fault = fault(of: template)
        #expect(fault?.reason == .unknownVariable("secnd", suggestion: "second"))
        #expect(fault?.position == SourcePosition(line: 2, column: 4))
        let message =
            "Unable to find `secnd` used in the expression `\(template)` at line 2; did you mean `second`?"
        #expect(fault?.message == message)
    }

    @Test(
        "missing attributes are errors",
        arguments: ["{{ m.zz }}", "{{ l[9] }}", "{{ nothing.x }}", "{{ s.length }}"])
    func missingAttribute(template: String) {
        guard case .unknownVariable? = fault(of: template)?.reason else {
            Issue.record("not an unknown variable")
            return
        }
    }

    @Test("unknown names are faults that matter only when they are reached")
    func unknownNames() throws {
        let template = try Template("{{ t ? 1 : (s | uper) }}")
        #expect(template.faults.map(\.reason) == [.unknownName("uper", suggestion: "upper")])
        #expect(try template.render(context()) == "1")
        #expect(fault(of: "{{ nwo() }}")?.reason == .unknownName("nwo", suggestion: "now"))
    }
}
