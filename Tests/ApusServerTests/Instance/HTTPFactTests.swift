import ApusModel
import ApusPluginsHTTP
import Testing

@testable import ApusServer

@Suite struct HTTPFactTests {
    struct Row: Sendable {
        var type: String?
        var text: String
        var value: Value?

        init(_ type: String?, _ text: String, _ value: Value?) {
            self.type = type
            self.text = text
            self.value = value
        }
    }

    static let rows: [Row] = [
        Row("application/json", "{\"a\":[1]}", ["a": [1]]), Row("application/problem+json", "1", 1),
        Row("application/json", "{", .none), Row("application/yaml", "a: [1]", ["a": [1]]),
        Row("text/x-yaml", "a: [1", .none), Row("application/vnd.x+yaml", "a: 1", ["a": 1]),
        Row("text/plain", "{\"a\":1}", "{\"a\":1}"), Row("text/html", "<p>", "<p>"), Row(nil, "x", "x"),
        Row("application/json", "", .some(.null)),
    ]

    @Test("a body is read in the form that its type says", arguments: rows)
    func form(_ row: Row) throws {
        let answer = HTTPFunction.Answer(text: row.text, mediaType: row.type)
        guard let value = row.value else {
            #expect(throws: (any Error).self) { try HTTPFact.value(of: answer) }
            return
        }
        #expect(try HTTPFact.value(of: answer) == value)
    }
}
