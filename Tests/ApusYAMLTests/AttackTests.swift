import ApusModel
import ApusYAML
import Testing

/// What a hostile document must not do. Every attack is refused by a count, with a place and a remedy.
@Suite struct YAMLAttackTests {
    struct Attack: Sendable {
        var name: String
        var text: String
        /// Part of the message.
        var fragment: String

        init(_ name: String, _ text: String, _ fragment: String) {
            self.name = name
            self.text = text
            self.fragment = fragment
        }
    }

    static func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

    static func lines(_ count: Int, _ line: (Int) -> String) -> String {
        (0..<count).map { line($0) + "\n" }.joined()
    }

    /// Nine levels, each repeats the one below ten times.
    static let laughs: String = {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let alias = "*a\(level - 1)"
            text += "a\(level): &a\(level) [" + times(9, alias + ", ") + alias + "]\n"
        }
        return text
    }()

    /// The same with maps that merge.
    static let mergedLaughs: String = {
        var text = "a0: &a0 {k: x}\n"
        for level in 1...9 {
            let entries = (0..<10).map { "k\($0): *a\(level - 1)" }.joined(separator: ", ")
            text += "a\(level): &a\(level) {\(entries)}\n"
        }
        return text + "b: {<<: *a9}\n"
    }()

    static let attacks: [Attack] = [
        Attack("alias expansion", laughs, "more than 100000 values"),
        Attack("alias expansion through merges", mergedLaughs, "more than 100000 values"),
        Attack("a scalar of 100 MB", "a: " + times(100_000_000, "x"), "larger than 1048576 bytes"),
        Attack(
            "a quoted scalar of 100 MB", "a: \"" + times(50_000_000, "\\n") + "\"",
            "larger than 1048576 bytes"),
        Attack("a million keys", lines(1_000_000) { "k\($0): 1" }, "larger than 1048576 bytes"),
        Attack("many keys within the size", lines(110_000) { "\($0):" }, "more than 100000 values"),
        Attack("depth 10,000 of lists", times(10_000, "["), "deeper than 256"),
        Attack("depth 10,000 of maps", times(10_000, "{a: "), "deeper than 256"),
        Attack("depth 10,000 of lines", lines(1200) { times($0, " ") + "a:" }, "deeper than 256"),
        Attack("depth 10,000 of dashes", times(10_000, "- "), "deeper than 256"),
        Attack("a merge of itself", "a: &a {<<: *a}", "inside the value it repeats"),
        Attack("a merge in a circle", "a: &a {b: &b {<<: *a}}", "inside the value it repeats"),
        Attack("a list of itself", "a: &a [*a]", "inside the value it repeats"),
        Attack("a key written twice", "a: 1\na: 2", "Duplicate field 'a'"),
        Attack("a key written twice in flow style", "{a: 1, a: 2}", "Duplicate field 'a'"),
        Attack("a merge written twice", "a: &a {}\nb: {<<: *a, <<: *a}", "Duplicate field '<<'"),
        Attack("a tag of Python", "a: !!python/object/apply:os.system ['id']", "tag"),
        Attack("a tag of Java", "a: !!javax.script.ScriptEngineManager [x]", "tag"),
        Attack("a tag of Ruby", "a: !ruby/object:Gem::Installer {i: x}", "tag"),
        Attack("a local tag", "a: !include /etc/passwd", "tag"),
        Attack("a tag with a handle", "%TAG ! tag:example.com,2000:\n---\na: !x 1", "tag"),
        Attack(
            "a thousand aliases and more", "a: &a x\nb: [" + times(1001, "*a, ") + "]",
            "more than 1000 aliases"),
        Attack("UTF-16 read as UTF-8", "\u{FFFE}a\u{0}:\u{0} \u{0}1\u{0}", "not valid YAML"),
        Attack("a zero byte", "a: b\u{0}c", "not valid YAML"),
        Attack("control characters", "a: \u{1B}[31m", "not valid YAML"),
    ]

    /// By place, since a failing test would print the whole text of its argument.
    @Test("a hostile document is refused with what is wrong and where", arguments: attacks.indices)
    func refusal(place: Int) throws {
        let attack = Self.attacks[place]
        do {
            _ = try YAML.parse(attack.text)
            Issue.record("\(attack.name) was accepted")
        } catch {
            #expect(error.message.contains(attack.fragment), "\(attack.name): \(error.message.prefix(300))")
            #expect(error.message.utf8.count < 1000)
            #expect(error.remedy?.isEmpty == false)
        }
    }

    @Test("a tag of the core schema builds nothing but plain values")
    func coreTags() throws {
        let root = try YAML.parse("a: !!str 1\nb: !!int '2'\nc: !!map {}\nd: !!seq []\n").root
        #expect(root["a"] == "1")
        #expect(root["b"] == 2)
        #expect(root["c"] == [:])
        #expect(root["d"] == [])
    }
}
