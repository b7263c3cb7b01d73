import Foundation
import Testing

extension EndToEndTests {
    /// What `apus validate` tells about the expressions of flows.
    @Suite struct FindingTests {
        private static let suite = Checkout.root.deletingLastPathComponent()
            .appending(path: "shared/conformance/flows/valids")

        @Test("the examples have no findings, even strictly")
        func examples() throws {
            for file in try Checkout.files(below: "examples", ending: ".yaml")
            where !file.hasPrefix("examples/seeds/") {
                let outcome = try Program.apus("validate", "--strict", Checkout.file(file).path)
                #expect(outcome.status == 0 && outcome.output.isEmpty, "\(file): \(outcome.output)")
            }
        }

        @Test("a finding is a warning, and an error when asked for strictly")
        func strictness() throws {
            let scratch = try ScratchDirectory()
            defer { scratch.remove() }
            let path = scratch.path("flow.yaml")
            let flow = """
                id: a
                namespace: b
                tasks:
                - {id: c, type: io.kestra.plugin.core.log.Log, message: "{{ outputs.d.value }}"}

                """
            try flow.write(toFile: path, atomically: true, encoding: .utf8)
            let finding = "tasks[0].message: the flow has no task `d`\n"
            let plain = try Program.apus("validate", path)
            #expect(plain.status == 0 && plain.output.hasSuffix(":4:61: warning: \(finding)"), "\(plain)")
            let strict = try Program.apus("validate", "--strict", path)
            #expect(strict.status == 2 && strict.output.hasSuffix(":4:61: error: \(finding)"), "\(strict)")
        }

        /// Flows that are known to run: a finding in them that is not on the list is a false alarm.
        ///
        /// `Tests/known-findings.txt` holds those that are true: the flows fail there on purpose.
        @Test(
            "there is no false alarm in the flows of the conformance suite",
            .enabled(
                if: FileManager.default.fileExists(atPath: suite.path), "the suite is not beside the checkout"
            ))
        func falseAlarms() throws {
            let files = try FileManager.default.contentsOfDirectory(atPath: Self.suite.path).sorted()
                .filter { $0.hasSuffix(".yaml") }
            #expect(files.count > 80)
            let outcome = try Program.apus(
                ["validate"] + files.map { Self.suite.appending(path: $0).path })
            let found = outcome.output.split(separator: "\n").filter { Self.isAboutExpressions($0) }
                .map { String($0).replacing("\(Self.suite.path)/", with: "") }
            let known = try Checkout.text("Tests/known-findings.txt").split(separator: "\n").map(String.init)
            #expect(found == known)
        }

        /// Other faults are of types this version does not have, and of old names.
        private static func isAboutExpressions(_ line: Substring) -> Bool {
            let words = [
                "there is no ", "the flow has no ", "is not there yet", "may not be there", "is never there",
                "gives no ", "has no parts", " has no `", "is there only for", "is missing",
                "needs the argument",
                "has no argument", "takes no arguments", "is not available", "expected an expression",
            ]
            return words.contains { line.contains($0) }
        }
    }
}
