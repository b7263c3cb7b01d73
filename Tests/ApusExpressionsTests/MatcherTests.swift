import ApusModel
import Testing

@testable import ApusExpressions

/// Remembering where a search has been changes its time, not what it finds.
@Suite struct MatcherTests {
    /// A small pattern with repetitions inside each other, the kind that explodes.
    private struct Generator {
        var state: UInt64

        mutating func below(_ bound: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % bound
        }

        mutating func pattern(_ depth: Int) -> String {
            switch below(depth > 0 ? 9 : 3) {
            case 0: "a"
            case 1: "b"
            case 2: "."
            case 3: "(\(pattern(depth - 1)))+"
            case 4: "(\(pattern(depth - 1)))*"
            case 5: "(?:\(pattern(depth - 1)))*?"
            case 6: "(\(pattern(depth - 1))|\(pattern(depth - 1)))"
            case 7: "(\(pattern(depth - 1))){0,2}"
            default: pattern(depth - 1) + pattern(depth - 1)
            }
        }

        mutating func text() -> String { String((0..<below(9)).map { _ in below(3) == 0 ? "b" : "a" }) }
    }

    @Test("the same matches are found with and without remembering", arguments: 0..<20 as Range<UInt64>)
    func same(block: UInt64) throws {
        let evaluator = Evaluator(
            Program(source: "", nodes: [], macros: [:], blocks: [:], faults: []),
            context: RenderContext(variables: Variables([:]), now: Timestamp(microseconds: 0)))
        for seed in (block * 100)..<(block * 100 + 100) {
            var generator = Generator(state: seed)
            let source = generator.pattern(4) + (generator.below(2) == 0 ? "$" : "")
            let pattern = try Pattern(source)
            for _ in 0..<5 {
                let text = generator.text()
                var plain = Matcher(pattern, text, spending: evaluator, stepsOfShortSearch: .max)
                var remembering = Matcher(pattern, text, spending: evaluator, stepsOfShortSearch: -1)
                let expected = try plain.all().map { $0.range }
                let found = try remembering.all().map { $0.range }
                #expect(found == expected, "\(source) in \(text)")
            }
        }
    }
}
