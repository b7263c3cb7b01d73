import ApusExpressions
import ApusModel
import Testing

@Suite struct ExplanationBoundsTests {
    private func explain(_ template: String, _ facts: Facts = Facts()) throws -> Explanation {
        try Template(template).explain(context(facts: facts))
    }

    @Test("five rounds of a loop are shown, the rest is counted")
    func loops() throws {
        let steps = try explain("{% for x in 1..100 %}{{ x }}{% endfor %}{{ n }}").steps
        #expect(steps.filter { $0.source == "x" }.count == 5)
        #expect(steps.suffix(2).map(\.outcome) == [.furtherIterations(95), steps.last?.outcome])
        #expect(steps.last?.source == "n")
    }

    @Test("loops inside a round that is not shown are not shown either")
    func nestedLoops() throws {
        let template = "{% for x in 1..7 %}{% for y in 1..9 %}{{ y }}{% endfor %}{% endfor %}"
        let steps = try explain(template).steps
        #expect(steps.filter { $0.source == "y" }.count == 25)
        #expect(steps.filter { $0.outcome == .furtherIterations(4) }.count == 5)
        #expect(steps.last?.outcome == .furtherIterations(2))
        #expect(steps.first { $0.source == "y" }?.level == 2)
    }

    @Test("the round that fails is shown, however late it comes")
    func lateFailure() throws {
        let template =
            "{% for x in 1..50 %}{% for y in 1..8 %}{{ 1 / (x * y - 240) }}{% endfor %}{% endfor %}"
        let outcomes = try explain(template).steps.suffix(3).map(\.outcome.description)
        #expect(outcomes == ["round 30: 30", "round 8: 8", "! division by zero"])
    }

    @Test("a failure in a hidden round that the template allows for stays hidden")
    func hiddenFailure() throws {
        let steps = try explain("{% for x in 1..9 %}{{ (m.zz | upper) ?? x }}{% endfor %}").steps
        #expect(steps.last?.outcome == .furtherIterations(4))
        #expect(steps.filter { $0.source == "m.zz" }.count == 5)
    }

    @Test("at most a thousand steps are kept, and a failure after them")
    func manySteps() throws {
        let many = String(repeating: "{{ n }}", count: 1500)
        let explanation = try explain(many)
        #expect(explanation.steps.count == 1000 && explanation.omitted == 500)
        #expect(explanation.text.hasSuffix("… and 500 more steps\n"))
        let failed = try explain(many + "{{ n / 0 }}")
        #expect(failed.steps.count == 1001)
        #expect(failed.steps.last?.outcome == .failed("division by zero"))
    }

    @Test(
        "values are cut after 200 characters and tell their size",
        arguments: [
            ("{{ 1..3 }}", nil), ("{{ 1..300 }}", "300 items"), ("{{ 'ab' | replace({'a': s}) }}", nil),
            ("{% set x = 1..9000 %}{{ {'k': x, 'l': x} }}", "2 entries"),
            ("{{ 1..5000 | join(\"\\n\") }}", "28891 bytes"),
        ] as [(String, String?)])
    func previews(template: String, size: String?) throws {
        guard case .value(let preview)? = try explain(template).steps.last?.outcome else { return }
        #expect(preview.size == size)
        #expect(preview.text.unicodeScalars.count <= 200)
        #expect((preview.text.unicodeScalars.count == 200) == (size != nil))
    }

    @Test("long steps are cut, and what would steer a terminal is a space")
    func sources() throws {
        let long = try explain("{{ " + String(repeating: "n + ", count: 100) + "n }}")
        #expect(long.steps.last?.source.unicodeScalars.count == 121)
        #expect(
            try explain("{{ n\n\t\u{1B}[2J + 1 }}".replacing("\u{1B}[2J", with: "")).steps.last?.source
                == "n + 1")
        #expect(try explain("{{ '\u{1B}[2J' ~ n }}").steps.last?.source == "' [2J' ~ n")
    }

    @Test("random functions give one value, the one that rendering gives")
    func randomness() throws {
        let template = "{{ randomInt(0, 1000000) }}-{{ uuid() | upper }}"
        let explanation = try explain(template)
        #expect(try explanation.result.get() == render(template))
        let text = try explanation.result.get()
        for step in explanation.steps where step.source.hasPrefix("randomInt") {
            #expect(text.hasPrefix(step.outcome.description.dropFirst(2)))
        }
    }

    @Test("secrets are masked before anything is made of them")
    func secrets() throws {
        var facts = Facts()
        facts[.secret(key: "K", namespace: nil, subkey: nil)] = .success("{\"user\":\"hunter2\"}")
        let templates: [String] = [
            "{{ secret('K') }}", "{{ secret('K') | base64encode }}", "{{ secret('K') ~ 'x' | upper }}",
            "{{ secret('K', subkey='user') }}", "{{ secret('K', full=true) }}",
            "{{ render(\"{{ secret('K') | upper }}\") }}", "{% for x in [secret('K')] %}{{ x }}{% endfor %}",
        ]
        for template in templates {
            var masked = context(facts: facts)
            masked.masksSecrets = true
            let explanation = try Template(template).explain(masked)
            let rendered = try Template(template).render(masked)
            let shown = "\(explanation)\(rendered)".lowercased()
            #expect(!shown.contains("hunter") && !shown.contains("2retnuh") && !shown.contains("ahvudgvy"))
            #expect(shown.contains("**") || shown.contains("kioqkioq"), "\(template)")
        }
    }

    @Test("facts that are missing are asked for, as in rendering")
    func missingFacts() throws {
        let template = try Template("{{ secret('K') }}")
        #expect(throws: ExpressionError.self) { try template.explain(context()) }
        var facts = Facts()
        facts[.secret(key: "K", namespace: nil, subkey: nil)] = .success(.some("s"))
        #expect(try template.explain(context(facts: facts)).result.get() == "s")
    }

    @Test("bounds of evaluation hold while explaining")
    func limits() throws {
        let nested = "{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}"
        #expect(throws: ExpressionError.self) { try explain(nested).result.get() }
        let deep = String(repeating: "(", count: 40) + "n" + String(repeating: ")", count: 40)
        #expect(try explain("{{ \(deep) }}").result.get() == "5")
    }
}
