import ApusModel

extension Template {
    /// Renders the template and tells how: the value of each expression, the branches and rounds of loops.
    ///
    /// Secrets are given as the context says (`masksSecrets`). What `render()` renders is one step. A template
    /// that fails is an answer too, see `Explanation.result`. Costs about as much as rendering, and a preview of
    /// each value.
    ///
    /// - Throws: Only `ExpressionError` with the reason `.missingFacts`: load them and explain again.
    public func explain(_ context: RenderContext) throws(ExpressionError) -> Explanation {
        guard program != nil else { return Explanation(steps: [], omitted: 0, result: .success(source)) }
        let observed = try Program.observed(source, edition: edition)
        let evaluator = Evaluator(observed, context: context)
        let trace = Trace(source: source)
        evaluator.trace = trace
        let result: Result<String, ExpressionError>
        do throws(ExpressionError) {
            let text = try evaluator.text(of: observed) ?? ""
            result = .success(context.recursive ? try render(context) : text)
        } catch {
            if case .missingFacts = error.reason { throw error }
            trace.end(with: error)
            result = .failure(error)
        }
        return Explanation(steps: trace.steps, omitted: trace.omitted, result: result)
    }
}
