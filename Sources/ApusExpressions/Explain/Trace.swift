import ApusModel

/// Collects the steps of one evaluation.
final class Trace {
    private(set) var steps: [Explanation.Step] = []
    private(set) var omitted = 0
    private var texts: StepTexts
    /// Of the expressions being evaluated, outermost first: the ones inside that had their turn.
    private var seen: [Set<Range<Int>>] = []
    private var loops: [Loop] = []
    /// A failure has been told and is on its way out through the expressions around it.
    private var isUnwinding = false
    /// Told only if the failure ends the evaluation: steps that are not shown otherwise.
    private var held: [Explanation.Step] = []

    private struct Loop {
        var label: Observation.Label
        var rounds = 0
        var item = Value.null

        var isHidden: Bool { rounds > Explanation.shownIterations }
    }

    init(source: String) { texts = StepTexts(source) }

    // Expressions

    /// What has to be taken back when the expression fails.
    struct Place {
        fileprivate var seen: Int
        fileprivate var loops: Int
    }

    func enter() -> Place {
        goOn()
        defer { seen.append([]) }
        return Place(seen: seen.count, loops: loops.count)
    }

    /// - Parameter value: `nil` when something in it does not exist.
    func leave(_ place: Place, _ range: Range<Int>, _ value: Value?, parts: [Range<Int>]) {
        goOn()
        let inside = seen.popLast() ?? []
        if !isHidden {
            for part in parts where !inside.contains(part) { add(step(part, .notEvaluated)) }
            add(step(range, value.map { .value(.init($0)) } ?? .undefined))
        }
        note(range)
    }

    func fail(_ place: Place, _ range: Range<Int>, _ error: ExpressionError) {
        if !isUnwinding {
            let failure = step(range, .failed(error.message))
            if isHidden || steps.count >= Explanation.maxSteps {
                held = hiddenRounds + [failure]
            } else {
                add(failure)
            }
            isUnwinding = true
        }
        seen.removeSubrange(place.seen...)
        loops.removeSubrange(place.loops...)
        note(range)
    }

    private func note(_ range: Range<Int>) {
        if !seen.isEmpty { seen[seen.count - 1].insert(range) }
    }

    private func goOn() {
        isUnwinding = false
        held = []
    }

    // Tags

    func note(_ value: Value, at range: Range<Int>) {
        if !isHidden { add(step(range, .value(.init(value)))) }
    }

    func bound(_ name: String, to value: Value, at range: Range<Int>) {
        guard !isHidden else { return }
        var step = step(range, .value(.init(value)))
        step.source = "set \(name)"
        add(step)
    }

    func branch(_ label: Observation.Label, skipped: [Observation.Label]) {
        guard !isHidden else { return }
        add(step(label, .taken))
        for other in skipped { add(step(other, .notEvaluated)) }
    }

    func loopBegins(_ label: Observation.Label) { loops.append(Loop(label: label)) }

    func iteration(of item: Value) {
        guard var loop = loops.popLast() else { return }
        loop.rounds += 1
        loop.item = item
        if !isHidden, !loop.isHidden { add(round(of: loop, level: level)) }
        loops.append(loop)
    }

    func loopEnds() {
        guard let loop = loops.popLast(), !isHidden else { return }
        guard loop.isHidden || loop.rounds == 0 else { return }
        let hidden = max(0, loop.rounds - Explanation.shownIterations)
        add(step(loop.label, .furtherIterations(hidden)))
    }

    /// In a round of a loop that is not shown.
    private var isHidden: Bool { loops.contains(where: \.isHidden) }

    // Steps

    private func add(_ step: Explanation.Step) {
        if steps.count < Explanation.maxSteps { steps.append(step) } else { omitted += 1 }
    }

    private func step(_ range: Range<Int>, _ outcome: Explanation.Outcome) -> Explanation.Step {
        .init(
            position: texts.position(of: range.lowerBound), source: texts.text(range), level: level,
            outcome: outcome)
    }

    private func step(_ label: Observation.Label, _ outcome: Explanation.Outcome) -> Explanation.Step {
        .init(
            position: texts.position(
                of: label.words == "elseif" ? label.range?.lowerBound ?? label.at : label.at),
            source: label.range.map { "\(label.words) \(texts.text($0))" } ?? label.words,
            level: level, outcome: outcome)
    }

    private func round(of loop: Loop, level: Int) -> Explanation.Step {
        var step = step(loop.label, .iteration(loop.rounds, .init(loop.item)))
        step.level = level
        return step
    }

    /// The rounds we are in that have not been shown, outermost first.
    private var hiddenRounds: [Explanation.Step] {
        loops.indices.drop { !loops[$0].isHidden }.map { round(of: loops[$0], level: $0) }
    }

    /// How many loops are around what is evaluated now; what a loop goes over stands outside of it.
    private var level: Int { loops.reduce(0) { $0 + ($1.rounds > 0 ? 1 : 0) } }

    /// Ends the trace with the failure that ended the evaluation, if no step has told of it.
    func end(with error: ExpressionError) {
        if isUnwinding {
            steps += held
        } else {
            steps.append(
                .init(
                    position: error.position, source: texts.text(at: error.position), level: level,
                    outcome: .failed(error.message)))
        }
    }
}
