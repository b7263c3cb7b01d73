import ApusModel
import ApusYAML
import Testing

@Suite struct ScalarTests {
    @Test(
        "a plain scalar becomes what it looks like",
        arguments: [
            ("true", .bool(true)), ("False", .bool(false)), ("TRUE", .bool(true)), ("yes", "yes"),
            ("on", "on"),
            ("No", "No"), ("off", "off"), ("y", "y"), ("tRUE", "tRUE"), ("null", .null), ("~", .null),
            ("Null", .null),
            ("", .null), ("nULL", "nULL"), ("0", 0), ("12", 12), ("-7", -7), ("+7", 7), ("1_000", 1000),
            ("0x1F", 31),
            ("-0x10", -16), ("0X1F", "0X1F"), ("0b101", 5), ("010", 8), ("08", "08"), ("0_7", 7),
            ("0x", "0x"),
            ("9223372036854775807", 9_223_372_036_854_775_807),
            ("9223372036854775808", .extended(.decimal("9223372036854775808"))),
            ("1.5", 1.5), (".5", 0.5), ("1.", 1.0), ("-1.5e3", -1500.0), ("1e3", 1000.0), ("1_0.5", 10.5),
            (".inf", .double(.infinity)), ("-.INF", .double(-.infinity)), (".", "."), ("-x", "-x"),
            ("1e", "1e"),
            ("1.2.3", "1.2.3"), ("2024-01-01", "2024-01-01"),
            ("2024-01-01T10:00:00Z", "2024-01-01T10:00:00Z"),
            ("12:30:00", "12:30:00"), ("PT1H", "PT1H"), ("_1", "_1"), ("1 2", "1 2"), ("=", "="),
        ] as [(String, Value)])
    func plain(text: String, value: Value) throws {
        #expect(try YAML.parse("a: \(text)").root == ["a": value])
    }

    @Test(
        "quotes make text of anything",
        arguments: [
            ("'12'", "12"), ("\"true\"", "true"), ("''", ""), ("'it''s'", "it's"), (#""a\tb""#, "a\tb"),
            ("! 12", "12"),
        ] as [(String, Value)])
    func quoted(text: String, value: Value) throws {
        #expect(try YAML.parse("a: \(text)").root == ["a": value])
    }

    @Test(
        "a tag decides",
        arguments: [
            ("!!str 12", "12"), ("!!int '12'", 12), ("!!float 1", 1.0), ("!!bool 'true'", .bool(true)),
            ("!!null x", .null), ("!!timestamp 2024-01-01", "2024-01-01"),
        ] as [(String, Value)])
    func tagged(text: String, value: Value) throws {
        #expect(try YAML.parse("a: \(text)").root == ["a": value])
    }

    @Test(
        "a tag that is unknown or does not fit is refused",
        arguments: [
            "!!int x", "!!bool yes", "!!java.util.Date 2024", "!include x.yaml",
            "!!python/object:os.system {}", "!!set {a, b}",
        ])
    func refusedTag(text: String) {
        #expect(throws: Fault.self) { try YAML.parse("a: \(text)") }
    }

    @Test("not a number is a number")
    func nan() throws {
        guard case .double(let number)? = try YAML.parse("a: .nan").root["a"] else {
            Issue.record("not a double")
            return
        }
        #expect(number.isNaN)
    }
}
