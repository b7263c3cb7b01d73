import ApusEngine
import ApusExpressions
import ApusModel
import ApusYAML

/// Inputs written in YAML, and what a flow's context holds besides them.
struct InputFixture {
    var definitions: [InputDefinition]
    var faults: [Fault]
    var edition: Edition

    init(_ yaml: String, edition: Edition = .one) throws {
        let document = try YAML.parse(yaml)
        (definitions, faults) = InputDefinition.parse(
            document.root, at: ValuePath().key("inputs"), positions: document.positions, edition: edition)
        self.edition = edition
    }

    /// What is wrong, without warnings.
    var errors: [String] { faults.filter { $0.severity == .error }.map(\.line) }
    var warnings: [String] { faults.filter { $0.severity == .warning }.map(\.line) }

    func resolve(
        _ given: [(id: String, value: GivenInput)], facts: Facts = Facts(), encrypts: Bool = false
    ) throws -> InputResolution {
        let resolver = InputResolver(definitions: definitions, edition: edition)
        let encrypt: (String) throws -> Value = { text in
            ["type": "io.kestra.datatype:aes_encrypted", "value": .string(String(text.reversed()))]
        }
        return try resolver.resolve(
            given, context: Self.context(facts: facts, edition: edition), encrypt: encrypts ? encrypt : nil)
    }

    func resolve(texts: KeyValuePairs<String, String>, encrypts: Bool = false) throws -> InputResolution {
        try resolve(texts.map { (id: $0.key, value: GivenInput.text($0.value)) }, encrypts: encrypts)
    }

    static func context(facts: Facts = Facts(), edition: Edition = .one) -> RenderContext {
        RenderContext(
            variables: Variables([
                "flow": ["id": "orders", "namespace": "company.sales"], "vars": ["region": "eu"],
                "outputs": ["return": ["value": "done"], "seven": 7, "none": .null],
            ]),
            facts: facts, now: Timestamp(microseconds: 1_700_000_000_000_000), seed: 7, edition: edition)
    }
}
