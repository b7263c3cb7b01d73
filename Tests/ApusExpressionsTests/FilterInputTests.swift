import ApusModel
import Testing

@testable import ApusExpressions

/// What is told about filters before they run is what they do.
@Suite struct FilterInputTests {
    private static let samples: [ValueKind: [String]] = [
        .text: ["'abc'", "'12'", "'2020-01-02'"], .number: ["3", "2.5"], .boolean: ["true"],
        .list: ["[1,2]", "['a']"], .map: ["{'a': 1}"],
    ]

    /// Arguments that fit, of the filters that need some.
    private static let arguments: [String: [String]] = [
        "abbreviate": ["(5)"], "chunk": ["(2)"], "dateAdd": ["(1, 'DAYS')"], "default": ["(1)"],
        "endsWith": ["('a')"], "startsWith": ["('a')"], "escapeChar": ["('single')"], "indent": ["(2)"],
        "nindent": ["(2)"], "jq": ["('.')"], "merge": ["([1])", "({'b': 1})"], "numberFormat": ["('#')"],
        "replace": ["({'a': 'b'})"], "slice": ["(0, 1)"], "split": ["(',')"], "substringBefore": ["('a')"],
        "substringBeforeLast": ["('a')"], "substringAfter": ["('a')"], "substringAfterLast": ["('a')"],
        "regexMatch": ["('a')"], "regexReplace": ["('a', 'b')"], "regexExtract": ["('a')"],
    ]

    @Test("a filter takes the kinds of values it is said to take, and no others")
    func kinds() {
        for filter in Filter.all.keys.sorted() {
            for kind in ValueKind.allCases {
                let isTaken = takes(filter, kind)
                #expect(FilterInput.kinds(of: filter).contains(kind) == isTaken, "\(filter) of \(kind)")
            }
        }
    }

    private func takes(_ filter: String, _ kind: ValueKind) -> Bool {
        let context = RenderContext(variables: Variables([:]), now: Timestamp(microseconds: 0))
        for sample in Self.samples[kind] ?? [] {
            for arguments in Self.arguments[filter] ?? [""] {
                do {
                    _ = try Template("{{ \(sample) | \(filter)\(arguments) }}").evaluate(context)
                    return true
                } catch {
                    // Another sample may fit.
                }
            }
        }
        return false
    }
}
