import Testing

@Suite struct TagTests {
    @Test("tags", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    @Test(
        "tags that are not available are named",
        arguments: [
            "autoescape", "cache", "embed", "extends", "flush", "from", "import", "include", "parallel",
        ])
    func disabled(name: String) {
        let error = fault(of: "x\n {% \(name) 'y' %}")
        #expect(error?.reason == .syntax)
        #expect(error?.description == "the tag `\(name)` is not available (line 2, column 2)")
    }

    static let entries: [Entry] = [
        Entry(
            "block",
            [
                ("{% block \"b\" %}B{% endblock %}|{{ block(\"b\") }}", "B|B"),
                ("{% block b %}{% endblock %}|", "|"),
                ("{% block 'é' %}{{ n }}{% endblock %}{% set n = 6 %}{{ block('é') }}", "56"),
            ],
            refuses: [
                No("{% block %}x{% endblock %}", "expected the name of the block", at: 10),
                No("{% block b %}x", "the tag `block` is not closed: expected `endblock`", at: 1),
                No("{% block b c %}x{% endblock %}", "expected the end of the tag", at: 12),
                No("{% endblock %}", "unexpected tag `endblock`", at: 1),
            ]),
        Entry(
            "filter",
            [
                ("{% filter upper | trim %} a{{ n }} {% endfilter %}", "A5"),
                ("{% filter replace({'a': 'é'}) %}aba{% endfilter %}", "ébé"),
                ("{% filter upper %}{% endfilter %}|", "|"),
            ],
            refuses: [
                No(
                    "{% filter uper %}x{% endfilter %}", "there is no filter `uper`; did you mean `upper`?",
                    at: 11),
                No("{% filter %}x{% endfilter %}", "expected the name of a filter", at: 11),
                No("{% filter upper %}x", "is not closed: expected `endfilter`", at: 1),
                No("{% filter chunk(1) %}x{% endfilter %}", "takes a list, found text", at: 11),
            ]),
        Entry(
            "for",
            [
                (
                    "{% for i in l %}{{ loop.index }}={{ i }}{% if not loop.last %},{% endif %}{% endfor %}",
                    "0=3,1=1,2=2"
                ),
                (
                    "{% for i in l %}{{ loop.revindex }}{{ loop.first }}{{ loop.length }};{% endfor %}",
                    "2true3;1false3;0false3;"
                ),
                ("{% for e in m %}{{ e.key }}={{ e.value }};{% endfor %}", "b=1;a=[1,2];"),
                (
                    "{% for i in el %}x{% else %}none{% endfor %}{% for i in {} %}x{% else %}é{% endfor %}",
                    "noneé"
                ),
                ("{% for i in nothing %}x{% endfor %}|{% for i in nothing %}x{% else %}y{% endfor %}", "|y"),
                (
                    "{% for i in 1..2 %}{% for j in l %}{{ loop.index }}{% endfor %}{{ loop.index }};{% endfor %}",
                    "0120;0121;"
                ),
                ("{% for i in l %}{% endfor %}{{ i is defined }}{{ loop is defined }}", "falsefalse"),
            ],
            refuses: [
                No("{% for i in s %}x{% endfor %}", "`for` takes a list or a map, found text", at: 1),
                No("{% for i in 5 %}x{% endfor %}", "found integer", at: 1),
                No("{% for in l %}x{% endfor %}", "expected `in`, found `l`", at: 11),
                No("{% for i l %}x{% endfor %}", "expected `in`, found `l`", at: 10),
                No("{% for i in l %}x", "is not closed: expected `else` or `endfor`", at: 1),
                No("{% for i in missing %}x{% endfor %}", "Unable to find `missing`", at: 13),
                No("{% for i in l %}{{ loop.nope }}{% endfor %}", "Unable to find `nope`", at: 25),
                No("{% fro i in l %}", "unexpected tag `fro`; did you mean `for`?", at: 1),
            ]),
        Entry(
            "if",
            [
                ("{% if n > 9 %}a{% elseif n > 3 %}b{% else %}c{% endif %}", "b"),
                ("{% if e %}x{% endif %}{% if n %}y{% endif %}{% if 0 %}z{% endif %}|", "y|"),
                ("{% if t %}{% if false %}a{% else %}é{% endif %}{% endif %}", "é"),
                ("{% if t %}a{% elseif missing %}b{% endif %}", "a"),
            ],
            refuses: [
                No("{% if nothing %}x{% endif %}", "`if` takes a boolean, found null", at: 1),
                No("{% if l %}x{% endif %}", "`if` takes a boolean, found list", at: 1),
                No("{% if %}x{% endif %}", "expected an expression", at: 7),
                No("{% if t %}x", "is not closed", at: 1),
                No("{% if t %}x{% else %}y{% elseif t %}z{% endif %}", "unexpected tag `elseif`", at: 23),
                No("{% if t %}x{% endfor %}", "unexpected tag `endfor`", at: 12),
                No("a\n{% else %}", "unexpected tag", at: 1, line: 2),
            ]),
        Entry(
            "macro",
            [
                (
                    "{% macro f(a, b=\"d\") %}<{{ a }}{{ b }}>{% endmacro %}{{ f(1) }}{{ f(b=2, a=3) }}",
                    "<1d><32>"
                ),
                ("{% macro f(c) %}{{ c.n }}{% endmacro %}{{ f(_context) }}", "5"),
                ("{% macro f() %}{% endmacro %}{{ f() }}|{{ g() }}{% macro g() %}é{% endmacro %}", "|é"),
                ("{% macro f(a) %}{{ a is null }}{% endmacro %}{{ f() }}{{ f(null) }}", "truetrue"),
            ],
            refuses: [
                No("{% macro f() %}{{ n }}{% endmacro %}{{ f() }}", "Unable to find `n`", at: 19),
                No(
                    "{% macro f(a) %}{% endmacro %}{{ f(1, 2) }}", "the macro `f` takes 1 arguments, found 2",
                    at: 34),
                No("{% macro %}{% endmacro %}", "expected the name of the macro", at: 10),
                No("{% macro f %}{% endmacro %}", "expected `(`", at: 12),
                No("{% macro f() %}x", "is not closed", at: 1),
                No("{{ f(1) }}", "there is no function `f`", at: 4),
                No(
                    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "call each other more than 32 times",
                    at: 19),
            ]),
        Entry(
            "raw",
            [
                ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"), ("a {%-  raw%}{{ x }}{%endraw -%}", "a {{ x }}"),
                ("{%raw%}{% if %}{# é #}{%endraw%}", "{% if %}{# é #}"), ("{% raw %}{% endraw %}|", "|"),
                ("{{ render(\"{% raw %}{{ x }}{% endraw %}\") }}", "{{ x }}"),
            ],
            refuses: [
                No("{% raw %}{{ x }}", "unexpected tag `raw`", at: 1),
                No("{% endraw %}", "unexpected tag `endraw`", at: 1),
            ]),
        Entry(
            "set",
            [
                ("{% set x = n + 1 %}{{ x }}", "6"), ("{% set é = nothing %}{{ é is null }}", "true"),
                ("{% set x = 0 %}{% for i in l %}{% set x = x + i %}{% endfor %}{{ x }}", "6"),
                ("{% set n = 'x' %}{{ n }}{% set n = n ~ 'y' %}{{ n }}", "xxy"),
            ],
            refuses: [
                No("{% set x %}", "expected `=`", at: 10),
                No("{% set = 1 %}", "expected the name of a variable", at: 8),
                No("{% set x = %}", "expected an expression", at: 12),
                No("{% set x = missing %}", "Unable to find `missing`", at: 12),
            ]),
        Entry(
            "verbatim",
            [
                ("{% verbatim %}{% if %}{% endverbatim %}", "{% if %}"),
                ("a {%- verbatim -%} {{ é }} {%- endverbatim -%} b", "a {{ é }} b"),
                ("{% verbatim %}{% endverbatim %}|", "|"),
            ],
            refuses: [No("{% verbatim %}x", "unexpected tag `verbatim`", at: 1)]),
    ]
}
