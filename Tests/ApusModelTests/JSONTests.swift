import ApusModel
import Testing

@Suite struct JSONTests {
    @Test(
        "JSON comes back as it was",
        arguments: [
            #"{"b":1,"a":[true,null,1.5,"x"]}"#, #""\"\\\n é 😀""#, "[]", "{}", "-12", "12345678901234567890",
        ])
    func roundTrip(text: String) throws {
        #expect(try JSONParser.parse(text).json == text)
    }

    @Test("escapes and surrogate pairs are decoded")
    func escapes() throws {
        #expect(try JSONParser.parse(#""a\u00e9\ud83d\ude00\/""#) == "aé😀/")
    }

    @Test(
        "what is not JSON is refused with its place",
        arguments: [
            ("{\"a\":1,}", 1, 8), ("[1 2]", 1, 4), ("{\n  a: 1}", 2, 3), ("01", 1, 3), ("", 1, 1),
            ("tru", 1, 1),
            ("\"a", 1, 3),
        ])
    func refused(text: String, line: Int, column: Int) {
        #expect(throws: JSONError.self) { try JSONParser.parse(text) }
        do {
            _ = try JSONParser.parse(text)
        } catch {
            #expect(error.position == SourcePosition(line: line, column: column))
        }
    }

    @Test("deep nesting is refused instead of exhausting the stack")
    func depth() {
        #expect(throws: JSONError.self) {
            try JSONParser.parse(String(repeating: "[", count: 100_000))
        }
    }

    @Test("maps keep the order of keys, and equality ignores it")
    func order() {
        var large = OrderedMap<Value>()
        for place in 0..<40 { large["k\(place)"] = .int(Int64(place)) }
        large["k3"] = nil
        large["k39"] = 1
        #expect(large["k39"] == 1)
        #expect(large["k3"] == nil)
        #expect(large.count == 39)
        let one: Value = ["a": 1, "b": 2]
        let two: Value = ["b": 2, "a": 1]
        #expect(one == two)
        #expect(one.hashValue == two.hashValue)
    }
}
