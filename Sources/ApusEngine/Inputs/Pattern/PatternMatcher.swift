/// Runs pattern programs over one text. Every step taken is counted against a budget.
struct PatternMatcher {
    /// A fraction of a second.
    static let maxWork = 5_000_000

    private let text: [Unicode.Scalar]
    private var work = 0
    /// Answers of look-aheads, which depend on the program and the place only.
    private var known: [Question: Bool] = [:]

    private struct Question: Hashable {
        var path: [Int]
        var place: Int
    }

    init(_ text: String) { self.text = Array(text.unicodeScalars) }

    /// Whether the budget was used up; answers are worthless then.
    var isExhausted: Bool { work > Self.maxWork }

    /// Whether the program matches from a place on: up to the end of the text, or anything shorter.
    mutating func matches(_ program: PatternProgram, from start: Int, wholly: Bool, path: [Int] = []) -> Bool
    {
        work += program.steps.count
        var current = Threads(count: program.steps.count)
        var following = current
        follow(0, in: program, at: start, path: path, into: &current)
        var place = start
        while !isExhausted {
            if current.matched, !wholly || place == text.count { return true }
            guard place < text.count, !current.steps.isEmpty else { return false }
            let scalar = text[place]
            place += 1
            following.clear()
            for step in current.steps {
                work += 1
                if case .one(let set) = program.steps[step], set.contains(scalar) {
                    follow(step + 1, in: program, at: place, path: path, into: &following)
                }
            }
            swap(&current, &following)
        }
        return false
    }

    /// Adds a step and all that can be reached from it without reading a character.
    private mutating func follow(
        _ first: Int, in program: PatternProgram, at place: Int, path: [Int], into threads: inout Threads
    ) {
        var pending = [first]
        while let step = pending.popLast() {
            guard threads.visit(step) else { continue }
            work += 1
            switch program.steps[step] {
            case .one: threads.steps.append(step)
            case .match: threads.matched = true
            case .jump(let target): pending.append(target)
            case .split(let left, let right):
                pending.append(right)
                pending.append(left)
            case .at(let condition):
                if holds(condition, at: place) { pending.append(step + 1) }
            case .ahead(let index, let isNegated):
                let question = Question(path: path + [index], place: place)
                let answer: Bool
                if let found = known[question] {
                    answer = found
                } else {
                    answer = matches(program.aheads[index], from: place, wholly: false, path: question.path)
                    known[question] = answer
                }
                if answer != isNegated { pending.append(step + 1) }
            }
        }
    }

    private func holds(_ condition: PatternPlace, at place: Int) -> Bool {
        switch condition {
        case .start: place == 0
        case .end: place == text.count
        case .lineStart: place == 0 || (isBreak(place - 1) && place < text.count)
        case .lineEnd: place == text.count || isBreak(place)
        case .wordBoundary: isWord(place - 1) != isWord(place)
        case .noWordBoundary: isWord(place - 1) == isWord(place)
        case .endOrFinalBreak:
            place == text.count || (place == text.count - 1 && isBreak(place))
                || (place == text.count - 2 && text[place] == "\r" && text[place + 1] == "\n")
        }
    }

    private func isBreak(_ place: Int) -> Bool {
        text.indices.contains(place) && ScalarSet.lineBreak.contains(text[place])
    }

    private func isWord(_ place: Int) -> Bool {
        text.indices.contains(place) && ScalarSet.word.contains(text[place])
    }

    /// The steps that wait for the next character, without repetition.
    private struct Threads {
        var steps: [Int] = []
        var matched = false
        private var marks: [Int]
        private var round = 1

        init(count: Int) { marks = Array(repeating: 0, count: count) }

        /// Whether the step is new in this round.
        mutating func visit(_ step: Int) -> Bool {
            guard marks[step] != round else { return false }
            marks[step] = round
            return true
        }

        mutating func clear() {
            steps.removeAll(keepingCapacity: true)
            matched = false
            round += 1
        }
    }
}
