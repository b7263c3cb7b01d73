import Foundation
import Testing

extension EndToEndTests {
    @Suite struct DocumentationTests {
        /// Pages whose flows readers copy.
        private static func pages() throws -> [String] {
            try ["README.md", "CONTRIBUTING.md"] + Checkout.files(below: "docs", ending: ".md")
                + Checkout.files(below: "examples", ending: ".md")
        }

        @Test("every flow in the documentation is valid")
        func flows() throws {
            let scratch = try ScratchDirectory()
            defer { scratch.remove() }
            var count = 0
            for page in try Self.pages() {
                for flow in Self.flows(in: try Checkout.text(page)) {
                    count += 1
                    let path = try scratch.write(flow, to: "flow.yaml")
                    let outcome = try Program.apus("validate", path)
                    #expect(outcome.status == 0, "\(page): \(outcome.output)\(outcome.errors)\n\(flow)")
                }
            }
            #expect(count > 0)
        }

        @Test("every link between pages leads somewhere")
        func links() throws {
            var count = 0
            for page in try Self.pages() + ["ARCHITECTURE.md", "CHANGELOG.md", "Benchmarks/README.md"] {
                let folder = Checkout.file(page).deletingLastPathComponent()
                for piece in try Checkout.text(page).components(separatedBy: "](").dropFirst() {
                    let target = piece.prefix { $0 != ")" && $0 != "#" }
                    guard !target.isEmpty, !target.contains("://") else { continue }
                    count += 1
                    let path = folder.appending(path: String(target)).path
                    #expect(FileManager.default.fileExists(atPath: path), "\(page) links to \(target)")
                }
            }
            #expect(count > 10)
        }

        /// Fenced YAML that begins with an `id` and has tasks.
        private static func flows(in page: String) -> [String] {
            page.components(separatedBy: "```yaml\n").dropFirst().compactMap { rest in
                let block = rest.components(separatedBy: "```")[0]
                return block.hasPrefix("id: ") && block.contains("\ntasks:") ? block : nil
            }
        }
    }
}
