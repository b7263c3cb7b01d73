import ApusEngine
import ApusExpressions
import ApusModel
import ApusYAML
import Testing

@Suite struct OutputDefinitionTests {
    private func parse(_ yaml: String) throws -> (definitions: [OutputDefinition], faults: [Fault]) {
        let document = try YAML.parse(yaml)
        return OutputDefinition.parse(
            document.root, at: ValuePath().key("outputs"), positions: document.positions, edition: .one)
    }

    @Test(
        "outputs are typed and checked",
        arguments: [
            ("type: STRING, value: '{{ outputs.return }}'", #"{"value":"done"}"#),
            ("type: STRING, value: plain", "plain"),
            ("type: INT, value: '{{ outputs.seven }}'", 7),
            ("type: INT, value: '{{ outputs.seven }}1'", 71),
            ("type: JSON, value: '{{ outputs.return }}'", ["value": "done"]),
            ("type: JSON, value: {a: '{{ flow.id }}'}", ["a": "orders"]),
            ("type: ARRAY, value: '{{ [1, 2] }}'", [1, 2]),
            ("type: FILE, value: 'kestra:///a/b'", "kestra:///a/b"),
            ("type: STRING, required: false, value: '{{ outputs.none }}'", .null),
            ("type: DURATION, value: PT10M", .extended(.duration(.seconds(600)))),
        ] as [(String, Value)])
    func rendering(declaration: String, value: Value) throws {
        let parsed = try parse("[{id: o, \(declaration)}]")
        #expect(parsed.faults == [])
        let result = try OutputDefinition.render(parsed.definitions, InputFixture.context())
        #expect(result == .success(["o": value]))
    }

    @Test(
        "outputs that cannot be computed say why",
        arguments: [
            ("type: STRING, value: '{{ invalid }}'", "invalid"),
            ("type: INT, value: x", "it must be an integer"),
            ("type: STRING, value: '{{ outputs.none }}'", "there is no value"),
            ("type: SECRET, value: x", "encryption is not configured"),
            ("type: FILE, value: text", "kestra://"),
        ])
    func failure(declaration: String, reason: String) throws {
        let parsed = try parse("[{id: o, \(declaration)}]")
        guard
            case .failure(let fault) = try OutputDefinition.render(parsed.definitions, InputFixture.context())
        else {
            Issue.record("it was rendered")
            return
        }
        #expect(fault.message.contains("Failed to render output values"))
        #expect(fault.message.contains("`o`") && fault.message.contains(reason), "\(fault.message)")
    }

    @Test(
        "declarations that are refused",
        arguments: [
            (
                "[{id: o, type: STRING, value: a}, {id: o, type: STRING, value: b}]",
                "Duplicate output with name [o]"
            ),
            ("[{id: o, value: x}]", "Invalid type: null"),
            ("[{id: o, type: NOPE, value: x}]", "Invalid type: NOPE"),
            ("[{id: o, type: STRING}]", "the output has no `value`"),
            ("[{type: STRING, value: x}]", "the output has no `id`"),
            ("[{id: o, type: FORM, value: x}]", "cannot be of type FORM"),
            ("[{id: o, type: STRING, valeu: x}]", "did you mean `value`?"),
            ("x", "expected a list of outputs"), ("[x]", "expected an output"),
            ("[{id: o, type: STRING, value: '{{ a'}]", "outputs[0].value"),
        ])
    func refusal(yaml: String, reason: String) throws {
        let lines = try parse(yaml).faults.map(\.line)
        #expect(lines.contains { $0.contains(reason) }, "\(lines)")
    }
}
