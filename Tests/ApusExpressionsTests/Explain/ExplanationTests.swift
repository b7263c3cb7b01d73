import ApusExpressions
import ApusModel
import Testing

/// Templates and the lines that explain them.
@Suite struct ExplanationTests {
    struct Transcript: Sendable {
        var template: String
        var lines: [String]
        var edition: Edition = .one

        init(_ template: String, _ lines: String..., edition: Edition = .one) {
            self.template = template
            self.lines = lines
            self.edition = edition
        }
    }

    static let expressions: [Transcript] = [
        Transcript("plain"),
        Transcript("{{ 1 }}"),
        Transcript("{{ n + 1 }}", "1:4  n      = 5", "1:4  n + 1  = 6"),
        Transcript(
            "{{ n + 1 | string }}", "1:4  n               = 5", "1:8  1 | string      = \"1\"",
            "1:4  n + 1 | string  = \"51\""),
        Transcript(
            "a\n {{ (n + 1)\n | string }}", "2:6  n                 = 5", "2:6  n + 1             = 6",
            "2:5  (n + 1) | string  = \"6\""),
        Transcript(
            "{{ m.a[n - 4] }}", "1:8  n           = 5", "1:8  n - 4       = 1", "1:4  m.a[n - 4]  = 2"),
        Transcript(
            "{{ n > 3 ? s : e }}", "1:4   n              = 5", "1:4   n > 3          = true",
            "1:12  s              = \"Hello World\"", "1:16  e              not evaluated",
            "1:4   n > 3 ? s : e  = \"Hello World\""),
        Transcript(
            "{{ no.way ?? s }}", "1:4   no.way       undefined", "1:14  s            = \"Hello World\"",
            "1:4   no.way ?? s  = \"Hello World\""),
        Transcript(
            "{{ s ?? no.way }}", "1:4  s            = \"Hello World\"", "1:9  no.way       not evaluated",
            "1:4  s ?? no.way  = \"Hello World\""),
        Transcript(
            "{{ no is defined and n > 3 }}", "1:4   no                       undefined",
            "1:4   no is defined            = false", "1:22  n > 3                    not evaluated",
            "1:4   no is defined and n > 3  = false"),
        Transcript(
            "{{ nothing | upper }}", "1:4  nothing          = null", "1:4  nothing | upper  = null"),
        Transcript("{{ m.a-1 }}", "1:4  m.a    = [1,2]", "1:4  m.a-1  = [2]"),
        Transcript(
            "{{ \"a#{n}\" ~ s }}", "1:8   n            = 5", "1:14  s            = \"Hello World\"",
            "1:4   \"a#{n}\" ~ s  = \"a5Hello World\""),
        Transcript(
            "{{ no ?? n | string }}", "1:4   no                undefined", "1:10  n                 = 5",
            "1:10  n | string        = \"5\"", "1:4   no ?? n | string  = \"5\"", edition: .two),
        Transcript(
            "{{ n | className }}", "1:4  n              = 5", "1:4  n | className  = \"java.lang.Integer\""),
    ]

    static let tags: [Transcript] = [
        Transcript(
            "{% if n > 9 %}a{% elseif n > 3 %}{{ e }}{% elseif t %}c{% else %}d{% endif %}",
            "1:7   n             = 5", "1:7   n > 9         = false", "1:26  n             = 5",
            "1:26  n > 3         = true", "1:26  elseif n > 3  taken", "1:51  elseif t      not evaluated",
            "1:1   else          not evaluated", "1:37  e             = \"\""),
        Transcript(
            "{% if not t %}a{% else %}b{% endif %}", "1:11  t      = true", "1:7   not t  = false",
            "1:1   else   taken"),
        Transcript(
            "{% for x in csv | split(',') %}{{ x | upper }}{% endfor %}",
            "1:13  csv                        = \"a,b,c\"",
            "1:13  csv | split(',')           = [\"a\",\"b\",\"c\"]",
            "1:1   for x in csv | split(',')  round 1: \"a\"", "1:35    x                        = \"a\"",
            "1:35    x | upper                = \"A\"", "1:1   for x in csv | split(',')  round 2: \"b\"",
            "1:35    x                        = \"b\"", "1:35    x | upper                = \"B\"",
            "1:1   for x in csv | split(',')  round 3: \"c\"", "1:35    x                        = \"c\"",
            "1:35    x | upper                = \"C\""),
        Transcript(
            "{% for x in el %}{{ x }}{% endfor %}", "1:13  el           = []", "1:1   for x in el  no rounds"),
        Transcript(
            "{% set y = n * 2 %}{{ y }}", "1:12  n      = 5", "1:12  n * 2  = 10", "1:12  set y  = 10",
            "1:23  y      = 10"),
        Transcript(
            "{% filter upper | abbreviate(4) %}{{ s }}{% endfilter %}", "1:38  s           = \"Hello World\"",
            "1:11  upper       = \"HELLO WORLD\"", "1:19  abbreviate  = \"H...\""),
        Transcript(
            "{% macro f(a) %}{{ a * 2 }}{% endmacro %}{{ f(n) }}", "1:47  n      = 5", "1:20  a      = 5",
            "1:20  a * 2  = 10", "1:45  f(n)   = \"10\""),
    ]

    @Test("each step of an expression is told with its place and value", arguments: expressions)
    func expression(_ transcript: Transcript) throws { try check(transcript) }

    @Test("tags tell which way they went", arguments: tags)
    func tag(_ transcript: Transcript) throws { try check(transcript) }

    private func check(_ transcript: Transcript) throws {
        let template = try Template(transcript.template, edition: transcript.edition)
        let explanation = try template.explain(context(edition: transcript.edition))
        let lines = explanation.text.split(separator: "\n").map(String.init)
        #expect(lines == transcript.lines)
        #expect(try explanation.result.get() == render(transcript.template, edition: transcript.edition))
    }

    @Test(
        "a failure is told at its step, and the steps around it are not",
        arguments: [
            ("{{ n }} {{ (1 / (n - 5)) + n }}", "1:13  1 / (n - 5)  ! division by zero"),
            ("{{ s | nosuch }}", "1:4  s | nosuch  ! there is no filter `nosuch`"),
            (
                "{{ n + m.zz }}",
                "1:8  m.zz  ! Unable to find `zz` used in the expression `{{ n + m.zz }}` at line 1"
            ),
            (
                "{% for x in n %}{% endfor %}",
                "1:1   {% for x in n %}{% endfor %}  ! `for` takes a list or a map, found integer"
            ),
        ])
    func failure(template: String, last: String) throws {
        let explanation = try Template(template).explain(context())
        #expect(explanation.text.split(separator: "\n").last.map(String.init) == last)
        #expect(throws: ExpressionError.self) { try explanation.result.get() }
    }

    @Test("a failure that the template allows for does not end the steps")
    func allowedFailure() throws {
        let explanation = try Template("{{ (m.zz | upper) ?? n }}").explain(context())
        #expect(try explanation.result.get() == "5")
        #expect(explanation.steps.map(\.source) == ["m.zz", "m.zz | upper", "n", "(m.zz | upper) ?? n"])
    }
}
