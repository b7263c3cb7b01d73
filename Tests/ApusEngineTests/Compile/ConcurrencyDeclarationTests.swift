import ApusEngine
import ApusModel
import ApusSchema
import ApusYAML
import Testing

/// The `concurrency` block of a flow.
@Suite struct ConcurrencyDeclarationTests {
    struct Accepted: Sendable {
        var written: String
        var read: Concurrency?
    }

    static let accepted: [Accepted] = [
        Accepted(written: "{limit: 1}", read: Concurrency(limit: 1)),
        Accepted(written: "{limit: 12, behavior: QUEUE}", read: Concurrency(limit: 12)),
        Accepted(written: "{limit: 3, behavior: CANCEL}", read: Concurrency(limit: 3, behavior: .cancel)),
        Accepted(written: "{limit: 3, behavior: FAIL}", read: Concurrency(limit: 3, behavior: .fail)),
        Accepted(written: "null", read: nil),
    ]

    @Test("a limit is read with its behavior", arguments: accepted)
    func reading(_ example: Accepted) throws {
        let compilation = try compile(example.written)
        #expect(compilation.faults == [])
        #expect(compilation.flow?.concurrency == example.read)
    }

    struct Refused: Sendable {
        var written: String
        var message: String
    }

    static let refused: [Refused] = [
        Refused(written: "{limit: 0}", message: "concurrency.limit: expected a whole number of at least 1"),
        Refused(written: "{limit: -1}", message: "concurrency.limit: expected a whole number of at least 1"),
        Refused(written: "{limit: many}", message: "concurrency.limit: expected a whole number"),
        Refused(written: "{behavior: QUEUE}", message: "concurrency.limit: must not be null"),
        Refused(written: "{limit: 1, behavior: WAIT}", message: "QUEUE, CANCEL, FAIL"),
        Refused(written: "{limit: 1, size: 2}", message: "Unrecognized field \"size\""),
        Refused(written: "2", message: "concurrency: expected a map"),
        Refused(written: "[1]", message: "concurrency: expected a map"),
    ]

    @Test("a wrong limit is refused at its place", arguments: refused)
    func refusal(_ example: Refused) throws {
        let compilation = try compile(example.written)
        #expect(compilation.flow == nil)
        let lines = compilation.errors.map(\.line)
        #expect(lines.contains { $0.contains(example.message) }, "\(lines)")
    }

    private func compile(_ concurrency: String) throws -> Compilation {
        var catalogue = Catalogue()
        catalogue.add(TypeSchema(type: "run", summary: "For tests.", kind: .runnable, properties: []))
        let document = try YAML.parse(
            """
            id: limited
            namespace: tests
            concurrency: \(concurrency)
            tasks: [{id: t, type: run}]
            """)
        return FlowCompiler(catalogue: catalogue).compile(document.root, positions: document.positions)
    }
}
