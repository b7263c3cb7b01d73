import ApusPlugin
import Testing

@Suite struct GlobTests {
    @Test(
        "patterns match paths",
        arguments: [
            ("*.txt", "a.txt", true), ("*.txt", "d/a.txt", false), ("**.txt", "d/a.txt", true),
            ("**/*.txt", "d/e/a.txt", true), ("**/*.txt", "a.txt", true), ("**/a.txt", "ba.txt", false),
            ("out/**", "out/a/b", true), ("out/**", "output/a", false), ("?.txt", "a.txt", true),
            ("?.txt", "ab.txt", false), ("[a-c].txt", "b.txt", true), ("[!a-c].txt", "b.txt", false),
            ("{a,b/c}.txt", "b/c.txt", true), ("{a,b}.txt", "c.txt", false), ("a.txt", "a.txt", true),
            ("\\*.txt", "*.txt", true), ("\\*.txt", "a.txt", false), ("[", "[", true), ("", "", true),
            ("d/**/x", "d/x", true), ("d/**/x", "d/e/f/x", true), ("*", "", true), ("**", "a/b", true),
        ])
    func matches(pattern: String, path: String, expected: Bool) {
        #expect(Glob(pattern).matches(path) == expected, "\(pattern) \(path)")
    }
}
