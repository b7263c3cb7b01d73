import ApusModel
import ApusYAML
import Testing

@Suite struct PrinterTests {
    @Test("block style, two spaces, list items indented")
    func style() {
        let value: Value = [
            "id": "a", "empty": ["list": [], "map": [:], "none": nil],
            "tasks": [["id": "x", "on": true, "script": "one\ntwo\n"], [1, [2]], "3"],
        ]
        #expect(
            YAML.print(value) == """
                id: a
                empty:
                  list: []
                  map: {}
                  none: null
                tasks:
                  - id: x
                    'on': true
                    script: |
                      one
                      two
                  - - 1
                    - - 2
                  - '3'

                """)
    }

    @Test(
        "quotes only where they are needed",
        arguments: [
            ("hello world", "hello world"), ("it's", "it's"), ("{{ x }}", "'{{ x }}'"), ("a: b", "'a: b'"),
            ("a:b", "a:b"),
            ("a #b", "'a #b'"), ("a#b", "a#b"), ("true", "'true'"), ("yes", "'yes'"), ("12", "'12'"),
            ("", "''"),
            (" a", "' a'"), ("a\tb", "'a\tb'"), ("\u{7}", "\"\\x07\""), ("2024-01-01", "2024-01-01"),
            ("a\nb", "|-\n  a\n  b"),
            ("kestra:///a/b", "kestra:///a/b"), ("-1x", "'-1x'"), ("*", "'*'"),
        ])
    func quotes(text: String, printed: String) {
        #expect(YAML.print(.string(text)) == printed + "\n")
    }

    @Test(
        "what is printed is read back",
        arguments: [
            "", " ", "\n", "a\n", "a\n\n", "\na", "  a\nb", "a\n  b\n", "a\n \n", "a\r\nb", "a\tb\n",
            "\u{85}", "\u{FEFF}",
            "\u{2028}", "🐝\nb", "null", "~", "<<", "=", "---", "--- a", "...", "- a", "? a", ": a", "a:", "#",
            "a\n#b", "0x1",
            "1_0", ".5", ".inf", "|", ">", "%a", "@a", "`a`", "!a", "&a", "'", "\"", "\\", "a,b", "[a]",
            "{a}", "\u{0}",
            "é\u{301}", "a\nb\n\n\n", "true\n", "x: y\nz: [\n", "\u{10FFFF}",
        ])
    func roundTrip(text: String) throws {
        let value: Value = [
            "v": .string(text), "l": [.string(text), [.string(text)], ["k": .string(text)]],
            "last": .string(text),
        ]
        #expect(try YAML.parse(YAML.print(value)).root == value)
        let key: Value = .map([text: ["a": 1], "other": [1]])
        #expect(try YAML.parse(YAML.print(key)).root == key)
        let items: Value = [key, [key]]
        #expect(try YAML.parse(YAML.print(items)).root == items)
        if text != "" { #expect(try YAML.parse(YAML.print(.string(text))).root == .string(text)) }
    }

    @Test(
        "numbers are read back",
        arguments: [
            1.5, -0.0, 1e300, 2.5e-308, .double(.infinity), 0, -1,
            .extended(.decimal("123456789012345678901234567890")),
        ] as [Value])
    func numbers(value: Value) throws {
        #expect(try YAML.parse(YAML.print(value)).root == value)
    }

    @Test("a key too long for one line is read back")
    func longKey() throws {
        let value: Value = .map(OrderedMap([(String(repeating: "k", count: 3000), ["a": [1]])]))
        #expect(try YAML.parse(YAML.print(value)).root == value)
    }
}
