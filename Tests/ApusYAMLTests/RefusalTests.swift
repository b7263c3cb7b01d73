import ApusModel
import ApusYAML
import Testing

@Suite struct RefusalTests {
    static func fault(of text: String, limits: YAMLLimits = .default) -> Fault? {
        do {
            _ = try YAML.parse(text, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "a fault names the place and the remedy",
        arguments: [
            ("", "must not be empty", 1, 1),
            ("# only a comment\n", "must not be empty", 1, 1),
            ("---\n", "must not be empty", 1, 1),
            ("variables:\n  tf: 1\n  tf: 2\n", "Duplicate field 'tf'", 3, 3),
            ("a:\n- {b: 1, b: 2}\n", "Duplicate field 'b'", 2, 10),
            ("t:\n- d: {v: {f: 1, f: 2}}\n", "Duplicate field 'f'", 2, 17),
            ("a: &x {b: 1}\nc:\n  <<: *x\n  <<: *x\n", "Duplicate field '<<'", 4, 3),
            ("a: b: c\n", "mapping values are not allowed", 1, 5),
            ("a: [1, 2\nb: 3\n", "not valid YAML", 2, 2),
            ("a: {{ x }}\n", "cannot be a key", 1, 5),
            ("a:\n\tb: 1\n", "not valid YAML", 2, 1),
            ("a: \"x\n", "not valid YAML", 2, 1),
            ("a: 1\nb: \u{1}\n", "not valid YAML", 2, 4),
            ("a: *x\n", "`*x` has no anchor", 1, 4),
            ("a: &x [*x]\n", "inside the value it repeats", 1, 8),
            ("a: &x {<<: *x}\n", "inside the value it repeats", 1, 12),
            ("a: {<<: 1}\n", "`<<` merges maps", 1, 9),
            ("a: 1\n---\nb: 2\n", "a second document", 3, 1),
            ("? [a]\n: b\n", "cannot be a key", 1, 3),
        ])
    func faults(text: String, fragment: String, line: Int, column: Int) throws {
        let fault = try #require(Self.fault(of: text))
        #expect(fault.message.contains(fragment))
        #expect(fault.position == SourcePosition(line: line, column: column))
        #expect(fault.remedy?.isEmpty == false)
    }

    static let laughs: String = {
        var text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
        for level in 1...9 {
            let alias = "*a\(level - 1)"
            text += "a\(level): &a\(level) [\(Array(repeating: alias, count: 10).joined(separator: ","))]\n"
        }
        return text
    }()

    static func chain(_ length: Int) -> String {
        var text = "a0: &a0 [x]\n"
        for level in 1...length { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
        return text
    }

    static let attackTexts: [(name: String, text: String, fragment: String)] = [
        ("billion laughs", laughs, "100000 values"),
        ("merged laughs", laughs + "b: {<<: {x: *a9}}", "100000 values"),
        ("brackets", String(repeating: "[", count: 100_000), "deeper than 256"),
        ("brackets on lines", String(repeating: "[\n", count: 100_000), "deeper than 256"),
        ("braces", String(repeating: "{a: ", count: 100_000), "deeper than 256"),
        ("dashes", String(repeating: "- ", count: 100_000), "deeper than 256"),
        ("questions", String(repeating: "? ", count: 100_000), "cannot be a key"),
        ("deep aliases", chain(600), "deeper than 256"),
        ("10 megabytes", String(repeating: "a: b\n", count: 2_000_000), "larger than 1048576 bytes"),
        (
            "a large text, repeated",
            "a: &a \(String(repeating: "x", count: 500_000))\nb: [\(Array(repeating: "*a", count: 900).joined(separator: ","))]",
            "bytes of text"
        ),
        ("aliases", "a: &a x\nb: [\(String(repeating: "*a,", count: 2000))]", "more than 1000 aliases"),
    ]

    /// By place, since a failing test would print the whole text of its argument.
    @Test("an attack is refused, and the time it took is told", arguments: attackTexts.indices)
    func attacks(place: Int) throws {
        let (name, text, fragment) = Self.attackTexts[place]
        var fault: Fault?
        let took = ContinuousClock().measure { fault = Self.fault(of: text) }
        #expect(try #require(fault).message.contains(fragment))
        print("refused \(name) in \(took)")
    }

    @Test("a hundred levels are accepted")
    func deep() throws {
        _ = try YAML.parse(String(repeating: "[", count: 100) + String(repeating: "]", count: 100))
    }

    @Test("a document of 100,000 values in a megabyte is read within bounds")
    func large() throws {
        let text = "[" + String(repeating: "[1,2,3,4],", count: 19_000) + "]"
        #expect(try YAML.parse(text).root.listValue?.count == 19_000)
    }
}
