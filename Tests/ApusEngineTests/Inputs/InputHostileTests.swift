import ApusEngine
import ApusModel
import Testing

/// Whatever is declared or given, there is an answer and no trap.
@Suite struct InputHostileTests {
    static let types = [
        "STRING", "SECRET", "SELECT", "MULTISELECT", "ENUM", "INT", "FLOAT", "BOOL", "BOOLEAN", "DATETIME",
        "DATE",
        "TIME", "DURATION", "FILE", "JSON", "YAML", "ION", "URI", "EMAIL", "ARRAY", "FORM", "REUSABLE_INPUTS",
        "",
    ]

    static let properties = [
        "id", "name", "type", "displayName", "description", "required", "defaults", "prefill", "dependsOn",
        "validator",
        "values", "options", "expression", "allowCustomValue", "isRadio", "autoSelectFirst", "itemType",
        "min", "max",
        "after", "before", "allowedFileExtensions", "extension", "jsonSchema", "inputs",
    ]

    static let values: [Value] = [
        .null, true, false, 0, -1, .int(.max), .int(.min), 0.5, .double(.nan), .double(.infinity),
        .double(1e300),
        "", " ", "a", "é😀", "\u{0}", "-", "+", ".", "P", "PT", "T", "PT99999999999999H", "0000-00-00",
        "9999-99-99T99:99:99Z",
        "[", "{", "[[[[", "{{", "{{ x }}", "{% if %}", "%", "%2", "://", "file://", "file:///..",
        "kestra:///%", "a:b:c",
        "&a [*a]", "'", "'''", "{{\"", "0x", "1d", "1e", "null.", "2024-01-01T", "::", "\\", "(", "(?=",
        "[a-",
        "itemType", "[1, \"x\", null]", "{\"a\": 1}", .string(String(repeating: "[", count: 2000)),
        .string(String(repeating: "x", count: 70_000)), [], [.null], [1, "a", [], [:]], [:], ["a": .null],
        ["": 1],
        ["label": "x"], ["value": "x"], ["inputs": ["a", "b"], "condition": "{{ inputs }}"], ["inputs": "a"],
        ["type": "io.kestra.datatype:aes_encrypted", "value": "x"], ["$ref": "#"],
        ["type": 5, "pattern": "("],
        .extended(.decimal("99999999999999999999")), .extended(.duration(.zero)), .extended(.float(.nan)),
        .extended(.bytes([255, 0])), .extended(.instant(Timestamp(microseconds: .max))),
    ]

    @Test("any value under any property of any type", arguments: types)
    func declarations(type: String) {
        for property in Self.properties {
            for value in Self.values {
                let declaration: Value = .map(
                    OrderedMap([("id", "a"), ("type", .string(type)), (property, value)]))
                let parsed = InputDefinition.parse(
                    [declaration, ["id": "b", "type": "INT"]], at: ValuePath(), positions: PositionMap(),
                    edition: .two)
                _ = try? InputResolver(definitions: parsed.definitions, edition: .two).resolve(
                    [("a", .value(value)), ("b", .text("1"))], context: InputFixture.context(edition: .two))
                // One value is enough for a property that the type does not have.
                if parsed.faults.contains(where: { $0.message.hasPrefix("Unrecognized field") }) { break }
            }
        }
    }

    @Test("any value for any type, as text, value and file", arguments: types)
    func given(type: String) throws {
        let extra =
            ["ARRAY": ", itemType: DURATION", "SELECT": ", values: [a]", "MULTISELECT": ", values: [a]"][type]
            ?? ""
        let fixture = try InputFixture("[{id: a, type: '\(type)'\(extra)}]")
        for value in Self.values {
            _ = try fixture.resolve([("a", .value(value))], encrypts: true)
            _ = try fixture.resolve([("a", .value([value]))], encrypts: true)
            _ = try fixture.resolve([("a", .text(value.stringValue ?? value.json))], encrypts: true)
            _ = try fixture.resolve([("a", .file(uri: value.json, name: value.json))], encrypts: true)
            _ = try fixture.resolve([(value.stringValue ?? "", .value(value))], encrypts: true)
        }
    }

    @Test("a long chain and a great circle of dependencies")
    func graphs() throws {
        func inputs(count: Int, closed: Bool) -> Value {
            .list(
                (0..<count).map { place in
                    let before = place == 0 ? (closed ? count - 1 : nil) : place - 1
                    var map: OrderedMap<Value> = [
                        "id": .string("i\(place)"), "type": "STRING", "defaults": "x",
                    ]
                    if let before { map["dependsOn"] = ["inputs": [.string("i\(before)")]] }
                    return .map(map)
                })
        }
        let chain = InputDefinition.parse(
            inputs(count: 3000, closed: false), at: ValuePath(), positions: PositionMap(), edition: .one)
        #expect(chain.faults.isEmpty)
        let result = try InputResolver(definitions: chain.definitions, edition: .one)
            .resolve([], context: InputFixture.context())
        #expect(result.enabled.count == 3000)
        let circle = InputDefinition.parse(
            inputs(count: 300, closed: true), at: ValuePath(), positions: PositionMap(), edition: .one)
        #expect(circle.faults.count == 300)
        _ = try InputResolver(definitions: circle.definitions, edition: .one)
            .resolve([], context: InputFixture.context())
    }
}
