import ApusModel

extension Evaluator {
    /// Evaluates an expression and tells the trace what came of it.
    func observe(_ inner: Expression, _ observation: Observation) throws(ExpressionError) -> Value {
        guard let trace else { return try evaluate(inner) }
        switch observation {
        case .step(let range):
            return try told(trace, inner, range) { () throws(ExpressionError) in try self.evaluate(inner) }
                ?? .null
        case .binding(let name, let range):
            let value = try evaluate(inner)
            trace.bound(name, to: value, at: range)
            return value
        case .branch(let label, let skipped): trace.branch(label, skipped: skipped)
        case .loopBegins(let label): trace.loopBegins(label)
        case .iteration(let name): trace.iteration(of: try variable(name) ?? .null)
        case .loopEnds: trace.loopEnds()
        }
        return .null
    }

    /// The same where it may lack something.
    func observeIfDefined(_ inner: Expression, _ observation: Observation) throws(ExpressionError) -> Value? {
        guard let trace, case .step(let range) = observation else { return try evaluateIfDefined(inner) }
        return try told(trace, inner, range) { () throws(ExpressionError) in try self.evaluateIfDefined(inner)
        }
    }

    private func told(
        _ trace: Trace, _ inner: Expression, _ range: Range<Int>,
        _ evaluate: () throws(ExpressionError) -> Value?
    ) throws(ExpressionError) -> Value? {
        let place = trace.enter()
        do throws(ExpressionError) {
            let value = try evaluate()
            trace.leave(place, range, value, parts: inner.observedParts)
            return value
        } catch {
            trace.fail(place, range, error)
            throw error
        }
    }
}
