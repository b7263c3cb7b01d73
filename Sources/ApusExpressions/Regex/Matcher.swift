import ApusModel

/// Searches a text for a pattern, from left to right.
struct Matcher {
    struct Match {
        /// Start and end of the whole and of each group, in scalars; -1 where a group took no part.
        fileprivate var slots: [Int]

        var range: Swift.Range<Int> { slots[0]..<slots[1] }

        func range(of group: Int) -> Swift.Range<Int>? {
            guard 2 * group + 1 < slots.count, slots[2 * group] >= 0, slots[2 * group + 1] >= slots[2 * group]
            else {
                return nil
            }
            return slots[2 * group]..<slots[2 * group + 1]
        }
    }

    let pattern: Pattern
    let scalars: [Unicode.Scalar]
    /// Pays for the search, which makes small steps.
    private let evaluator: Evaluator
    private var steps = 0
    private var slots: [Int] = []
    private var stack: [Branch] = []
    /// Kept once a search has become long.
    private var visited: VisitedBranches?
    private let stepsOfShortSearch: Int

    /// Where to go on after a failure: at an instruction, or after putting a slot back.
    private struct Branch {
        var instruction: Int
        var position: Int
        var slot: Int
    }

    /// - Parameter stepsOfShortSearch: After these the search remembers where it has been.
    init(
        _ pattern: Pattern, _ text: String, spending evaluator: Evaluator, stepsOfShortSearch: Int = 5000
    ) {
        self.stepsOfShortSearch = stepsOfShortSearch
        self.pattern = pattern
        self.evaluator = evaluator
        scalars = Array(text.unicodeScalars)
    }

