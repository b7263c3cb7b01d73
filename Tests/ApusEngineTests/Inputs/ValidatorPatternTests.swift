import ApusEngine
import Testing

@Suite struct ValidatorPatternTests {
    @Test(
        "a pattern matches whole texts only",
        arguments: [
            (#"A\d+"#, "A123", true), (#"A\d+"#, "xA123", false), (#"A\d+"#, "A123x", false),
            (#"A\d+"#, "", false),
            ("[a-z]{3}", "abc", true), ("[a-z]{3}", "ABC", false), ("[a-z]{3}", "abcd", false),
            ("", "", true), ("", "a", false), ("a|bc", "bc", true), ("a|bc", "ac", false),
            ("(?:ab)*", "ababab", true), ("(?:ab)*", "aba", false), ("a{2,}", "a", false),
            ("a{2,}", "aaaa", true),
            ("a{1,2}", "aaa", false), ("a??b", "ab", true), ("a*+b", "aab", true), ("colou?r", "color", true),
            (".", "\n", false), ("(?s).", "\n", true), (".", "é", true), (".", "😀", true),
            (#"\w+@\w+\.com"#, "me@example.com", true), (#"\p{Lu}\p{Ll}+"#, "Érika", true),
            (#"\pL+"#, "été", true),
            (#"\p{Alpha}+"#, "été", false), (#"[^0-9]+"#, "abc", true), (#"[^0-9]+"#, "a1c", false),
            (#"[a-z&&[^aeiou]]+"#, "xyz", true), (#"[a-z&&[^aeiou]]+"#, "xay", false),
            (#"[\d-]+"#, "1-2", true),
            (#"[]a]+"#, "]a", true), (#"[a-]+"#, "a-", true), (#"[[:x]]+"#, ":x", true),
            ("(?i)abc", "aBC", true), ("(?i:a)b", "AB", false), ("(?i)[^a]", "A", false),
            ("(?i)é", "É", true),
            ("^abc$", "abc", true), (#"\Aabc\z"#, "abc", true), (#"\bfoo\b.*"#, "foo bar", true),
            (#"a\Bb"#, "ab", true), (#"\Qa.b\E+"#, "a.bbb", true), (#"\Qa.b\E"#, "axb", false),
            (#"\Q\E"#, "", true), (#"x\Q*"#, "x*", true),
            (#"^(?=.*[A-Z])(?=.*\d).{8,}$"#, "Passw0rd", true),
            (#"^(?=.*[A-Z])(?=.*\d).{8,}$"#, "password", false),
            (#"(?!admin$).*"#, "admin", false), (#"(?!admin$).*"#, "administrator", true),
            (#"\u0041\x42\x{43}"#, "ABC", true), (#"a\tb"#, "a\tb", true),
            (#"(?<year>\d{4})-\d{2}"#, "2024-05", true),
            (#"\s*\S+\s*"#, "  x ", true), (#"(?x) a b # c"#, "ab", true), (#"a\{b\}"#, "a{b}", true),
            ("(a*)*b", String(repeating: "a", count: 5000), false),
            ("(a|a)*c", String(repeating: "a", count: 5000), false),
            ("(a|aa)+$", String(repeating: "a", count: 5000) + "!", false),
            ("(.*,){20}x", String(repeating: ",", count: 3000), false),
        ])
    func matching(pattern: String, text: String, matches: Bool) throws {
        #expect(try ValidatorPattern(pattern).matchesWhole(text) == matches)
    }

    @Test(
        "a broken or unsupported pattern is refused",
        arguments: [
            "(", ")", "a(b", "[", "[a", "[z-a]", "*", "a**", "+a", "a{", "a{2", "a{3,1}", "{2}", #"\"#,
            #"(a)\1"#,
            #"\k<x>"#, "(?<=a)b", "(?<!a)b", "(?<name", "(?y)", "(?", #"\p{Nope}"#, #"\p{"#, #"\u00"#,
            #"\xZZ"#, #"\y"#,
            "a{1001}", "((a{1000}){1000}){1000}", "[a-", #"[\d"#, #"\x{110000}"#, "[a-z&&", "[[[[", "(?i",
        ])
    func refusal(pattern: String) {
        #expect(throws: PatternError.self) { try ValidatorPattern(pattern) }
    }

    @Test("deep nesting and great length are refused, not followed")
    func bounds() {
        #expect(throws: PatternError.self) { try ValidatorPattern(String(repeating: "(", count: 4000)) }
        #expect(throws: PatternError.self) { try ValidatorPattern(String(repeating: "[", count: 4000)) }
        #expect(throws: PatternError.self) { try ValidatorPattern(String(repeating: "a", count: 5000)) }
    }

    @Test("a text too long for its pattern is neither accepted nor refused")
    func exhausted() throws {
        let pattern = try ValidatorPattern("([ab]{0,500})*c")
        #expect(pattern.matchesWhole(String(repeating: "ab", count: 200_000)) == nil)
    }
}
