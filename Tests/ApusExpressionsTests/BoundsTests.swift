import ApusExpressions
import ApusModel
import Testing

@Suite struct BoundsTests {
    @Test(
        "templates that would take the service down are refused",
        arguments: [
            "{{ " + String(repeating: "(", count: 5000) + "1" + String(repeating: ")", count: 5000) + " }}",
            "{{ " + String(repeating: "not ", count: 5000) + "true }}",
            "{{ s" + String(repeating: " | upper", count: 5000) + " }}",
            "{{ m" + String(repeating: ".a", count: 5000) + " }}",
            String(repeating: "{% if true %}", count: 5000),
            "{% set x = 1 %}{% for i in range(1, 100000) %}{% set x = [x] %}{% endfor %}",
            "{% set x = 'aaaaaaaaaaaaaaaa' %}{% for i in range(1, 99) %}{% set x = x ~ x %}{% endfor %}",
            "{% set x = [1] %}{% for i in range(1, 99) %}{% set x = x + x %}{% endfor %}",
            "{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}",
            "{% set y = \"{{ render(_context.y) }}\" %}{{ render(y) }}",
            "{{ ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' | regexMatch('(?=(a+)+$)b')) }}",
            "{{ s | regexMatch('((a{999}){999}){999}') }}",
            "{{ fromJson('" + String(repeating: "[", count: 5000) + "') }}",
            "{{ fromIon('" + String(repeating: "[", count: 5000) + "') }}", "{{ '%999999d' | format(1) }}",
            "{{ m | jq('def f: f; f') }}",
            "{% set x = [1] %}{% for i in range(1, 60) %}{% set x = [x, x] %}{% endfor %}{{ x }}",
            "{% set x = [1] %}{% for i in range(1, 9999) %}{% set x = x | chunk(1) %}{% endfor %}",
            "{% set x = 1 %}{% for i in range(1, 9999) %}{% set x = fetchContext() %}{% endfor %}",
            "{{ m | jq('reduce range(60) as $i (1; [., .])') }}",
        ])
    func refused(template: String) { #expect(fault(of: template) != nil) }

    @Test("a rendering that calls itself ends with the limit of attempts")
    func attempts() {
        let variables: OrderedMap<Value> = ["first": "{{second}}", "second": "{{first}}"]
        #expect { try Template("{{ render(first) }}").render(context(variables)) } throws: {
            ($0 as? ExpressionError)?.message.contains("Too many rendering attempts") == true
        }
    }
}