    func text(_ range: Swift.Range<Int>) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars[range])
        return text
    }

    /// The first match that begins at `start` or later.
    mutating func first(from start: Int = 0) throws(ExpressionError) -> Match? {
        guard start <= scalars.count else { return nil }
        visited?.removeAll()
        for position in start...scalars.count {
            slots = Array(repeating: -1, count: pattern.slotCount)
            stack.removeAll(keepingCapacity: true)
            if try run(0, at: position) != nil { return Match(slots: slots) }
        }
        return nil
    }

    /// All matches that do not overlap; an empty one is followed by the search one character on.
    mutating func all() throws(ExpressionError) -> [Match] {
        var matches: [Match] = []
        var position = 0
        while let match = try first(from: position) {
            matches.append(match)
            position = match.range.isEmpty ? match.range.upperBound + 1 : match.range.upperBound
        }
        return matches
    }

    /// Runs from an instruction to `.accept`; the end of the match, or `nil` when there is none.
    ///
    /// - Parameter end: The match has to end here.
    private mutating func run(
        _ instruction: Int, at position: Int, endingAt end: Int? = nil, depth: Int = 0
    ) throws(ExpressionError) -> Int? {
        guard depth < 200 else { throw .limit("the regular expression looks around too deeply") }
        let base = stack.count
        var place = instruction
        var position = position
        while true {
            steps += 1
            if steps.isMultiple(of: Limits.regexStepsPerStep) { try spend() }
            var goesOn = true
            switch pattern.instructions[place] {
            case .scalar(let scalar, let folds):
                goesOn =
                    position < scalars.count
                    && (scalars[position] == scalar || folds && scalars[position].otherCase == scalar)
                position += 1
                place += 1
            case .any(let includesLineBreaks):
                goesOn = position < scalars.count && (includesLineBreaks || !Self.isBreak(scalars[position]))
                position += 1
                place += 1
            case .characters(let characters, let folds):
                goesOn =
                    position < scalars.count
                    && (folds
                        ? characters.containsFolded(scalars[position])
                        : characters.contains(scalars[position]))
                position += 1
                place += 1
            case .split(let first, let second):
                if isFirstVisit(of: place, at: position) {
                    stack.append(Branch(instruction: second, position: position, slot: -1))
                    place = first
                } else {
                    goesOn = false
                }
            case .jump(let target): place = target
            case .save(let slot):
                stack.append(Branch(instruction: -1, position: slots[slot], slot: slot))
                slots[slot] = position
                place += 1
            case .progress(let slot):
                goesOn = slots[slot] != position
                place += 1
            case .backReference(let group, let folds):
                if let next = repeated(group, at: position, folds: folds) {
                    position = next
                    place += 1
                } else {
                    goesOn = false
                }
            case .assertion(let assertion):
                goesOn = holds(assertion, at: position)
                place += 1
            case .look(let isAhead, let isNegated, let next):
                let found = try look(
                    place + 1, at: position, isAhead: isAhead, keepsGroups: !isNegated, depth: depth)
                goesOn = found != isNegated
                place = next
            case .atomic(let next):
                let height = stack.count
                if let inner = try run(place + 1, at: position, depth: depth + 1) {
                    dropBranches(above: height)
                    position = inner
                    place = next
                } else {
                    goesOn = false
                }
            case .accept:
                if end == nil || end == position { return position }
                goesOn = false
            }
            if goesOn { continue }
            guard let branch = backtrack(to: base) else { return nil }
            (place, position) = (branch.instruction, branch.position)
        }
    }

    private mutating func isFirstVisit(of branch: Int, at position: Int) -> Bool {
        guard steps > stepsOfShortSearch, !pattern.branches.isEmpty else { return true }
        if visited == nil {
            visited = VisitedBranches(branches: pattern.branchCount, positions: scalars.count + 1)
        }
        return visited?.insert(branch: pattern.branches[branch], position: position) ?? true
    }

    private func spend() throws(ExpressionError) {
        guard steps <= Limits.regexSteps else {
            throw .limit("the search for a regular expression takes more than \(Limits.regexSteps) steps")
        }
        try evaluator.spend()
    }

    /// Undoes what was noted since the last branch; `nil` when there is no branch above the base.
    private mutating func backtrack(to base: Int) -> Branch? {
        while stack.count > base, let branch = stack.popLast() {
            guard branch.slot >= 0 else { return branch }
            slots[branch.slot] = branch.position
        }
        return nil
    }

    /// Forgets alternatives, but keeps what restores the slots.
    private mutating func dropBranches(above height: Int) {
        let kept = stack[height...].filter { $0.slot >= 0 }
        stack.removeSubrange(height...)
        stack += kept
    }

    private mutating func look(
        _ instruction: Int, at position: Int, isAhead: Bool, keepsGroups: Bool, depth: Int
    ) throws(ExpressionError) -> Bool {
        let height = stack.count
        let saved = slots
        for start in isAhead ? [position] : Array((0...position).reversed()) {
            let end = isAhead ? nil : position
            if try run(instruction, at: start, endingAt: end, depth: depth + 1) != nil {
                if keepsGroups {
                    dropBranches(above: height)
                } else {
                    stack.removeSubrange(height...)
                    slots = saved
                }
                return true
            }
        }
        return false
    }

    private func repeated(_ group: Int, at position: Int, folds: Bool) -> Int? {
        let (start, end) = (slots[2 * group], slots[2 * group + 1])
        guard start >= 0, end >= start, position + end - start <= scalars.count else { return nil }
        for offset in 0..<(end - start) {
            let (left, right) = (scalars[start + offset], scalars[position + offset])
            guard left == right || folds && left.otherCase == right else { return nil }
        }
        return position + end - start
    }

    private func holds(_ assertion: PatternNode.Assertion, at position: Int) -> Bool {
        switch assertion {
        case .textStart: position == 0
        case .textEnd: position == scalars.count
        case .beforeLastBreak:
            position == scalars.count || (position == scalars.count - 1 && Self.isBreak(scalars[position]))
                || (position == scalars.count - 2 && scalars[position] == "\r"
                    && scalars[position + 1] == "\n")
        case .lineStart:
            position == 0 || (Self.isBreak(scalars[position - 1]) && position < scalars.count)
        case .lineEnd: position == scalars.count || Self.isBreak(scalars[position])
        case .wordBoundary: isWord(position - 1) != isWord(position)
        case .noWordBoundary: isWord(position - 1) == isWord(position)
        }
    }

    private func isWord(_ position: Int) -> Bool {
        scalars.indices.contains(position) && CharacterClass.word.contains(scalars[position])
    }

    private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }
}
