import Foundation
import Testing

extension EndToEndTests {
    /// What is drawn is what is built.
    @Suite struct ArchitectureTests {
        private static func manifest() throws -> Manifest { Manifest(try Checkout.text("Package.swift")) }

        /// Rows of the module table: name and imports, as they are written.
        private static func drawn() throws -> [String] {
            try Checkout.text("ARCHITECTURE.md").split(separator: "\n", omittingEmptySubsequences: false)
                .drop { !$0.hasPrefix("| module |") }.dropFirst(2).prefix { $0.hasPrefix("|") }
                .map { row in
                    let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
                    return "\(cells[0]) → \(cells[2])"
                }
        }

        @Test("the module table of ARCHITECTURE.md equals the manifest, in the same order")
        func table() throws {
            let expected = try Self.manifest().targets.map { target in
                "`\(target.name)` → \(target.dependencies.map { "`\($0)`" }.joined(separator: ", "))"
            }
            #expect(expected.count > 20)
            #expect(try Self.drawn() == expected)
        }

        @Test("a module names in an `import` only what the manifest gives it")
        func imports() throws {
            let targets = try Self.manifest().targets
            let own = Set(targets.map(\.name))
            var count = 0
            for target in targets {
                for path in try Checkout.files(below: target.folder, ending: ".swift") {
                    let imported = try Self.imports(of: path).filter { own.contains($0) && $0 != target.name }
                    count += imported.count
                    for name in imported where !target.dependencies.contains(name) {
                        Issue.record(
                            "\(path) imports \(name), which is not among the dependencies of \(target.name)")
                    }
                }
            }
            #expect(count > targets.count)
        }

        @Test("dependencies point down: each target stands below those it depends on")
        func order() throws {
            var seen: Set<String> = []
            for target in try Self.manifest().targets {
                for name in target.dependencies where !seen.contains(name) {
                    Issue.record("\(target.name) stands before \(name), which it depends on")
                }
                seen.insert(target.name)
            }
        }

        private static func imports(of path: String) throws -> [String] {
            try Checkout.text(path).split(separator: "\n").compactMap { line in
                let words = line.split(separator: " ")
                guard let place = words.firstIndex(of: "import"), place <= 1, words.count == place + 2 else {
                    return nil
                }
                return String(words[place + 1])
            }
        }
    }
}
