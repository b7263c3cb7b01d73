import ApusModel
import ApusSchema
import Testing

@Suite struct ValidationTests {
    static func faults(_ schema: TypeSchema, _ properties: OrderedMap<Value>) -> [Fault] {
        schema.validate(
            properties, at: ValuePath().key("tasks").index(0), positions: PositionMap(),
            catalogue: Samples.catalogue)
    }

    @Test(
        "what fits passes",
        arguments: [
            ["name": "a"], ["name": "{{ x }}", "times": "{{ x }}", "delay": "{% if x %}PT1S{% endif %}"],
            [
                "name": 1, "words": "{{ outputs.a }}", "levels": ["{{ x }}", "INFO"],
                "file": ["path": "{{ p }}"],
            ],
            [
                "name": "a", "id": "t", "type": "test.Sample", "timeout": "PT1S", "runIf": true,
                "retry": ["type": "constant"],
            ],
            ["name": "a", "taskRunner": ["type": "test.Docker", "image": "x"]],
            ["name": "a", "strict": "yes"],
            ["name": "a", "count": 3, "extra": [["deep": "er"]]], ["name": "a", "times": nil],
        ] as [OrderedMap<Value>])
    func passes(properties: OrderedMap<Value>) {
        #expect(Self.faults(Samples.task, properties).map(\.line) == [])
    }

    @Test(
        "what does not fit is named with path and remedy",
        arguments: [
            (
                ["name": "a", "tims": 1],
                "tasks[0].tims: Unrecognized field \"tims\" (class test.Sample), not marked as ignorable",
                "did you mean `times`?"
            ),
            (["name": "a", "zzzzzz": 1], "tasks[0].zzzzzz: Unrecognized field", "remove it"),
            ([:], "tasks[0].name: must not be null", "add `name`"),
            (["name": nil], "tasks[0].name: must not be null", "add `name`"),
            (
                ["name": "a", "level": "WRONG"],
                "tasks[0].level: Cannot deserialize value of type `org.slf4j.event.Level` from String \"WRONG\": the accepted values are [TRACE,",
                "use one of the accepted values"
            ),
            (
                ["name": "a", "strict": "{{ x }}"],
                "tasks[0].strict: Cannot deserialize value of type `boolean`",
                "this property is not rendered: write the value itself"
            ),
            (
                ["name": "a", "times": "x"],
                "tasks[0].times: Cannot deserialize value of type `integer` from String \"x\"", nil
            ),
            (
                ["name": "a", "delay": "5m"], "tasks[0].delay: Cannot deserialize value of type `duration`",
                "write it as `PT1H30M` or `P1D`"
            ),
            (
                ["name": "a", "file": ["path": "x", "mod": 1]], "tasks[0].file.mod: Unrecognized field",
                "did you mean `mode`?"
            ),
            (
                ["name": "a", "files": [["mode": 1]]], "tasks[0].files[0].path: must not be null",
                "add `path`"
            ),
            (
                ["name": "a", "taskRunner": ["type": "test.Docke"]],
                "tasks[0].taskRunner.type: Invalid type: test.Docke",
                "did you mean `test.Docker`?"
            ),
            (
                ["name": "a", "taskRunner": ["type": "test.Sample"]],
                "tasks[0].taskRunner.type: Invalid type: test.Sample",
                "it is a task, here belongs a taskRunner"
            ),
            (
                ["name": "a", "taskRunner": ["type": "test.Docker"]],
                "tasks[0].taskRunner.image: must not be null", "add `image`"
            ),
            (
                ["name": "a", "taskRunner": ["image": "x"]], "tasks[0].taskRunner.type: must not be null",
                "name the plugin with `type`"
            ),
            (
                ["name": "a", "timeout": "soon"],
                "tasks[0].timeout: Cannot deserialize value of type `duration`",
                "write it as `PT1H30M` or `P1D`"
            ),
            (
                ["name": "a", "retry": ["type": "sometimes"]],
                "tasks[0].retry.type: Cannot deserialize value of type `enum`",
                "use one of the accepted values"
            ),
        ] as [(OrderedMap<Value>, String, String?)])
    func refused(properties: OrderedMap<Value>, line: String, remedy: String?) throws {
        let faults = Self.faults(Samples.task, properties)
        #expect(faults.count == 1)
        let fault = try #require(faults.first)
        #expect(fault.line.hasPrefix(line))
        #expect(fault.remedy == remedy)
    }

