import ApusEngine
import ApusModel
import Testing

@Suite struct InputDeclarationTests {
    @Test(
        "declarations that are refused, with the reason",
        arguments: [
            ("[{id: a, type: STRING}, {id: a, type: INT}]", "Duplicate input with name [a]"),
            ("[{id: a, type: FOO}]", "Invalid type: FOO"),
            ("[{id: a, type: string}]", "did you mean `STRING`?"),
            ("[{id: wrong one}]", "Invalid type: null"),
            ("[{id: wrong one, type: STRING}]", "`wrong one` is not a valid id"),
            ("[{id: .a, type: STRING}]", "`.a` is not a valid id"),
            ("[{type: STRING}]", "the input has no `id`"),
            ("[text]", "expected an input with `id` and `type`"),
            ("{a: b}", "expected a list of inputs, found a map"),
            ("[{id: a, type: STRING, validater: x}]", "did you mean `validator`?"),
            ("[{id: a, type: INT, validator: x}]", "Unrecognized field \"validator\""),
            ("[{id: i, type: STRING, validator: \"(\"}]", "the `validator` is not a regular expression"),
            ("[{id: i, type: ARRAY}]", "`itemType`"),
            ("[{id: i, type: ARRAY, itemType: ARRAY}]", "`itemType` cannot be `ARRAY`"),
            ("[{id: i, type: ARRAY, itemType: SECRET}]", "`itemType` cannot be `SECRET`"),
            ("[{id: i, type: ARRAY, itemType: ENUM}]", "`itemType` cannot be `ENUM`"),
            ("[{id: i, type: MULTISELECT, values: [a], itemType: SELECT}]", "`itemType` cannot be `SELECT`"),
            ("[{id: i, type: ARRAY, itemType: NOPE}]", "Invalid type: NOPE"),
            (
                "[{id: f, type: FILE, defaults: something}]",
                "the default of a FILE input must be a `file://` or `nsfile://` URI"
            ),
            ("[{id: f, type: FILE, defaults: 'file:///a/../b'}]", "the path must not contain"),
            ("[{id: f, type: FILE, defaults: 'file:///{{ flow.id }}'}]", "cannot use variables"),
            ("[{id: f, type: FILE, allowedFileExtensions: [CSV]}]", "`CSV` is not a file extension"),
            ("[{id: num, type: INT, defaults: abc}]", "`num`"),
            ("[{id: num, type: INT, max: 3, defaults: 4}]", "it must be less than `3`"),
            ("[{id: pick, type: SELECT, values: [a, b], defaults: c}]", "`pick`"),
            ("[{id: pick, type: SELECT}]", "nothing to choose from"),
            ("[{id: pick, type: SELECT, values: []}]", "`values` must not be empty"),
            ("[{id: pick, type: SELECT, values: [a], expression: '{{ [1] }}'}]", "exclude each other"),
            ("[{id: pick, type: SELECT, values: [[a]]}]", "each of the `values`"),
            ("[{id: i, type: INT, min: x}]", "`min` must be an integer, found `x`"),
            ("[{id: i, type: INT, min: 3, max: 2}]", "`min` lies beyond `max`"),
            ("[{id: i, type: DATE, after: x}]", "`after` must be a date, found `x`"),
            ("[{id: i, type: DURATION, max: 5}]", "`max` must be an ISO 8601 duration"),
            ("[{id: i, type: STRING, required: maybe}]", "expected true or false"),
            (
                "[{id: i, type: STRING, defaults: a, prefill: b}]",
                "`defaults` and `prefill` exclude each other"
            ),
            ("[{id: i, type: STRING, defaults: '{{ a'}]", "inputs[0].defaults"),
            ("[{id: i, type: STRING, dependsOn: x}]", "expected a map with `inputs` and `condition`"),
            (
                "[{id: i, type: STRING, dependsOn: {inputs: [ghost]}}]",
                "Input with id 'i' depends on a non-existent input 'ghost'."
            ),
            (
                "[{id: a, type: STRING, dependsOn: {inputs: [b]}}, {id: b, type: STRING, dependsOn: {inputs: [a]}}]",
                "Cycle dependency detected for input with id 'a': ["
            ),
            (
                "[{id: a, type: STRING, dependsOn: {inputs: [a]}}]",
                "Cycle dependency detected for input with id 'a': [a]"
            ),
            ("[{id: f, type: FORM}]", "`inputs` of a form must not be empty"),
            (
                "[{id: f, type: FORM, inputs: [{id: g, type: FORM, inputs: [{id: x, type: INT}]}]}]",
                "a form cannot stand inside a form"
            ),
            ("[{id: f, type: FORM, defaults: 1, inputs: [{id: x, type: INT}]}]", "a form has no `defaults`"),
            (
                "[{id: grp, type: FORM, inputs: [{id: a, type: STRING}]}, {id: grp.a, type: STRING}]",
                "Duplicate input with name [grp.a]"
            ),
            ("[{id: j, type: JSON, jsonSchema: '{'}]", "the `jsonSchema` is not JSON"),
            ("[{id: s, type: SECRET, validator: 'a+', defaults: hunter2}]", "it must match the pattern"),
        ])
    func refusal(yaml: String, reason: String) throws {
        let errors = try InputFixture(yaml).errors
        #expect(errors.contains { $0.contains(reason) }, "\(errors)")
    }

    @Test("a fault names its place")
    func place() throws {
        let fault = try #require(
            try InputFixture("- {id: a, type: STRING}\n- {id: b, type: FOO}").faults.first)
        #expect(fault.path.description == "inputs[1].type")
    }

    @Test(
        "old names are read, with a warning",
        arguments: [
            "[{name: a, type: STRING}]", "[{id: a, type: BOOLEAN}]", "[{id: a, type: ENUM, values: [x]}]",
            "[{id: a, type: MULTISELECT, options: [x]}]", "[{id: a, type: FILE, extension: .zip}]",
            "[{id: a, type: STRING, required: false, defaults: x}]",
            "[{id: a, type: STRING}, {id: a.b, type: INT}]",
        ])
    func warning(yaml: String) throws {
        let fixture = try InputFixture(yaml)
        #expect(fixture.errors == [])
        #expect(fixture.warnings.count == 1)
        #expect(fixture.definitions.first?.id == "a")
    }

    @Test("a secret default does not show in a fault")
    func secretDefault() throws {
        let errors = try InputFixture("[{id: s, type: SECRET, validator: 'a+', defaults: hunter2}]").errors
        #expect(!errors.joined().contains("hunter2"))
    }

    @Test("null is an empty list")
    func none() {
        let result = InputDefinition.parse(.null, at: ValuePath(), positions: PositionMap(), edition: .one)
        #expect(result.definitions.isEmpty && result.faults.isEmpty)
    }
}
