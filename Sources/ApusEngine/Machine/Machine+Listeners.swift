import ApusExpressions
import ApusModel

extension ExecutionMachine {
    /// The place of the next task to run in a list, at or behind `position`: listeners whose conditions do not hold
    /// are passed over, and that is remembered, so that each is asked once.
    mutating func opened(_ position: Int, in frame: Int, _ moment: Moment) throws(MissingFacts) -> Int {
        var position = position
        guard frames[frame]?.phase == .afterExecution, frame == Self.top else { return position }
        while let gate = flow.gates[position] {
            if !execution.passedListeners.contains(position) {
                if try holds(gate.condition, moment) { break }
                execution.passedListeners.append(position)
                changes.execution = true
            }
            position = gate.next
        }
        return position
    }

    private mutating func holds(_ condition: Predicate, _ moment: Moment) throws(MissingFacts) -> Bool {
        let context = context(for: nil as Int?, moment)
        do {
            return try condition.holds { (template) throws(ExpressionError) in try template.render(context) }
        } catch {
            if case .missingFacts(let requests) = error.reason { throw MissingFacts(requests: requests) }
            log(nil, .warn, "A listener is left out: its conditions cannot be read: \(error.message)", moment)
            return false
        }
    }

    /// The last task of `afterExecution` and the listeners that is not passed over; `nil` when none is left.
    var lastAfterExecution: Int? {
        var position = flow.afterExecution.count
        while position > 0 {
            guard
                let passed = execution.passedListeners.first(where: {
                    $0 < position && flow.gates[$0]?.next == position
                })
            else { return flow.afterExecution[position - 1] }
            position = passed
        }
        return nil
    }
}
