import ApusEngine
import ApusExpressions
import ApusModel
import Testing

@Suite struct InputResolutionTests {
    @Test("dots in ids nest")
    func nesting() throws {
        let fixture = try InputFixture(
            "[{id: n.a, type: STRING}, {id: n.more.b, type: INT}, {id: n.c, type: BOOL, required: false}]")
        let expected: Value = ["n": ["a": "x", "more": ["b": 3], "c": .null]]
        #expect(try fixture.resolve(texts: ["n.a": "x", "n.more.b": "3"]).values == expected)
        let nested: Value = ["a": "x", "more": ["b": 3]]
        #expect(try fixture.resolve([("n", .value(nested))]).values == expected)
    }

    @Test("everything that is wrong is reported at once, in the order of the flow")
    func all() throws {
        let fixture = try InputFixture(
            "[{id: a, type: INT}, {id: b, type: STRING}, {id: c, type: DATE}, {id: d, type: BOOL, defaults: true}]"
        )
        let result = try fixture.resolve(texts: ["c": "x", "a": "y"])
        #expect(result.faults.map(\.id) == ["a", "b", "c"])
        #expect(result.faults.map(\.message)[1] == "Missing required input `b`")
        #expect(result.enabled == ["a", "b", "c", "d"])
    }

    @Test("defaults are rendered, with the inputs before them")
    func defaults() throws {
        let fixture = try InputFixture(
            """
            - {id: derived, type: STRING, defaults: "{{ inputs.base }}-x", dependsOn: {inputs: [base]}}
            - {id: implied, type: STRING, defaults: "{{ inputs.num }}!"}
            - {id: base, type: STRING, defaults: "b-{{ flow.id }}"}
            - {id: num, type: INT, defaults: "{{ 1 + 2 }}"}
            - {id: list, type: ARRAY, itemType: INT, defaults: "{{ [1, 2] }}"}
            - {id: map, type: JSON, defaults: {a: "{{ vars.region }}", b: 1}}
            - {id: empty, type: STRING, defaults: ''}
            - {id: many, type: MULTISELECT, values: [a, b, c], defaults: [a, c]}
            - {id: flag, type: BOOL, defaults: false}
            """)
        #expect(fixture.errors == [])
        let result = try fixture.resolve([])
        #expect(result.faults == [])
        #expect(
            result.values == [
                "derived": "b-orders-x", "implied": "3!", "base": "b-orders", "num": 3, "list": [1, 2],
                "map": ["a": "eu", "b": 1], "empty": "", "many": ["a", "c"], "flag": false,
            ])
        #expect(!result.states.contains { !$0.isDefault })
        #expect(try fixture.resolve(texts: ["num": "9"]).values["implied"] == "9!")
    }

    @Test("a default that cannot be rendered is a fault of its input, unless a value is given")
    func badDefault() throws {
        let fixture = try InputFixture("[{id: num, type: INT, defaults: '{{ nothing.here }}'}]")
        #expect(try fixture.resolve([]).faults.first?.message.contains("`num`") == true)
        #expect(try fixture.resolve(texts: ["num": "3"]).values == ["num": 3])
    }

    @Test(
        "an input is dropped when what it depends on is missing, disabled or does not hold",
        arguments: [
            ("value1", ["a", "b", "c"]), ("other", ["a"]),
        ])
    func dependencies(given: String, enabled: [String]) throws {
        let fixture = try InputFixture(
            """
            - {id: a, type: STRING, required: false}
            - {id: b, type: STRING, required: false, dependsOn: {inputs: [a], condition: "{{ inputs.a equals 'value1' }}"}}
            - {id: c, type: STRING, dependsOn: {inputs: [b]}}
            """)
        let result = try fixture.resolve(texts: ["a": given, "b": "v2", "c": "v3"])
        #expect(result.enabled == enabled)
        #expect(result.values.mapValue?.keys == enabled)
        #expect(result.faults == [])
        #expect(try fixture.resolve([]).values == ["a": .null])
    }

    @Test(
        "only the boolean true is a condition that holds",
        arguments: [
            ("{{ true }}", true), ("true", false), ("{{ 'true' }}", false), ("{{ 1 }}", false),
            ("{{ false }}", false),
        ])
    func conditions(condition: String, holds: Bool) throws {
        let fixture = try InputFixture(
            "[{id: a, type: STRING, defaults: x, dependsOn: {condition: \"\(condition)\"}}]")
        #expect(try fixture.resolve([]).enabled == (holds ? ["a"] : []))
    }

    @Test("a faulty input does not cause further faults")
    func faultyDependency() throws {
        let fixture = try InputFixture(
            "[{id: a, type: INT}, {id: b, type: STRING, dependsOn: {inputs: [a]}}]")
        #expect(try fixture.resolve(texts: ["a": "x"]).faults.map(\.id) == ["a"])
    }

    @Test("options may come from an expression", arguments: [("eu", "rome", true), ("us", "rome", false)])
    func expressions(region: String, zone: String, isAccepted: Bool) throws {
        let fixture = try InputFixture(
            """
            - {id: region, type: SELECT, values: [eu, us]}
            - id: zone
              type: SELECT
              expression: "{{ inputs.region == 'eu' ? ['paris', 'rome'] : ['boston'] }}"
              dependsOn: {inputs: [region]}
            """)
        let result = try fixture.resolve(texts: ["region": region, "zone": zone])
        #expect(result.faults.map(\.id) == (isAccepted ? [] : ["zone"]))
        #expect(result.states[1].options?.map(\.value) == (isAccepted ? ["paris", "rome"] : ["boston"]))
    }

    @Test("an expression that gives no list is a fault")
    func noList() throws {
        let fixture = try InputFixture("[{id: s, type: SELECT, expression: '{{ 5 }}'}]")
        #expect(
            try fixture.resolve(texts: ["s": "a"]).faults.first?.message.contains("must give a list") == true)
    }

    @Test("the first option can be the default")
    func firstOption() throws {
        let fixture = try InputFixture(
            """
            - {id: s, type: SELECT, values: [x, y], autoSelectFirst: true}
            - {id: e, type: SELECT, expression: "{{ ['p', 'q'] }}", autoSelectFirst: true}
            - {id: m, type: MULTISELECT, values: [x, y], autoSelectFirst: true}
            """)
        #expect(try fixture.resolve([]).values == ["s": "x", "e": "p", "m": ["x"]])
    }

    @Test("the inputs of a form carry its name, and depend on each other by their own")
    func forms() throws {
        let fixture = try InputFixture(
            """
            - id: env
              type: FORM
              inputs:
                - {id: region, type: STRING}
                - {id: size, type: INT, defaults: 2, max: 9}
                - {id: note, type: STRING, defaults: "{{ inputs.env.region }}!", dependsOn: {inputs: [region]}}
            """)
        let full: Value = ["env": ["region": "eu", "size": 2, "note": "eu!"]]
        #expect(try fixture.resolve(texts: ["env.region": "eu"]).values == full)
        #expect(try fixture.resolve([("env", .value(["region": "eu"]))]).values == full)
        #expect(try fixture.resolve([]).faults.map(\.message) == ["Missing required input `env.region`"])
        #expect(
            try fixture.resolve(texts: ["env.region": "eu", "env.size": "10"]).faults.map(\.id) == [
                "env.size"
            ])
    }

    @Test("secrets are stored encrypted, seen in the clear by what depends on them, and shown nowhere")
    func secrets() throws {
        let fixture = try InputFixture(
            """
            - {id: s, type: SECRET, validator: "[a-z0-9]+"}
            - {id: t, type: INT, defaults: "{{ inputs.s }}"}
            """)
        let result = try fixture.resolve(texts: ["s": "hunter2"], encrypts: true)
        #expect(result.values["s"]?["value"] == "2retnuh")
        #expect(result.faults.map(\.id) == ["t"])
        #expect(!result.faults.description.contains("hunter2"))
        let refused = try fixture.resolve(texts: ["s": "HUNTER2"], encrypts: true)
        #expect(!refused.faults.description.contains("HUNTER2"))
        let without = try fixture.resolve(texts: ["s": "hunter2"])
        #expect(
            without.faults.first?.message.contains(
                "Unable to use a `SECRET` input/output as encryption is not configured") == true)
    }

    @Test("an encrypted secret from a parent flow stays as it is")
    func encrypted() throws {
        let stored: Value = ["type": "io.kestra.datatype:aes_encrypted", "value": "abc"]
        let result = try InputFixture("[{id: s, type: SECRET}]").resolve([("s", .value(stored))])
        #expect(result.values == ["s": stored])
    }

    @Test("unknown inputs are ignored, with a warning")
    func unknown() throws {
        let result = try InputFixture("[{id: a, type: STRING, required: false}]").resolve(texts: ["zz": "1"])
        #expect(result.values == ["a": .null])
        #expect(result.unknown == ["zz"] && result.warnings.count == 1)
    }

    @Test("missing facts are asked for all at once")
    func facts() throws {
        let fixture = try InputFixture(
            "[{id: a, type: STRING, defaults: \"{{ secret('A') }}\"}, {id: b, type: STRING, defaults: \"{{ kv('B') }}\"}, {id: c, type: INT}]"
        )
        var wanted: [FactRequest] = []
        do {
            _ = try fixture.resolve([])
        } catch let error as ExpressionError {
            if case .missingFacts(let requests) = error.reason { wanted = requests }
        }
        #expect(wanted.count == 2)
        var facts = Facts()
        for request in wanted { facts[request] = .success("v") }
        let result = try fixture.resolve([], facts: facts)
        #expect(result.values == ["a": "v", "b": "v"])
        #expect(result.faults.map(\.id) == ["c"])
    }

    @Test("two random defaults differ")
    func random() throws {
        let fixture = try InputFixture(
            "[{id: a, type: STRING, defaults: '{{ uuid() }}'}, {id: b, type: STRING, defaults: '{{ uuid() }}'}]"
        )
        let values = try fixture.resolve([]).values
        #expect(values["a"] != nil && values["a"] != values["b"])
    }

    @Test("written inputs of a schedule are checked as far as they are no templates")
    func written() throws {
        let fixture = try InputFixture(
            """
            - {id: needed, type: STRING}
            - {id: num, type: INT}
            - {id: pick, type: SELECT, values: [a, b]}
            - {id: has, type: STRING, defaults: x}
            - {id: maybe, type: STRING, required: false}
            """)
        let resolver = InputResolver(definitions: fixture.definitions, edition: .two)
        let result = resolver.check(written: ["num": "abc", "pick": "{{ trigger.date }}"])
        #expect(result.missing == ["needed"])
        #expect(result.faults.map(\.id) == ["num"])
    }
}
