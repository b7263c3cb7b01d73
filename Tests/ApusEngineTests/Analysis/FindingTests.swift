import ApusEngine
import ApusModel
import ApusSchema
import ApusYAML
import Foundation
import Testing

/// What is told about the expressions of a flow before it runs: each flow in `Findings` beside the list of findings.
///
/// `APUS_REWRITE=1` writes what is really found into the lists; read the difference before you commit it.
@Suite struct FindingTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Findings")

    static let flows: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()

    @Test("the findings in a flow are those listed", arguments: flows)
    func findings(name: String) throws {
        let source = try String(
            contentsOf: Self.folder.appendingPathComponent(name + ".yaml"), encoding: .utf8)
        let file = Self.folder.appendingPathComponent(name + ".txt")
        let found = try Self.compile(source).faults.map(Self.line).joined(separator: "\n") + "\n"
        if ProcessInfo.processInfo.environment["APUS_REWRITE"] == "1" {
            try found.write(to: file, atomically: true, encoding: .utf8)
        } else {
            #expect(try found == String(contentsOf: file, encoding: .utf8))
        }
    }

    @Test("there are flows with findings")
    func found() { #expect(Self.flows.count >= 8) }

    @Test("a strict check makes errors of findings, an unchecked flow has none")
    func strictness() throws {
        let source = "id: a\nnamespace: b\ntasks: [{id: c, type: give, text: '{{ missing }}'}]"
        #expect(try Self.compile(source, .warn).faults.map(\.severity) == [.warning])
        #expect(try Self.compile(source, .warn).flow != nil)
        #expect(try Self.compile(source, .refuse).faults.map(\.severity) == [.error])
        #expect(try Self.compile(source, .refuse).flow == nil)
        #expect(try Self.compile(source, .unchecked).faults.isEmpty)
    }

    private static func line(_ fault: Fault) -> String {
        let place = fault.position.map { "\($0.line):\($0.column)" } ?? "?"
        return "\(place) \(fault.severity.rawValue): \(fault.message)"
            + (fault.remedy.map { "; \($0)" } ?? "")
    }

    private static func compile(_ source: String, _ references: FlowCompiler.References = .warn) throws
        -> Compilation
    {
        let document = try YAML.parse(source)
        return FlowCompiler(catalogue: catalogue)
            .compile(document.root, positions: document.positions, references: references)
    }

    private static let catalogue: Catalogue = {
        let text = PropertySchema(name: "text", valueType: .string)
        let given: [PropertySchema] = [
            .output("value", "A text.", .string), .output("parts", "More.", .map(.any)),
        ]
        var catalogue = Catalogue()
        for (name, outputs) in [("give", given), ("quiet", []), ("free", nil)]
            as [(String, [PropertySchema]?)]
        {
            catalogue.add(
                TypeSchema(
                    type: name, summary: "For tests.", kind: .runnable, properties: [text], outputs: outputs))
        }
        catalogue.add(
            TypeSchema(
                type: "io.kestra.plugin.core.execution.SetVariables", summary: "For tests.", kind: .inline,
                properties: [PropertySchema(name: "variables", valueType: .map(.any))], outputs: []))
        return catalogue
    }()
}
