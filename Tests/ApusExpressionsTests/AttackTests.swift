import ApusExpressions
import ApusModel
import Testing

/// What a hostile template must not do. Costs are told by counted steps and bytes, never by a clock.
@Suite struct AttackTests {
    struct Refusal: Sendable {
        var template: String
        /// Part of the message.
        var fragment: String

        init(_ template: String, _ fragment: String) {
            self.template = template
            self.fragment = fragment
        }
    }

    struct Rendering: Sendable {
        var template: String
        var text: String

        init(_ template: String, _ text: String) {
            self.template = template
            self.text = text
        }
    }

    static let variables: OrderedMap<Value> = [
        "s": "aaaaaaaaaa", "l": [1, 2, 3], "m": ["a": 1], "vars": ["x": 1],
        "inputs": ["evil": "{{ secret('x') }}"],
        "self": "{{ render(self) }}", "twice": "{{ render(twice) }}{{ render(twice) }}",
        "long": .string(String(repeating: "a", count: 50) + "!"),
        "floats": [.double(.infinity), .double(-.infinity), .double(.nan)],
    ]

    static func context(_ edition: Edition, _ limits: RenderLimits = RenderLimits()) -> RenderContext {
        RenderContext(variables: Variables(variables), now: testNow, edition: edition, limits: limits)
    }

    /// The fault that a template ends with, in each edition.
    static func faults(
        of template: String, limits: RenderLimits = RenderLimits(steps: 100_000, textBytes: 1 << 20)
    ) -> [ExpressionError] {
        [Edition.one, .two].compactMap { edition in
            do throws(ExpressionError) {
                _ = try Template(template, edition: edition).evaluate(context(edition, limits))
                return nil
            } catch {
                return error
            }
        }
    }

    // Injection

    static let injections: [Refusal] = [
        Refusal("{{ ''.getClass() }}", "is called like a method"),
        Refusal("{{ s.class.forName('java.lang.Runtime') }}", "is called like a method"),
        Refusal("{{ s.class }}", "text has no attributes"),
        Refusal("{{ s['class'] }}", "text has no attributes"),
        Refusal("{{ beans }}", "Unable to find `beans`"),
        Refusal("{{ _self }}", "Unable to find `_self`"),
        Refusal("{{ _self.env }}", "Unable to find `_self`"),
        Refusal("{{ vars.__proto__ }}", "Unable to find `__proto__`"),
        Refusal("{{ vars.constructor.prototype }}", "Unable to find `constructor`"),
        Refusal("{{ s | getClass }}", "there is no filter `getClass`"),
        Refusal("{{ s | map('system') }}", "there is no filter `map`"),
        Refusal("{{ s | upper.apply }}", "expected the end of the expression"),
        Refusal("{{ upper('a') }}", "there is no function `upper`"),
        Refusal("{{ system('id') }}", "there is no function `system`"),
        Refusal("{% import '/etc/passwd' %}", "the tag `import` is not available"),
        Refusal("{% include '/etc/passwd' %}", "the tag `include` is not available"),
        Refusal("{% extends 'x' %}", "the tag `extends` is not available"),
        Refusal("{{ range(0, 1e9) }}", "expected `,`, found `e9`"),
        Refusal("{{ m | jq('env') | first }}{{ m | jq('input') }}", "input is not available"),
        Refusal("{{ read('../../etc/passwd') }}", "leaves its folder"),
        Refusal("{{ read('http://169.254.169.254/') }}", "scheme not supported"),
    ]

