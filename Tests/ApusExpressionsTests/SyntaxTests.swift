import ApusExpressions
import ApusModel
import Testing

@Suite struct SyntaxTests {
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
