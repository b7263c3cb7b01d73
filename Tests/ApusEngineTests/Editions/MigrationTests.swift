import ApusEngine
import ApusModel
import ApusYAML
import Foundation
import Testing

/// Flows rewritten in the other edition: each flow in `Migrations/to-…` beside what becomes of it and what is told.
///
/// `APUS_REWRITE=1` writes what really comes out; read the difference before you commit it.
@Suite struct MigrationTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Migrations")

    static let flows: [String] = ["to-1", "to-2"].flatMap { direction in
        let names = try? FileManager.default.contentsOfDirectory(
            atPath: folder.appendingPathComponent(direction).path)
        return (names ?? []).filter { $0.hasSuffix(".yaml") }.sorted().map {
            "\(direction)/\($0.dropLast(5))"
        }
    }

    private static let compiler = FlowCompiler(catalogue: SmallFlow.catalogue)

    @Test("there are flows to migrate")
    func found() { #expect(Self.flows.count >= 8) }

    @Test("a flow becomes what is written beside it", arguments: flows)
    func golden(name: String) throws {
        let (migration, _) = try Self.migrate(name)
        let notes = (migration.changes + migration.leftovers).map { "# \($0.severity.rawValue) \($0.line)\n" }
        let format = migration.keepsFormat ? "" : "# printed anew\n"
        let found = migration.text + "\n---\n" + notes.joined() + format
        let file = Self.folder.appendingPathComponent(name + ".txt")
        if ProcessInfo.processInfo.environment["APUS_REWRITE"] == "1" {
            try found.write(to: file, atomically: true, encoding: .utf8)
        } else {
            #expect(try found == String(contentsOf: file, encoding: .utf8))
        }
    }

    @Test(
        "a migrated flow is valid in its edition, and has nothing of the other but what was told",
        arguments: flows)
    func validity(name: String) throws {
        let (migration, edition) = try Self.migrate(name)
        let document = try YAML.parse(migration.text)
        var compiler = Self.compiler
        compiler.defaultEdition = edition
        let compilation = compiler.compile(document.root, positions: document.positions)
        let unbuilt = ["this version of Apus does not run"]
        let errors = compilation.errors.filter { fault in !unbuilt.contains { fault.message.hasPrefix($0) } }
        guard migration.leftovers.isEmpty else { return }
        #expect(errors.map(\.line) == [])
        #expect(compilation.edition == edition)
        #expect(!compilation.faults.contains { $0.message.contains("mixes") })
    }

    @Test("a second migration to the same edition changes nothing", arguments: flows)
    func idempotence(name: String) throws {
        let (migration, edition) = try Self.migrate(name)
        let again = try Migration(migration.text, to: edition, compiler: Self.compiler)
        #expect(again.text == migration.text)
        #expect(again.changes.isEmpty)
    }

    @Test("there and back again it compiles to the same tasks")
    func back() throws {
        let source = """
            id: there
            namespace: tests
            tasks:
              - id: a # the first
                type: io.kestra.plugin.core.log.Log
                runIf: "{{ 1 > 0 }}"
                message: "{{ flow.id }}"
              - id: loop
                type: io.kestra.plugin.core.flow.ForEach
                values: [x, y]
                tasks:
                  - {id: b, type: io.kestra.plugin.core.debug.Return, format: "{{ taskrun.value }}"}
                  - {id: c, type: io.kestra.plugin.core.debug.Return, format: "{{ outputs.b[taskrun.value].value }}"}
            """
        let there = try Migration(source, to: .two, compiler: Self.compiler)
        let back = try Migration(there.text, to: .one, compiler: Self.compiler)
        #expect(there.keepsFormat && back.keepsFormat)
        #expect(there.text.contains("when: \"{{ 1 > 0 }}\"") && there.text.contains("outputs.b.value"))
        #expect(back.text == source)
    }

    @Test("a text that is no flow is refused")
    func noFlow() {
        #expect(throws: Fault.self) { try Migration("a: [", to: .two, compiler: Self.compiler) }
        #expect(throws: Fault.self) { try Migration("- a", to: .two, compiler: Self.compiler) }
    }

    private static func migrate(_ name: String) throws -> (Migration, Edition) {
        let source = try String(
            contentsOf: folder.appendingPathComponent(name + ".yaml"), encoding: .utf8)
        let edition: Edition = name.hasPrefix("to-1") ? .one : .two
        return (try Migration(source, to: edition, compiler: compiler), edition)
    }
}
