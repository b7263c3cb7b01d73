import ApusModel
import ApusPlugin
import ApusPluginsScript
import Foundation
import Testing

/// The property `namespaceFiles` of a task.
@Suite struct NamespaceFilesTests {
    private static let registry = {
        var registry = PluginRegistry()
        ScriptPlugins.add(to: &registry)
        return registry
    }()

    struct Case: Sendable {
        var choice: Value
        /// What `find` then prints, or a part of the refusal.
        var outcome: String

        init(_ choice: Value, _ outcome: String) {
            self.choice = choice
            self.outcome = outcome
        }
    }

    static let cases: [Case] = [
        Case(true, "a.txt d/b.txt d/c.md"), Case("true", "a.txt d/b.txt d/c.md"), Case(false, ""),
        Case(["enabled": false], ""), Case(["include": ["**.txt"]], "a.txt d/b.txt"),
        Case(["include": ["/d/*"]], "d/b.txt d/c.md"), Case(["exclude": ["d/**"]], "a.txt"),
        Case("{\"include\": [\"a.txt\"]}", "a.txt"),
        Case(["namespaces": ["company", "company.team"], "include": ["a.txt"]], "a.txt"),
        Case(
            ["namespaces": ["company"], "folderPerNamespace": true], "company/a.txt"),
        Case(["ifExists": "SOMETIMES"], "OVERWRITE, FAIL, WARN, IGNORE"),
        Case(["includes": []], "a.txt d/b.txt d/c.md"),
    ]

    @Test("files of namespaces stand in the directory before the task begins", arguments: cases)
    func places(row: Case) async throws {
        let store = MemoryNamespaceFiles([
            "company.team": ["a.txt": "team", "d/b.txt": "", "d/c.md": ""], "company": ["a.txt": "above"],
        ])
        let context = TestContext(services: Services(namespaceFiles: store))
        let list = "echo $(find . -mindepth 1 -name '.*' -prune -o -type f -print | sed 's,^./,,' | sort)"
        do {
            let task = try #require(
                Self.registry.runnable(named: "io.kestra.plugin.scripts.shell.Commands"))
            _ = try await task(
                ["namespaceFiles": row.choice, "commands": ["cd .", .string(list)]], context.context)
            #expect(context.lines(at: .info).joined() == row.outcome)
        } catch {
            #expect("\(error)".contains(row.outcome), "\(error)")
        }
    }

    @Test("a file that is there is kept, replaced, or in the way")
    func existing() async throws {
        let store = MemoryNamespaceFiles(["company.team": ["a.txt": "new"]])
        for (word, content) in [("OVERWRITE", "new"), ("WARN", "old"), ("IGNORE", "old"), ("FAIL", nil)]
            as [(String, String?)]
        {
            let context = TestContext(services: Services(namespaceFiles: store))
            let file = try context.directory.write(Data("old".utf8), to: "a.txt")
            var choice = NamespaceFilesOptions.Choice()
            choice.ifExists = try #require(NamespaceFilesOptions.Existing(rawValue: word))
            do {
                try await context.context.placeNamespaceFiles(NamespaceFilesOptions(choice))
                #expect(try String(contentsOfFile: file, encoding: .utf8) == content)
            } catch {
                #expect(content == nil, "\(word): \(error)")
            }
            #expect(context.lines(at: .warn).isEmpty == (word != "WARN"))
        }
    }
}
