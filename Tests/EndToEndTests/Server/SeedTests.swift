import Foundation
import Testing

extension EndToEndTests {
    /// The flows that articles about Kestra print, in `examples/seeds`.
    @Suite struct SeedTests {
        static let flows: [String] =
            (try? FileManager.default.contentsOfDirectory(atPath: Checkout.file("examples/seeds").path))?
            .filter { $0.hasSuffix(".yaml") }.sorted() ?? []

        @Test("there are printed flows")
        func found() { #expect(Self.flows.count >= 5) }

        @Test("a printed flow is valid but for what is listed as not built yet", arguments: flows)
        func validity(name: String) throws {
            let outcome = try Program.apus("validate", Checkout.file("examples/seeds/\(name)").path)
            let errors = outcome.output.split(separator: "\n").filter { $0.contains(": error: ") }
            let listed = try Self.listed().filter { $0.flow == name }
            for error in errors {
                #expect(listed.contains { error.contains($0.fault) }, "not listed: \(error)")
            }
            // What became valid leaves the list.
            for entry in listed {
                #expect(errors.contains { $0.contains(entry.fault) }, "no longer refused: \(entry.fault)")
            }
        }

        @Test("the list names flows that are there")
        func list() throws {
            for entry in try Self.listed() { #expect(Self.flows.contains(entry.flow)) }
        }

        /// `file: fault # reason` of each line.
        private static func listed() throws -> [(flow: String, fault: String)] {
            try Checkout.text("examples/seeds/not-yet.txt").split(separator: "\n")
                .filter { !$0.hasPrefix("#") }.compactMap { line in
                    guard let colon = line.range(of: ": "), let hash = line.range(of: " # ") else {
                        return nil
                    }
                    return (
                        String(line[..<colon.lowerBound]), String(line[colon.upperBound..<hash.lowerBound])
                    )
                }
        }
    }
}