    @Test("what other languages offer to an intruder does not exist", arguments: injections)
    func injection(row: Refusal) {
        let faults = Self.faults(of: row.template)
        #expect(faults.count == 2)
        for fault in faults { #expect(fault.message.contains(row.fragment)) }
    }

    static let inert: [Rendering] = [
        Rendering("{{ inputs.evil }}", "{{ secret('x') }}"),
        Rendering("{{ inputs.evil | upper | lower }}", "{{ secret('x') }}"),
        Rendering("a {{ inputs.evil ~ '' }} b", "a {{ secret('x') }} b"),
        Rendering("{{ inputs }}", "{\"evil\":\"{{ secret('x') }}\"}"),
        Rendering("{% set x = inputs.evil %}{{ x }}", "{{ secret('x') }}"),
        Rendering("{% for x in [inputs.evil] %}{{ x }}{% endfor %}", "{{ secret('x') }}"),
        Rendering("{{ m | jq('env') | first }}", "{}"),
        Rendering("{{ m | jq('$ENV') | first }}", "{}"),
    ]

    @Test("a value that looks like a template stays text", arguments: inert)
    func stays(row: Rendering) throws {
        for edition in [Edition.one, .two] {
            let text = try Template(row.template, edition: edition).render(Self.context(edition))
            #expect(text == row.text)
        }
    }

    // Cost

    static let parentheses = String(repeating: "(", count: 10_000)

    static let nested: [Refusal] = [
        Refusal(
            "{{ " + parentheses + "1" + String(repeating: ")", count: 10_000) + " }}",
            "more than 100 brackets"),
        Refusal("{{ " + String(repeating: "not ", count: 10_000) + "true }}", "more than 100 operators"),
        Refusal(
            "{{ 1" + String(repeating: " + 1", count: 10_000) + " }}", "more than 200 operators in a row"),
        Refusal("{{ m" + String(repeating: ".a", count: 10_000) + " }}", "more than 200 accessors in a row"),
        Refusal(String(repeating: "{% if true %}", count: 10_000), "more than 100 tags inside each other"),
        Refusal(String(repeating: "{{ s | nosuchfilter }}", count: 5000), "more than 100 mistakes"),
        Refusal(
            "{{ [" + String(repeating: "s | nosuchfilter, ", count: 5000) + "] }}", "more than 100 mistakes"),
    ]

    /// By place, since a failing test would print the whole template.
    @Test("nesting and mistakes have a bound", arguments: nested.indices)
    func nesting(place: Int) throws {
        let row = try #require(Self.nested.indices.contains(place) ? Self.nested[place] : nil)
        let faults = Self.faults(of: row.template)
        #expect(faults.count == 2)
        for fault in faults { #expect(fault.message.contains(row.fragment)) }
    }

    static let multiplications: [String] = [
        "{{ range(0, 1000000000) }}",
        "{{ range(0, 900000) }}",
        "{% for a in range(1, 1000) %}{% for b in range(1, 1000) %}{% for c in range(1, 1000) %}{% endfor %}{% endfor %}{% endfor %}",
        "{% set x = s %}{% for i in range(1, 40) %}{% set x = x ~ x %}{% endfor %}{{ x }}",
        "{% set x = [1] %}{% for i in range(1, 60) %}{% set x = [x, x] %}{% endfor %}{{ x }}",
        "{% set x = [1] %}{% for i in range(1, 60) %}{% set x = x + x %}{% endfor %}{{ x | length }}",
        "{% set x = [1] %}{% for i in range(1, 60) %}{% set x = x | merge(x) %}{% endfor %}{{ x | length }}",
        "{% set x = s %}{% for i in range(1, 40) %}{% set x = x | replace({'a': 'aaaaaaaaaa'}) %}{% endfor %}",
        "{% set x = s %}{% for i in range(1, 40) %}{% set x = x | regexReplace('a', 'aaaaaaaaaa') %}{% endfor %}",
        "{% set x = '\"' %}{% for i in range(1, 40) %}{% set x = x | toJson | toJson %}{% endfor %}",
        "{% set x = '\"' %}{% for i in range(1, 40) %}{% set x = x | toIon | toIon %}{% endfor %}",
        "{{ '\n\n\n\n\n\n' | indent(10000) | replace({' ': '\n'}) | indent(10000) }}",
        "{{ range(1, 90000) | distinct | length }}",
        "{% set x = range(1, 5000) %}{{ x contains x }}",
        "{% set x = range(1, 5000) %}{{ x - x }}",
        "{% set x = range(1, 50) %}{% for i in range(1, 12) %}{% set x = [x, x] %}{% endfor %}{{ x == x }}",
        "{% set x = range(1, 1000) %}{% for i in range(1, 1000) %}{{ i isIn x }}{% endfor %}",
        "{% set x = range(1, 1000) %}{% for i in range(1, 1000) %}{% set y = x | reverse %}{% endfor %}",
        "{% for i in range(1, 100) %}{% set x = m | jq('.a + ' ~ i) %}{% endfor %}",
        "{{ render(twice) }}",
    ]

    @Test("work that multiplies is stopped by a limit", arguments: multiplications)
    func multiplication(template: String) {
        let faults = Self.faults(of: template)
        #expect(faults.count == 2)
        for fault in faults { #expect(fault.reason == .limit) }
    }

    @Test("a rendering inside itself ends with the name of the limit")
    func recursion() {
        for fault in Self.faults(of: "{{ render(self) }}") {
            #expect(fault.reason == .limit)
            #expect(fault.message.contains("16 times"))
        }
    }

    @Test("a text of ten megabytes and a loop over 100,000 items are within the product's bounds")
    func large() throws {
        let loop = "{% for i in range(1, 100000) %}{{ i }}{% if i > 5 %},{% endif %}{% endfor %}"
        #expect(try Template(loop).render(Self.context(.one)).utf8.count > 500_000)
        let text =
            "{% for i in range(1, 20) %}{% for j in range(1, 10000) %}"
            + String(repeating: "x", count: 50) + "{% endfor %}{% endfor %}"
        #expect(try Template(text).render(Self.context(.one)).utf8.count == 10_000_000)
    }

    // Regular expressions

    static let regexes: [(template: String, text: String)] = [
        ("{{ long | regexMatch('(a+)+$') }}", "false"),
        ("{{ long | regexMatch('(a|a)*b') }}", "false"),
        ("{{ long | regexMatch('(x+x+)+y|(a+a+)+y') }}", "false"),
        ("{{ long | regexMatch('^(a|aa)+$') }}", "false"),
        ("{{ (long | regexExtract('^(([a-z])+.)+[A-Z]([a-z])+$')) is null }}", "true"),
        ("{{ long | replace({'(a+)+$': 'x'}, regexp=true) | length }}", "5001"),
        ("{{ long | split('(a+)+$') | length }}", "1"),
    ]

    @Test("a regular expression that explodes elsewhere takes time that follows the text", arguments: regexes)
    func explosion(template: String, text: String) throws {
        let long = String(repeating: "a", count: 5000) + "!"
        let context = RenderContext(
            variables: Variables(["long": .string(long)]), now: Timestamp(microseconds: 0))
        #expect(try Template(template).render(context) == text)
    }

    static let backtracking: [String] = [
        "{{ long | regexMatch('(?=(a+)+$)b') }}", "{{ long | regexMatch('(a*)*b') }}",
        "{{ long | regexMatch('(a?){50}a{50}b') }}",
    ]

    @Test(
        "one that looks around, loops over nothing or is large is stopped by a count of its steps",
        arguments: backtracking)
    func backtracks(template: String) throws {
        let long = String(repeating: "a", count: 5000) + "!"
        let context = RenderContext(
            variables: Variables(["long": .string(long)]), now: Timestamp(microseconds: 0))
        #expect {
            try Template(template).render(context)
        } throws: { error in
            (error as? ExpressionError)?.message.contains("takes more than") == true
        }
    }

    @Test("a regular expression of a large repetition is refused when it is compiled")
    func repetition() {
        for fault in Self.faults(of: "{{ s | regexMatch('((a{500}){500}){500}') }}") {
            #expect(fault.message.contains("regular expression") || fault.reason == .limit)
        }
    }

    // What the fuzzer found: a trap, or a value out of proportion. None may end the process.

    static let found: [String] = [
        "{{ dayOfWeek(-9223372036854775807 - 1) }}",
        "{{ (-9223372036854775807 - 1) | date }}",
        "{{ (-9223372036854775807 - 1) | abs }}",
        "{{ (-9223372036854775807 - 1) / -1 }}",
        "{{ (-9223372036854775807 - 1) % -1 }}",
        "{{ '2024-03-05T10:20:30Z' | dateAdd(9223372036854775807, 'YEARS') }}",
        "{{ floats | sort }}", "{{ floats | toJson | fromJson }}", "{{ floats | first | numberFormat }}",
        "{{ s | slice(9223372036854775807, 1) }}", "{{ l | chunk(9223372036854775807) }}",
        "{{ '%9999999999$s' | format(1) }}", "{{ m | jq('\"x\" * 1000000') }}",
        "{{ '1e999999999' | number('BIGDECIMAL') | numberFormat }}",
    ]

    @Test("inputs that the fuzzer found leave a text or a fault", arguments: found)
    func findings(template: String) {
        for edition in [Edition.one, .two] {
            do throws(ExpressionError) {
                _ = try Template(template, edition: edition).evaluate(Self.context(edition))
            } catch {
                #expect(!error.message.isEmpty)
            }
        }
    }
}
