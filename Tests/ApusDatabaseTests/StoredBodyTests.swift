import ApusModel
import Testing

@testable import ApusDatabase

@Suite struct StoredBodyTests {
    @Test(
        "every value comes back as it was",
        arguments: [
            .null, .bool(true), .int(.min), .double(0.1), .double(.infinity), .string("a\"\n\u{0}é🐦"),
            .list([]), .map([:]),
            ["$": "i5"], ["$$": ["$": 1]], ["$": 1, "a": 2], ["a": ["b": [1, 2.5, nil]]],
            .extended(.instant(Timestamp(microseconds: -1))), .extended(.duration(.milliseconds(1500))),
            .extended(.decimal("12345678901234567890123")), .extended(.decimal("0.10")),
            .extended(.float(0.1)),
            .extended(.bytes([0, 255, 16])),
            .extended(.localDate(LocalDate(daysSinceEpoch: 20_000))),
            .extended(.localDateTime(LocalDateTime(localSeconds: 1_000, nanosecond: 5))),
            .extended(.zonedDateTime(ZonedDateTime(at(5), offsetSeconds: 3600, zone: "Europe/Paris"))),
        ] as [Value])
    func value(value: Value) throws {
        var json = JSONWriter()
        try StoredValue.write(value, to: &json)
        #expect(try StoredValue.read(JSONParser.parse(json.text)) == value)
    }

    @Test("a value too deep to be read again is refused when it is written")
    func deep() throws {
        var value = Value.int(1)
        for _ in 0..<(StoredValue.maxDepth) { value = ["a": value] }
        var execution = sample("a")
        execution.outputs = value
        let json = try execution.storedJSON()
        #expect(try Execution(storedJSON: Array(json.utf8)) == execution)
        execution.outputs = ["a": value]
        #expect { try execution.storedJSON() } throws: { ($0 as? DatabaseError)?.reason == .tooLarge }
    }

    @Test("an execution comes back as it was")
    func execution() throws {
        var execution = sample("a", labels: [Label("k", "v"), Label("k2", "é")], trigger: ["id": "t"])
        execution.state.enter(.running, at: at(2))
        execution.state.enter(.success, at: at(3))
        execution.inputs = ["day": .extended(.localDate(LocalDate(daysSinceEpoch: 1)))]
        execution.variables = ["x": 1]
        execution.outputs = .null
        execution.parentID = "p"
        execution.originalID = "o"
        execution.attemptNumber = 3
        execution.scheduleDate = at(9)
        execution.error = "why"
        #expect(try Execution(storedJSON: Array(execution.storedJSON().utf8)) == execution)
        let plain = sample("b")
        #expect(try Execution(storedJSON: Array(plain.storedJSON().utf8)) == plain)
    }

    @Test("a task run comes back as it was")
    func taskRun() throws {
        var run = TaskRun(id: "r", taskID: "t", parentID: "p", value: "x", iteration: 0, createdAt: at(1))
        run.attempts = [.init(state: StateHistory(.running, at: at(2)))]
        run.state.enter(.running, at: at(2))
        run.outputs = ["a": 1]
        run.plan = [1, 2]
        #expect(try TaskRun(storedJSON: Array(run.storedJSON().utf8)) == run)
    }

    @Test(
        "what cannot be read is told as such",
        arguments: [
            "", "{", "[]", "{}", #"{"id":"a","ns":"n","flow":"f","state":[]}"#,
            #"{"id":"a","ns":"n","flow":"f","state":["DREAMING",1]}"#,
            #"{"id":"a","ns":"n","flow":"f","state":["CREATED",1],"outputs":{"$":"?x"}}"#,
        ])
    func unreadable(text: String) {
        #expect { try Execution(storedJSON: Array(text.utf8)) } throws: {
            ($0 as? DatabaseError)?.reason == .unreadable
        }
    }
}
