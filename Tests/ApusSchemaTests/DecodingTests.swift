import ApusModel
import ApusSchema
import Testing

@Suite struct DecodingTests {
    static func sample(_ properties: OrderedMap<Value>) throws -> SampleTask {
        var all = properties
        if all["name"] == nil { all["name"] = "n" }
        return try decode(SampleTask.self, from: all)
    }

    @Test("what is left out has its default")
    func defaults() throws {
        let task = try Self.sample([:])
        #expect(task.times == 3 && task.delay == .seconds(5) && task.ratio == nil && task.levels == [.info])
        #expect(task.extra == .null && task.file == nil && task.`else` == "x")
        let null = try Self.sample(["times": nil, "ratio": nil, "file": nil])
        #expect(null.times == 3 && null.ratio == nil && null.file == nil)
    }

    @Test(
        "a number is read from numbers and text",
        arguments: [(3, 3), ("3", 3), (" 4 ", 4), (5.0, 5), ("6.0", 6), ("", 3)] as [(Value, Int)])
    func integers(value: Value, expected: Int) throws {
        #expect(try Self.sample(["times": value]).times == expected)
    }

    @Test(
        "a boolean is read from words",
        arguments: [
            (true, true), ("true", true), ("False", false), ("yes", true), ("off", false), (1, true),
            (0, false), ("", false),
        ] as [(Value, Bool)])
    func booleans(value: Value, expected: Bool) throws {
        #expect(try Self.sample(["strict": value]).strict == expected)
    }

    @Test(
        "a duration is read from ISO 8601 or seconds",
        arguments: [
            ("PT1S", 1_000_000), (2, 2_000_000), (0.5, 500_000),
            (.extended(.duration(.seconds(4))), 4_000_000),
        ] as [(Value, Int64)])
    func durations(value: Value, microseconds: Int64) throws {
        #expect(try Self.sample(["delay": value]).delay.microseconds == microseconds)
    }

    @Test(
        "text is made of scalars",
        arguments: [
            ("a", "a"), (1, "1"), (true, "true"), (1.5, "1.5"), ("", ""),
            (.extended(.instant(Timestamp(microseconds: 0))), "1970-01-01T00:00:00.000000Z"),
        ] as [(Value, String)])
    func texts(value: Value, expected: String) throws {
        #expect(try Self.sample(["name": value]).name == expected)
    }

    @Test("lists, maps and groups are read, from JSON text too")
    func collections() throws {
        let task = try Self.sample([
            "words": "[\"a\", 1]", "levels": ["WARN"], "headers": "{\"a\": \"1\"}",
            "options": ["z": 1, "a": [2]],
            "extra": ["k": "{\"not\": \"parsed\"}"], "file": "{\"path\": \"p\"}",
            "files": [["path": "q", "chmod": "7"]], "named": ["path": ["path": "r"]],
            "since": "2026-01-01T00:00:00Z",
            "taskRunner": ["type": "test.Docker", "image": "x"], "ratio": "0.5", "level": "ERROR",
        ])
        #expect(task.words == ["a", "1"] && task.levels == [.warn] && task.headers == ["a": 1])
        #expect(task.options.keys == ["z", "a"] && task.extra == ["k": "{\"not\": \"parsed\"}"])
        #expect(task.file?.path == "p" && task.file?.mode == 420)
        #expect(task.files.map(\.path) == ["q"] && task.files.map(\.mode) == [7])
        #expect(task.named["path"]?.path == "r" && task.named["path"]?.mode == 420)
        #expect(task.taskRunner?.type == "test.Docker" && task.taskRunner?.properties == ["image": "x"])
        #expect(task.ratio == 0.5 && task.level == .error && task.since?.iso == "2026-01-01T00:00:00.000000Z")
    }

    @Test("one message is a list of one")
    func oneOrMany() throws {
        #expect(try decode(SampleLog.self, from: ["message": "[1, 2]"]).message.items == ["[1, 2]"])
        #expect(try decode(SampleLog.self, from: ["message": 7]).message.items == ["7"])
        #expect(try decode(SampleLog.self, from: ["message": ["a", "b"]]).message.items == ["a", "b"])
    }

    @Test("a former name is read, the name of today wins")
    func aliases() throws {
        #expect(try Self.sample(["tries": 9]).times == 9)
        #expect(try Self.sample(["tries": 9, "times": 8]).times == 8)
    }

    @Test(
        "what does not fit is refused with its path",
        arguments: [
            (["name": nil], "name: must not be null"),
            (["name": ["a"]], "name: Cannot deserialize value of type `text` from Array value"),
            (["times": "x"], "times: Cannot deserialize value of type `integer` from String \"x\""),
            (
                ["times": 1.5],
                "times: Cannot deserialize value of type `integer` from Floating-point value (1.5)"
            ),
            (["strict": "maybe"], "strict: Cannot deserialize value of type `boolean` from String \"maybe\""),
            (
                ["delay": "5s"],
                "delay: Cannot deserialize value of type `duration` from String \"5s\"; write it as `PT1H30M` or `P1D`"
            ),
            (["words": "abc"], "words: Cannot deserialize value of type `list of text` from String \"abc\""),
            (["words": ["a", ["b"]]], "words[1]: Cannot deserialize value of type `text` from Array value"),
            (
                ["level": "WRONG"],
                "level: Cannot deserialize value of type `org.slf4j.event.Level` from String \"WRONG\": the accepted values are [TRACE,"
            ),
            (
                ["levels": ["INFO", "WARM"]],
                "levels[1]: Cannot deserialize value of type `org.slf4j.event.Level` from String \"WARM\": the accepted values are ["
            ),
            (["file": ["mode": 1]], "file.path: must not be null"),
            (["files": [["path": "a"], ["mode": 1]]], "files[1].path: must not be null"),
            (["taskRunner": ["image": "x"]], "taskRunner.type: must not be null"),
            (["words": [nil]], "words[0]: must not be null"),
        ] as [(OrderedMap<Value>, String)])
    func refused(properties: OrderedMap<Value>, line: String) {
        do {
            _ = try Self.sample(properties)
            Issue.record("decoded")
        } catch {
            #expect("\(error)".hasPrefix(line))
        }
    }

    @Test("all faults come out together")
    func together() {
        do throws(DecodingFaults) {
            _ = try decode(SampleTask.self, from: ["times": "x", "delay": "y", "file": ["mode": "z"]])
            Issue.record("decoded")
        } catch {
            #expect(
                error.faults.map(\.path.description) == ["name", "times", "delay", "file.path", "file.mode"])
        }
    }
}
