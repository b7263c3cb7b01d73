/// A pattern as steps of a machine that follows all ways at once.
struct PatternProgram: Sendable {
    enum Step: Sendable {
        case one(ScalarSet)
        case split(Int, Int)
        case jump(Int)
        case at(PatternPlace)
        /// An index into `aheads`.
        case ahead(Int, isNegated: Bool)
        case match
    }

    static let maxSteps = 20_000

    private(set) var steps: [Step] = []
    private(set) var aheads: [PatternProgram] = []

    init(_ node: PatternNode) throws(PatternError) {
        try add(node)
        try append(.match)
    }

    /// Steps of this program and of those it looks ahead with.
    private var size: Int { aheads.reduce(steps.count) { $0 + $1.size } }

    private mutating func append(_ step: Step) throws(PatternError) {
        guard steps.count < Self.maxSteps else {
            throw PatternError(message: "the pattern is too large", column: 1)
        }
        steps.append(step)
    }

    private mutating func add(_ node: PatternNode) throws(PatternError) {
        switch node {
        case .empty: break
        case .one(let set): try append(.one(set))
        case .row(let parts): for part in parts { try add(part) }
        case .choice(let choices): try addChoice(choices[...])
        case .repeated(let part, let atLeast, let atMost):
            try addRepeated(part, atLeast: atLeast, atMost: atMost)
        case .at(let place): try append(.at(place))
        case .ahead(let part, let isNegated):
            aheads.append(try PatternProgram(part))
            guard size <= Self.maxSteps else {
                throw PatternError(message: "the pattern is too large", column: 1)
            }
            try append(.ahead(aheads.count - 1, isNegated: isNegated))
        }
    }

    private mutating func addChoice(_ choices: ArraySlice<PatternNode>) throws(PatternError) {
        var exits: [Int] = []
        for (place, choice) in choices.enumerated() {
            guard place < choices.count - 1 else {
                try add(choice)
                break
            }
            let split = steps.count
            try append(.split(split + 1, 0))
            try add(choice)
            exits.append(steps.count)
            try append(.jump(0))
            steps[split] = .split(split + 1, steps.count)
        }
        for exit in exits { steps[exit] = .jump(steps.count) }
    }

    private mutating func addRepeated(_ part: PatternNode, atLeast: Int, atMost: Int?) throws(PatternError) {
        for _ in 0..<atLeast {
            let before = steps.count
            try add(part)
            if steps.count == before { break }
        }
        guard let atMost else {
            let split = steps.count
            try append(.split(split + 1, 0))
            try add(part)
            try append(.jump(split))
            steps[split] = .split(split + 1, steps.count)
            return
        }
        var exits: [Int] = []
        for _ in atLeast..<max(atLeast, atMost) {
            exits.append(steps.count)
            try append(.split(steps.count + 1, 0))
            try add(part)
        }
        for exit in exits { steps[exit] = .split(exit + 1, steps.count) }
    }
}