    @Test(
        "a list of tasks must hold tasks",
        arguments: [
            ([:], "tasks[0].tasks: must not be null"), (["tasks": []], "tasks[0].tasks: must not be empty"),
            (
                ["tasks": "x"],
                "tasks[0].tasks: Cannot deserialize value of type `list of tasks` from String \"x\""
            ),
            (
                ["tasks": [["id": "a"], "x"]],
                "tasks[0].tasks[1]: Cannot deserialize value of type `task` from String \"x\""
            ),
            (
                ["tasks": [["id": "a"]], "errors": "x"],
                "tasks[0].errors: Cannot deserialize value of type `list of tasks`"
            ),
        ] as [(OrderedMap<Value>, String)])
    func tasks(properties: OrderedMap<Value>, line: String) {
        let faults = Self.faults(Samples.parallel, properties)
        #expect(faults.count == 1)
        #expect(faults.first?.line.hasPrefix(line) == true)
    }

    @Test("an optional list of tasks may be empty")
    func emptyErrors() {
        #expect(Self.faults(Samples.parallel, ["tasks": [["id": "a"]], "errors": []]).isEmpty)
    }

    @Test("either form is accepted, neither is named")
    func either() {
        #expect(Self.faults(Samples.log, ["message": "a"]).isEmpty)
        #expect(Self.faults(Samples.log, ["message": ["a", "{{ b }}"]]).isEmpty)
        #expect(
            Self.faults(Samples.log, ["message": ["a": 1]]).first?.message
                == "Cannot deserialize value of type `text or list of text` from Object value")
        #expect(
            Self.faults(Samples.log, ["message": ["a", ["b"]]]).first?.path.description
                == "tasks[0].message[1]")
    }

    @Test("faults carry the place in the text")
    func positions() {
        var positions = PositionMap()
        let path = ValuePath().key("tasks").index(0)
        positions.values[path] = SourcePosition(line: 4, column: 5)
        positions.keys[path.key("levle")] = SourcePosition(line: 5, column: 5)
        positions.values[path.key("levle")] = SourcePosition(line: 5, column: 12)
        let faults = Samples.log.validate(
            ["levle": "INFO"], at: path, positions: positions, catalogue: Samples.catalogue)
        #expect(
            faults.map(\.position) == [
                SourcePosition(line: 5, column: 5), SourcePosition(line: 4, column: 5),
            ])
        #expect(faults.map(\.remedy) == ["did you mean `level`?", "add `message`"])
    }

    @Test("a type is found by its names, and suggested when it is near")
    func catalogue() {
        let catalogue = Samples.catalogue
        #expect(catalogue.canonicalName("io.kestra.core.tasks.log.Log") == "io.kestra.plugin.core.log.Log")
        #expect(catalogue.schema(named: "x") == nil)
        #expect(catalogue.nearest(to: "io.kestra.plugin.core.log.Logg") == "io.kestra.plugin.core.log.Log")
        #expect(catalogue.nearest(to: "log") == "io.kestra.plugin.core.log.Log")
        #expect(catalogue.nearest(to: "not.a.Task") == nil)
        #expect(catalogue.all.count == 4)
    }

    @Test("a property that is text takes what was written")
    func literals() {
        let path = ValuePath().key("tasks").index(0)
        let literals: [ValuePath: String] = [
            path.key("name"): "3.10", path.key("words").index(1): "007", path.key("times"): "0x3",
            path.key("taskRunner").key("image"): "1.0", path.key("files").index(0).key("path"): "True",
            path.key("extra"): "1.10",
        ]
        let properties: OrderedMap<Value> = [
            "name": 3.1, "words": ["a", 7], "times": 3, "taskRunner": ["type": "test.Docker", "image": 1.0],
            "files": [["path": true]], "extra": 1.1,
        ]
        let expected: OrderedMap<Value> = [
            "name": "3.10", "words": ["a", "007"], "times": 3,
            "taskRunner": ["type": "test.Docker", "image": "1.0"],
            "files": [["path": "True"]], "extra": 1.1,
        ]
        #expect(
            Samples.task.restoringText(
                in: properties, at: path, literals: literals, catalogue: Samples.catalogue)
                == expected)
    }
}
