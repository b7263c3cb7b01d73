import ApusModel

/// A question written `value is name`.
struct Test: Sendable {
    let name: String
    /// Whether the value passes; `nil` stands for undefined, which only `defined` is asked about.
    let holds: @Sendable (Value?) throws(ExpressionError) -> Bool

    var toleratesUndefined: Bool { name == "defined" }

    private init(_ name: String, _ holds: @escaping @Sendable (Value?) throws(ExpressionError) -> Bool) {
        self.name = name
        self.holds = holds
    }

    static let all: [String: Test] = {
        let tests = [
            // Null counts as undefined here, though not for `???`. Source: Pebble's test, which Kestra uses.
            Test("defined") { (value) throws(ExpressionError) in value?.isNull == false },
            Test("null") { (value) throws(ExpressionError) in value?.isNull ?? true },
            Test("empty") { (value) throws(ExpressionError) in value?.isBlank ?? true },
            Test("even") { (value) throws(ExpressionError) in try whole(value, "even").isMultiple(of: 2) },
            Test("odd") { (value) throws(ExpressionError) in try !whole(value, "odd").isMultiple(of: 2) },
            Test("iterable") { (value) throws(ExpressionError) in value?.listValue != nil },
            Test("map") { (value) throws(ExpressionError) in value?.mapValue != nil },
            Test("json") { (value) throws(ExpressionError) in
                // A text that is no JSON is an answer here, not a fault.
                if case .string(let text)? = value { (try? JSONParser.parse(text)) != nil } else { false }
            },
        ]
        return Dictionary(tests.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }()

    private static func whole(_ value: Value?, _ name: String) throws(ExpressionError) -> Int64 {
        guard case .int(let number)? = value else {
            throw .wrongType("the test `\(name)`", expected: "an integer", found: value ?? .null)
        }
        return number
    }
}

extension Value {
    /// Null, a text of nothing but space, and collections without items: what `empty` and `default` go by.
    var isBlank: Bool {
        if case .string(let text) = self { text.utf8.allSatisfy { $0 <= 0x20 } } else { isEmptyOrNull }
    }
}
