import ApusModel
import ApusYAML
import Testing

@Suite struct DocumentTests {
    let flow = """
        # a flow
        id: hello
        namespace: company.team
        tasks:
          - id: first
            type: io.kestra.plugin.core.log.Log
            message: |
              two
              lines
          - {id: second, type: x, levels: [INFO, "WARN"]}
        """

    @Test("a flow is read with its places")
    func positions() throws {
        let document = try YAML.parse(flow)
        #expect(document.root.mapValue?.keys == ["id", "namespace", "tasks"])
        let tasks = ValuePath().key("tasks")
        #expect(document.root["tasks"]?.listValue?.first?["message"] == "two\nlines\n")
        #expect(document.positions.position(of: ValuePath()) == SourcePosition(line: 2, column: 1))
        #expect(document.positions.keys[tasks] == SourcePosition(line: 4, column: 1))
        #expect(document.positions.values[tasks.index(0)] == SourcePosition(line: 5, column: 5))
        #expect(
            document.positions.positionOfKey(tasks.index(0).key("message"))
                == SourcePosition(line: 7, column: 5))
        #expect(
            document.positions.position(of: tasks.index(1).key("levels").index(1))
                == SourcePosition(line: 10, column: 42))
    }

    @Test("JSON is YAML, and a byte order mark is skipped")
    func json() throws {
        let document = try YAML.parse("\u{FEFF}{\"a\": [1, {\"b\": null}]}")
        #expect(document.root == ["a": [1, ["b": nil]]])
        #expect(document.positions.keys[ValuePath().key("a")] == SourcePosition(line: 1, column: 2))
    }

    @Test("columns count characters, not bytes")
    func columns() throws {
        let document = try YAML.parse("{ü: 1, b: 2}")
        #expect(document.positions.keys[ValuePath().key("b")] == SourcePosition(line: 1, column: 8))
    }

    @Test("aliases repeat values, and stand where they are written")
    func aliases() throws {
        let document = try YAML.parse("a: &x\n  b: [1]\nc: *x\nd: &y text\ne: [*y]\n")
        #expect(document.root == ["a": ["b": [1]], "c": ["b": [1]], "d": "text", "e": ["text"]])
        let path = ValuePath().key("c").key("b").index(0)
        #expect(document.positions.position(of: path) == SourcePosition(line: 3, column: 4))
    }

    @Test(
        "merge keys bring in what is not written",
        arguments: [
            ("<<: *x\n  b: 9", ["a": 1, "b": 9]),
            ("b: 9\n  <<: *x", ["a": 1, "b": 9]),
            ("<<: [*y, *x]", ["a": 5, "c": 6, "b": 2]),
            ("<<: {z: 1}", ["z": 1]),
            ("\"<<\": 1", ["<<": 1]),
        ] as [(String, Value)])
    func merges(text: String, value: Value) throws {
        let document = try YAML.parse("x: &x {a: 1, b: 2}\ny: &y {a: 5, c: 6}\nr:\n  \(text)\n")
        #expect(document.root["r"] == value)
    }

    @Test("several documents keep their own text")
    func several() throws {
        let documents = try YAML.parseAll(
            "# first\nid: a\n---\nid: b\nx: 1\n---\n---\n# nothing\n--- {id: c}\n...\n")
        #expect(documents.map(\.root) == [["id": "a"], ["id": "b", "x": 1], ["id": "c"]])
        try #require(documents.count == 3)
        #expect(documents[0].source == "# first\nid: a\n")
        #expect(documents[1].source == "id: b\nx: 1\n")
        #expect(documents[1].positions.keys[ValuePath().key("x")] == SourcePosition(line: 5, column: 1))
        #expect(try YAML.parseAll("").isEmpty)
    }

    @Test("one document may have marks around it")
    func marks() throws {
        #expect(try YAML.parse("---\nid: a\n...\n").root == ["id": "a"])
        #expect(try YAML.parse("id: a\n---\n").root == ["id": "a"])
        #expect(try YAML.parse("id: a\n").source == "id: a\n")
    }

    @Test("numbers keep how they were written")
    func literals() throws {
        let document = try YAML.parse("a: 3.10\nb: [007, 7, True, true, 1e3, 1.5]\nc: {d: 0x1F}\ne: '3.10'\n")
        let b = ValuePath().key("b")
        #expect(
            document.literals == [
                ValuePath().key("a"): "3.10", b.index(0): "007", b.index(2): "True", b.index(4): "1e3",
                ValuePath().key("c").key("d"): "0x1F",
            ])
    }
}
