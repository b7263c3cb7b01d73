import ApusEngine
import ApusModel
import Testing

/// What each type accepts and refuses, given as text and as a value.
@Suite struct InputTypeTests {
    static let accepted: [(declaration: String, given: GivenInput, value: Value)] = [
        ("type: STRING", .text("a b"), "a b"),
        ("type: STRING", .text(""), ""),
        ("type: STRING", .text("{{ flow.id }}"), "{{ flow.id }}"),
        ("type: STRING", .value(5), "5"),
        ("type: STRING", .value(true), "true"),
        ("type: STRING", .value(["a": [1]]), #"{"a":[1]}"#),
        ("type: STRING, validator: 'A\\d+'", .text("A123"), "A123"),
        ("type: EMAIL", .text("first.last@sub.example.com"), "first.last@sub.example.com"),
        ("type: EMAIL", .text(""), ""),
        ("type: SELECT, values: [a, b]", .text("b"), "b"),
        ("type: SELECT, values: [1, 2]", .value(2), "2"),
        ("type: SELECT, values: [a], allowCustomValue: true", .text("free"), "free"),
        ("type: SELECT, values: [{label: Europe, value: eu}]", .text("eu"), "eu"),
        ("type: ENUM, values: [a, b]", .text("a"), "a"),
        ("type: MULTISELECT, values: [a, b, c]", .text(#"["b", "c"]"#), ["b", "c"]),
        ("type: MULTISELECT, values: [a, b]", .value([]), []),
        ("type: MULTISELECT, options: [a, b]", .value(["a"]), ["a"]),
        ("type: MULTISELECT, values: ['1', '2'], itemType: INT", .value([2]), [2]),
        ("type: INT", .text("42"), 42),
        ("type: INT", .text("-7"), -7),
        ("type: INT", .value(42), 42),
        ("type: INT", .value(42.0), 42),
        ("type: INT, min: 10, max: 20", .text("10"), 10),
        ("type: INT, min: 10, max: 20", .text("20"), 20),
        ("type: FLOAT", .text("42.42"), 42.42),
        ("type: FLOAT", .text("42"), 42.0),
        ("type: FLOAT", .text("1e3"), 1000.0),
        ("type: FLOAT, min: 0.1, max: 0.5", .text("0.42"), 0.42),
        ("type: BOOL", .text("true"), true),
        ("type: BOOL", .text("TRUE"), true),
        ("type: BOOL", .text("no"), false),
        ("type: BOOL", .value(1), true),
        ("type: BOOLEAN", .text("off"), false),
        (
            "type: DATETIME", .text("2019-10-06T18:27:49Z"),
            .extended(.instant(instant("2019-10-06T18:27:49Z")))
        ),
        (
            "type: DATETIME", .text("2024-02-03T04:05:06+02:00"),
            .extended(.instant(instant("2024-02-03T02:05:06Z")))
        ),
        (
            "type: DATETIME, before: '2023-12-31T23:59:59Z'", .text("2023-12-31T23:59:59Z"),
            .extended(.instant(instant("2023-12-31T23:59:59Z")))
        ),
        ("type: DATE", .text("2019-10-06"), .extended(.localDate(LocalDate(daysSinceEpoch: 18175)))),
        (
            "type: TIME", .text("18:27:49"),
            .extended(.localTime(LocalTime(hour: 18, minute: 27, second: 49)!))
        ),
        ("type: TIME", .text("09:30"), .extended(.localTime(LocalTime(hour: 9, minute: 30)!))),
        ("type: DURATION", .text("PT5M6S"), .extended(.duration(.seconds(306)))),
        ("type: DURATION", .value(306), .extended(.duration(.seconds(306)))),
        ("type: DURATION", .value("600.5"), .extended(.duration(.milliseconds(600_500)))),
        ("type: FILE", .file(uri: "kestra:///a/b.txt", name: "b.txt"), "kestra:///a/b.txt"),
        ("type: FILE", .text("nsfile:///a/b.txt"), "nsfile:///a/b.txt"),
        (
            "type: FILE, allowedFileExtensions: [.csv]", .file(uri: "kestra:///x.upl", name: "DATA.CSV"),
            "kestra:///x.upl"
        ),
        ("type: JSON", .text(#"{"a": "b"}"#), ["a": "b"]),
        ("type: JSON", .text("[1]"), [1]),
        ("type: JSON", .value(["a": 1]), ["a": 1]),
        (#"type: JSON, jsonSchema: '{"type": "object", "required": ["a"]}'"#, .text(#"{"a": 1}"#), ["a": 1]),
        ("type: YAML", .text("a: {b: 7}"), ["a": ["b": 7]]),
        ("type: YAML", .text("- x"), ["x"]),
        ("type: ION", .text("{c:true}"), ["c": true]),
        (
            "type: ION", .text("x::{a: 1d1, 'b c': [sym, '''lo''' '''ng'''], /* c */ d: 0x1F} // end"),
            ["a": 10.0, "b c": ["sym", "long"], "d": 31]
        ),
        ("type: URI", .text("https://www.google.com"), "https://www.google.com"),
        ("type: URI", .text("http:/bla"), "http:/bla"),
        ("type: URI", .text("kestra:///a/b"), "kestra:///a/b"),
        ("type: ARRAY, itemType: INT", .text("[1, 2, 3]"), [1, 2, 3]),
        ("type: ARRAY, itemType: INT", .value(["1", 2]), [1, 2]),
        ("type: ARRAY, itemType: STRING", .text(#"["x", 1]"#), ["x", "1"]),
        ("type: ARRAY, itemType: JSON", .value([["a": 1]]), [["a": 1]]),
        ("type: ARRAY, itemType: INT", .text("[]"), []),
    ]

    static func instant(_ text: String) -> Timestamp { Timestamp(iso: text) ?? Timestamp(microseconds: 0) }

    @Test("values that a type accepts", arguments: accepted)
    func acceptance(declaration: String, given: GivenInput, value: Value) throws {
        let fixture = try InputFixture("[{id: x, \(declaration)}]")
        #expect(fixture.errors == [])
        let result = try fixture.resolve([("x", given)])
        #expect(result.faults == [])
        #expect(result.values == ["x": value])
    }

    static let refused: [(declaration: String, given: GivenInput, cause: String)] = [
        (
            "type: STRING, validator: 'A\\d+'", .text("foo"),
            "it must match the pattern `A\\d+`, but received `foo`"
        ),
        ("type: STRING", .file(uri: "kestra:///a", name: "a"), "a file was given"),
        ("type: EMAIL", .text("nobody"), "it must be an email address"),
        ("type: EMAIL", .text("a b@example.com"), "it must be an email address"),
        ("type: EMAIL", .text("a@b@c"), "it must be an email address"),
        (
            "type: ENUM, values: [ENUM_VALUE, OTHER_ONE]", .text("INVALID"),
            "it must match the values `[ENUM_VALUE, OTHER_ONE]`"
        ),
        ("type: SELECT, values: [a, b]", .text("c"), "it must match the values `[a, b]`"),
        ("type: SELECT, values: [a, b]", .text(""), "it must match the values `[a, b]`"),
        (
            "type: SELECT, values: [{label: Europe, value: eu}]", .text("Europe"),
            "it must match the values `[eu]`"
        ),
        (
            "type: MULTISELECT, values: [a, b, c]", .text(#"["b", "z"]"#),
            "value `z` doesn't match the values `[a, b, c]`"
        ),
        ("type: MULTISELECT, values: [a]", .text("a"), "it must be a JSON list"),
        ("type: INT", .text("abc"), "it must be an integer"),
        ("type: INT", .text("1.5"), "it must be an integer"),
        ("type: INT", .text(" 1"), "it must be an integer"),
        ("type: INT", .text("99999999999999999999"), "it must be an integer"),
        ("type: INT", .value(1.5), "it must be an integer"),
        ("type: INT", .value(1e300), "it must be an integer"),
        ("type: INT", .value(true), "it must be an integer"),
        ("type: INT", .value([1]), "it must be an integer"),
        ("type: INT, min: 10, max: 20", .text("9"), "it must be more than `10`"),
        ("type: INT, min: 10, max: 20", .text("21"), "it must be less than `20`"),
        ("type: FLOAT", .text("x"), "it must be a number"),
        ("type: FLOAT", .text("nan"), "it must be a number"),
        ("type: FLOAT", .text("1e999"), "it must be a number"),
        ("type: FLOAT", .text("0x10"), "it must be a number"),
        ("type: FLOAT, min: 0.1, max: 0.5", .text("0.01"), "it must be more than `0.1`"),
        ("type: FLOAT, min: 0.1, max: 0.5", .text("0.6"), "it must be less than `0.5`"),
        ("type: BOOL", .text("maybe"), "it must be `true` or `false`"),
        ("type: DATETIME", .text("2024-02-03"), "it must be a date and time with its zone"),
        ("type: DATETIME", .text("2024-02-03T10:00:00"), "it must be a date and time with its zone"),
        (
            "type: DATETIME, before: '2023-12-31T23:59:59Z'", .text("2024-01-01T00:00:00Z"),
            "it must be before `2023-12-31T23:59:59Z`"
        ),
        (
            "type: DATETIME, after: '2024-01-01T00:00:00.5Z'", .text("2024-01-01T00:00:00Z"),
            "it must be after `2024-01-01T00:00:00.500000Z`"
        ),
        ("type: DATE", .text("2024-02-30"), "it must be a date"),
        ("type: DATE, after: 2023-01-01", .text("2022-01-01"), "it must be after `2023-01-01`"),
        ("type: DATE, before: 2024-12-31", .text("2025-02-03"), "it must be before `2024-12-31`"),
        ("type: TIME", .text("25:00"), "it must be a time of day"),
        ("type: TIME, after: '01:00:00'", .text("00:00:01"), "it must be after `01:00`"),
        ("type: DURATION", .text("abc"), "it must be an ISO 8601 duration"),
        ("type: DURATION", .text("5"), "it must be an ISO 8601 duration"),
        ("type: DURATION", .value(1e300), "it must be an ISO 8601 duration"),
        ("type: DURATION, min: PT10S, max: PT20S", .text("PT1S"), "It must be more than `PT10S`"),
        ("type: DURATION, min: PT10S, max: PT20S", .text("PT1H"), "It must be less than `PT20S`"),
        ("type: FILE", .text("hello"), "it must be an uploaded file"),
        ("type: FILE", .text("https://example.com/a"), "it must be an uploaded file"),
        ("type: FILE", .text("file:///a/../../etc/passwd"), "the path must not contain"),
        ("type: FILE", .text("nsfile:///a/%2E%2e/b"), "the path must not contain"),
        ("type: FILE", .text("kestra:///a\\b"), "the path must not contain"),
        (
            "type: FILE, allowedFileExtensions: [.csv]", .file(uri: "kestra:///x", name: "x.exe"),
            "the file must have one of the extensions `[.csv]`"
        ),
        ("type: JSON", .text("{open"), "it must be JSON: expected a key in double quotes (line 1, column 2)"),
        (
            #"type: JSON, jsonSchema: '{"properties": {"a": {"type": "string"}}}'"#, .text(#"{"a": 1}"#),
            "it does not fit the JSON Schema: `a`: expected string, found integer"
        ),
        ("type: YAML", .text("a: b: c"), "it must be YAML"),
        ("type: ION", .text("{a"), "it must be Ion"),
        ("type: URI", .text("no scheme"), "it must be a URI"),
        ("type: URI", .text("plain"), "it must be a URI"),
        ("type: URI", .text("http://a b"), "it must be a URI"),
        ("type: URI", .text("http:%zz"), "it must be a URI"),
        ("type: ARRAY, itemType: INT", .text("5"), "it must be a JSON list"),
        ("type: ARRAY, itemType: INT", .text(#"["x"]"#), "Unable to parse array element as `INT` on `x`"),
    ]

    @Test("values that a type refuses, with the cause", arguments: refused)
    func refusal(declaration: String, given: GivenInput, cause: String) throws {
        let fixture = try InputFixture("[{id: x, \(declaration)}]")
        #expect(fixture.errors == [])
        let result = try fixture.resolve([("x", given)])
        #expect(result.faults.map(\.id) == ["x"])
        let message = result.faults.first?.message ?? ""
        #expect(message.contains("`x`") && message.contains(cause), "\(message)")
        #expect(result.values == [:])
    }

    @Test(
        "empty text is nothing for most types",
        arguments: [
            "INT", "FLOAT", "BOOL", "BOOLEAN", "DATETIME", "DATE", "TIME", "DURATION", "FILE", "JSON", "YAML",
            "ION", "URI",
            "ARRAY, itemType: INT", "MULTISELECT, values: [a]",
        ])
    func empty(type: String) throws {
        let result = try InputFixture("[{id: x, type: \(type)}]").resolve(texts: ["x": ""])
        #expect(result.faults.map(\.message) == ["Missing required input `x`"])
        let optional = try InputFixture("[{id: x, type: \(type), required: false}]").resolve(texts: ["x": ""])
        #expect(optional.faults == [] && optional.values == ["x": .null])
    }

    @Test(
        "in edition 2 every word but true is false, with a warning",
        arguments: [
            ("TRUE", true, 0), ("false", false, 0), ("yes", false, 1), ("1", false, 1),
        ])
    func looseBooleans(text: String, value: Bool, warnings: Int) throws {
        let result = try InputFixture("[{id: b, type: BOOL}]", edition: .two).resolve(texts: ["b": text])
        #expect(result.values == ["b": .bool(value)])
        #expect(result.warnings.count == warnings)
    }
}
