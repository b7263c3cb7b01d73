import ApusModel
import Synchronization

/// A regular expression in Java's syntax, compiled for a matcher whose steps are counted.
///
/// Matching backtracks, so that groups and references mean what they mean in Java, and remembers where it has been, so
/// that its time follows the text. Patterns whose branches depend on more than the place (references, looking around,
/// atomic groups, loops around what may be empty) cannot; a search of theirs that takes more than `Limits.regexSteps` steps is refused.
struct Pattern: Sendable {
    enum Instruction: Sendable {
        case scalar(Unicode.Scalar, folds: Bool)
        case any(includesLineBreaks: Bool)
        case characters(CharacterClass, folds: Bool)
        /// Goes on at the first place, and at the second when that fails.
        case split(Int, Int)
        case jump(Int)
        /// Notes the position in a slot.
        case save(Int)
        /// Fails when the position has not changed since it was noted in the slot.
        case progress(Int)
        case backReference(Int, folds: Bool)
        case assertion(PatternNode.Assertion)
        /// What follows up to `.accept` is tried on its own; it goes on at `next`.
        case look(isAhead: Bool, isNegated: Bool, next: Int)
        case atomic(next: Int)
        case accept
    }

    let instructions: [Instruction]
    let groupCount: Int
    let names: [String: Int]
    /// Two for each group and for the whole, then those of loops.
    let slotCount: Int
    /// By instruction the number of the branch there, -1 for others; empty when what follows a branch depends on more
    /// than the place.
    let branches: [Int]
    let branchCount: Int

    private static let maxInstructions = 50_000
    private static let cache = Mutex<[String: Pattern]>([:])
    private static let cacheSize = 256
    /// Larger ones are compiled each time, so that the cache stays below 10 MB.
    private static let maxCachedInstructions = 1000

    /// The compiled pattern, from a cache when it was used before.
    ///
    /// - Parameter evaluator: Pays for the compilation.
    static func compiled(
        _ source: String, spending evaluator: Evaluator
    ) throws(ExpressionError) -> Pattern {
        if let known = cache.withLock({ $0[source] }) { return known }
        let pattern = try Pattern(source)
        try evaluator.spend(pattern.instructions.count)
        guard pattern.instructions.count <= maxCachedInstructions else { return pattern }
        cache.withLock { cache in
            if cache.count >= cacheSize { cache.removeAll() }
            cache[source] = pattern
        }
        return pattern
    }

    init(_ source: String) throws(ExpressionError) {
        var parser = PatternParser(source)
        let node = try parser.parse()
        groupCount = parser.groupCount
        names = parser.names
        var compiler = Compiler(slotCount: 2 * parser.groupCount + 2)
        compiler.emit(.save(0))
        try compiler.compile(node)
        compiler.emit(.save(1))
        compiler.emit(.accept)
        instructions = compiler.instructions
        slotCount = compiler.slotCount
        (branches, branchCount) = Self.branches(of: compiler.instructions)
    }

    private static func branches(of instructions: [Instruction]) -> (numbers: [Int], count: Int) {
        var numbers: [Int] = []
        var count = 0
        for instruction in instructions {
            switch instruction {
            case .split:
                numbers.append(count)
                count += 1
            case .backReference, .look, .atomic, .progress: return ([], 0)
            case .scalar, .any, .characters, .jump, .save, .assertion, .accept: numbers.append(-1)
            }
        }
        return (numbers, count)
    }

    private struct Compiler {
        var instructions: [Instruction] = []
        var slotCount: Int

        mutating func emit(_ instruction: Instruction) { instructions.append(instruction) }

        mutating func compile(_ node: PatternNode) throws(ExpressionError) {
            guard instructions.count < maxInstructions else {
                throw .limit("the regular expression is too large")
            }
            switch node {
            case .empty: break
            case .scalar(let scalar, let folds): emit(.scalar(scalar, folds: folds))
            case .any(let includesLineBreaks): emit(.any(includesLineBreaks: includesLineBreaks))
            case .characters(let characters, let folds): emit(.characters(characters, folds: folds))
            case .sequence(let items): for item in items { try compile(item) }
            case .choice(let options): try compile(options)
            case .group(let inner, let number):
                emit(.save(2 * number))
                try compile(inner)
                emit(.save(2 * number + 1))
            case .atomic(let inner): try compileApart(inner) { .atomic(next: $0) }
            case .look(let inner, let isAhead, let isNegated):
                try compileApart(inner) { .look(isAhead: isAhead, isNegated: isNegated, next: $0) }
            case .repetition(let inner, let minimum, let maximum, let kind):
                if kind == .possessive {
                    let greedy = PatternNode.repetition(
                        inner, minimum: minimum, maximum: maximum, kind: .greedy)
                    return try compileApart(greedy) { .atomic(next: $0) }
                }
                try repeated(inner, minimum, maximum, isLazy: kind == .lazy)
            case .backReference(let number, let folds): emit(.backReference(number, folds: folds))
            case .assertion(let assertion): emit(.assertion(assertion))
            }
        }

        private mutating func compileApart(
            _ node: PatternNode, _ instruction: (Int) -> Instruction
        ) throws(ExpressionError) {
            let place = instructions.count
            emit(.accept)
            try compile(node)
            emit(.accept)
            instructions[place] = instruction(instructions.count)
        }

        private mutating func compile(_ options: [PatternNode]) throws(ExpressionError) {
            var jumps: [Int] = []
            for (number, option) in options.enumerated() {
                guard number < options.count - 1 else {
                    try compile(option)
                    break
                }
                let split = instructions.count
                emit(.accept)
                try compile(option)
                jumps.append(instructions.count)
                emit(.accept)
                instructions[split] = .split(split + 1, instructions.count)
            }
            for jump in jumps { instructions[jump] = .jump(instructions.count) }
        }

        private mutating func repeated(
            _ node: PatternNode, _ minimum: Int, _ maximum: Int?, isLazy: Bool
        ) throws(ExpressionError) {
            for _ in 0..<minimum { try compile(node) }
            func split(_ body: Int, _ end: Int) -> Instruction {
                isLazy ? .split(end, body) : .split(body, end)
            }
            guard let maximum else {
                let start = instructions.count
                emit(.accept)
                if node.mayBeEmpty {
                    let slot = slotCount
                    slotCount += 1
                    emit(.save(slot))
                    try compile(node)
                    emit(.progress(slot))
                } else {
                    try compile(node)
                }
                emit(.jump(start))
                instructions[start] = split(start + 1, instructions.count)
                return
            }
            var splits: [Int] = []
            for _ in minimum..<max(maximum, minimum) {
                splits.append(instructions.count)
                emit(.accept)
                try compile(node)
            }
            for place in splits { instructions[place] = split(place + 1, instructions.count) }
        }
    }
}
