import ApusExpressions
import ApusModel
import Testing

/// The elements of a template, one entry each.
@Suite struct SyntaxTableTests {
    @Test("elements of templates", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    static let entries: [Entry] = [
        Entry(
            "text",
            [
                ("plain { text } %} #}", "plain { text } %} #}"), ("", ""), ("é\n{ {n} }", "é\n{ {n} }"),
                // Nothing is escaped for HTML.
                ("{{ '<a href=\"x\">&</a>' }}", "<a href=\"x\">&</a>"),
            ],
            refuses: [No("{{", "expected `}}`", at: 1)]),
        Entry(
            "print",
            [
                ("{{ s }}!", "Hello World!"), ("{{s}}{{n}}", "Hello World5"), ("{{\n n\t}}", "5"),
                ("a{{ nothing }}b", "ab"),
            ],
            refuses: [
                No("{{ }}", "expected an expression", at: 4), No("x {{ s", "expected `}}`", at: 3),
                No("{{ s }", "`}` closes nothing", at: 6), No("{{ get missing }}", "found `missing`", at: 8),
                No("{{ s; }}", "unexpected character `;`", at: 5),
                No("a\nb {{ ,", "expected `}}`", at: 3, line: 2),
            ]),
        Entry(
            "tag",
            [
                // The line break behind a tag stays.
                ("{% set x = 1 %}\n{{ x }}\n{# c #}\n", "\n1\n\n"), ("{%set x=1%}{{x}}", "1"),
                ("{% if t %}\na\n{% endif %}\n", "\na\n\n"),
            ],
            refuses: [
                No("{% %}", "a tag begins with its name", at: 1),
                No("{% 5 %}", "a tag begins with its name", at: 1),
                No("{% nope %}", "unexpected tag `nope`", at: 1), No("{% if t", "expected `%}`", at: 1),
            ]),
        Entry(
            "comment",
            [
                ("{# comment #}x", "x"), ("a{# many\nlines {{ n }} {% if %} #}b", "ab"),
                ("{##}|{# é #}", "|"),
                ("a {#- c -#} b", "ab"),
            ],
            refuses: [
                No("{# x", "the comment is not closed by `#}`", at: 1),
                No("a\n {# #", "is not closed", at: 2, line: 2),
            ]),
        Entry(
            "whitespace control",
            [
                ("a {{- n -}} b", "a5b"), ("a \n\t{{- n }} b", "a5 b"), ("a {{ n -}} \n b", "a 5b"),
                ("a {%- if t -%} b {%- endif -%} c", "abc"), ("{{ n - 1 }}{{ n -1 }}{{ -n }}", "44-5"),
            ],
            refuses: [No("a {{- n - }} b", "expected an expression", at: 11)]),
        Entry(
            "string literal",
            [
                ("{{ 'it\\'s' }}{{ \"q\\\"q\" }}{{ '' }}", "it'sq\"q"),
                ("{{ '\\d' }}{{ 'a\\\\b' }}", "\\da\\\\b"),
                ("{{ 'é👍\n' }}|", "é👍\n|"), ("{{ \"{{ n }}\" }}{{ '%}' }}", "{{ n }}%}"),
                ("{{ \"#{n + 1} and #{s | upper}\" }}{{ '#{n}' }}", "6 and HELLO WORLD#{n}"),
                ("{{ \"#{\"#{n}\"}\" }}{{ \"#{nothing}\" }}|", "5|"),
            ],
            refuses: [
                No("{{ 'a }}", "the text is not closed by `'`", at: 4),
                No("{{ \"a }}", "is not closed by `\"`", at: 4),
                No("{{ \"#{n\" }}", "is not closed", at: 8),
                No("{{ \"#{}\" }}", "expected an expression", at: 7),
                No("{{ \"#{missing}\" }}", "Unable to find `missing`", at: 7),
            ]),
        Entry(
            "number literal",
            [
                ("{{ 0 }}{{ 007 }}{{ 12L }}", "0712"), ("{{ 1.10 }}{{ 0.5 }}", "1.10.5"),
                ("{{ 9223372036854775807 }}", "9223372036854775807"),
                ("{{ 5 | className }}{{ 5.0 | className }}", "java.lang.Longjava.lang.Double"),
                ("{{ 10000000000.0 * 1000000000 }}", "10000000000000000000.0"),
                ("{{ 0.0000001 }}", "0.0000001"),
            ],
            refuses: [
                No("{{ 9223372036854775808 }}", "does not fit into 64 bits", at: 4),
                No("{{ 1. }}", "found `.`", at: 5),
                No("{{ .5 }}", "expected an expression", at: 4), No("{{ 1x }}", "found `x`", at: 5),
            ]),
        Entry(
            "other literals",
            [
                ("{{ true }}{{ false }}", "truefalse"), ("{{ null }}{{ none }}|", "|"),
                ("{{ null is null and none is null }}", "true"),
            ],
            refuses: [
                No("{{ True }}", "Unable to find `True`", at: 4),
                No("{{ undefined }}", "Unable to find", at: 4),
            ]),
        Entry(
            "list literal",
            [
                ("{{ [1, 'a', null, [true]] }}", "[1,\"a\",null,[true]]"), ("{{ [] }}{{ [1,] }}", "[][1]"),
                ("{{ ([1, 2])[1] }}{{ [1 + 1, s | upper] }}", "2[2,\"HELLO WORLD\"]"),
            ],
            refuses: [
                No("{{ [1 }}", "`}` closes nothing", at: 7), No("{{ [1 2] }}", "expected `,`", at: 7),
                No("{{ [,] }}", "expected an expression", at: 5),
                No("{{ [1, 2][1] }}", "expected the end", at: 10),
            ]),
        Entry(
            "map literal",
            [
                ("{{ {\"k\": 1, 'k2': [2]} }}", "{\"k\":1,\"k2\":[2]}"),
                ("{{ {} }}{{ {'a': {}} }}", "{}{\"a\":{}}"),
                ("{{ {s: n, 1: 'é', 'a' ~ 'b': null} }}", "{\"Hello World\":5,\"1\":\"é\",\"ab\":null}"),
                ("{{ ({'a': 1}).a }}{{ {'a': 1, 'a': 2} }}", "1{\"a\":2}"),
            ],
            refuses: [
                No("{{ {\"a\": 1}.a }}", "expected the end of the expression", at: 12),
                No("{{ {'a'} }}", "expected `:`", at: 8),
                No("{{ {not: json} }}", "expected an expression", at: 8),
                No("{{ {'a': 1 'b': 2} }}", "expected `,`", at: 12),
            ]),
        Entry(
            "attribute access",
            [
                ("{{ m.b }}{{ m['a'] }}{{ m[\"b\"] }}{{ m.a[0] }}", "1[1,2]11"),
                ("{{ l[n - 4] }}{{ l['0'] }}{{ l['9'] ?? 'd' }}", "13d"),
                ("{{ d1['b-c'].x }}{{ d1['a b'] }}{{ d1['a.b'] }}{{ d1.é }}", "1234"),
                ("{{ d1[key].x }}{{ d1.b-c.x }}", "11"),
            ],
            refuses: [
                No("{{ m.zz }}", "Unable to find `zz` used in the expression `{{ m.zz }}` at line 1", at: 6),
                No("{{ l[9] }}", "the list has 3 items", at: 5),
                No("{{ l[-1] }}", "Unable to find `-1`", at: 5),
                No("{{ nothing.x }}", "Unable to find `x`", at: 12), No("{{ nothing.x }}", "is null", at: 12),
                No("{{ s.length }}", "text has no attributes", at: 6),
                No("{{ m.a.0 }}", "expected the name", at: 8),
                No("{{ m. }}", "expected the name of an attribute", at: 7),
                No("{{ m[] }}", "expected an expression", at: 6),
                No("{{ ''.getClass() }}", "`getClass` is called like a method", at: 7),
                No("{{ s[0] }}", "text has no items", at: 5),
            ],
            variables: [
                "m": ["b": 1, "a": [1, 2]], "l": [3, 1, 2], "n": 5, "nothing": nil, "s": "x", "key": "b-c",
                "d1": ["b-c": ["x": 1], "a b": 2, "a.b": 3, "é": 4],
            ]),
        Entry(
            "call",
            [
                ("{{ range(1, 3) }}{{ range(1, end=2) }}{{ range(end=2, start=1) }}", "[1,2,3][1,2][1,2]"),
                ("{{ max( 1 ,\n2 ) }}", "2"),
                ("{{ fromJson('[1, 2]')[1] }}{{ fromJson('{\"a\": 3}').a }}", "23"),
            ],
            refuses: [
                No("{{ f(a=1, 2) }}", "a positional argument cannot follow a named one", at: 11),
                No("{{ range(1, start=2) }}", "got the argument `start` twice", at: 4),
                No("{{ range(1, 2, 3, 4) }}", "takes 3 arguments, found 4", at: 4),
                No(
                    "{{ range(1, 2, incremnt=3) }}", "no argument `incremnt`; did you mean `increment`?",
                    at: 4),
                No("{{ nwo() }}", "there is no function `nwo`; did you mean `now`?", at: 4),
                No("{{ range(1 }}", "closes nothing", at: 12), No("{{ range(1 2) }}", "expected `,`", at: 12),
            ]),
        Entry(
            "grouping",
            [
                ("{{ (1 + 2) * 3 }}{{ ((n)) }}", "95"), ("{{ (missing ?? 'a') | upper }}", "A"),
                ("{{ (s) ~ (n) }}", "Hello World5"),
            ],
            refuses: [
                No("{{ (1 }}", "`}` closes nothing", at: 7), No("{{ () }}", "expected an expression", at: 5),
                No("{{ 1) }}", "`)` closes nothing", at: 5),
            ]),
        Entry(
            "no operator",
            [
                // Words that are operators elsewhere are plain names here.
                ("{{ matches }}{{ in }}", "12"), ("{{ in + 1 }}", "3"), ("{% set if = 3 %}{{ if }}", "3"),
            ],
            refuses: [
                No("{{ 'a' in l }}", "found `in`", at: 8),
                No("{{ 's' matches 'x' }}", "found `matches`", at: 8),
                No("{{ 1 = 1 }}", "found `=`", at: 6), No("{{ 1 && 1 }}", "unexpected character `&`", at: 6),
                No("{{ !in }}", "unexpected character `!`", at: 4),
                No("{{ 1 ** 2 }}", "expected an expression", at: 7),
                No("{{ 1 == == 2 }}", "expected an expression", at: 9),
                No("{{ 1 <> 2 }}", "expected an expression", at: 7),
            ], variables: ["matches": 1, "in": 2, "l": []]),
    ]
}
