import ApusExpressions
import ApusModel
import Testing

/// 2024-03-05T10:20:30.123456Z
let testNow = Timestamp(microseconds: 1_709_634_030_123_456)

/// The variables that most tables speak of.
let testVariables: OrderedMap<Value> = [
    "s": "Hello World", "n": 5, "f": 1.5, "t": true, "e": "", "nothing": nil, "l": [3, 1, 2], "el": [],
    "m": ["b": 1, "a": [1, 2]], "d": "2024-03-05T10:20:30.123456Z", "csv": "a,b,c", "multi": "one\ntwo",
    "first": "1", "second": "{{first}}", "third": "{{second}}",
]

func context(
    _ variables: OrderedMap<Value> = testVariables, facts: Facts = Facts(), edition: Edition = .one,
    seed: UInt64 = 7, recursive: Bool = false
) -> RenderContext {
    RenderContext(
        variables: Variables(variables), facts: facts, now: testNow, seed: seed, edition: edition,
        recursive: recursive)
}

func render(_ template: String, edition: Edition = .one) throws -> String {
    try Template(template, edition: edition).render(context(edition: edition))
}

/// The fault that compiling or rendering ends with; a test fails without one.
func fault(of template: String, edition: Edition = .one) -> ExpressionError? {
    do {
        let text = try render(template, edition: edition)
        Issue.record("`\(template)` renders to `\(text)`")
        return nil
    } catch {
        return error as? ExpressionError
    }
}
