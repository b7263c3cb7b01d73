import ApusDatabase
import ApusEngine
import ApusExpressions
import ApusModel

/// Renders the expressions of a trigger before there is an execution, inside an open transaction.
struct TriggerScope {
    /// More rounds of looking things up than this mean that expressions ask for ever new ones.
    private static let maxRounds = 20

    let surroundings: Surroundings
    let outside: OutsideFacts
    let connection: any Connection
    let flow: CompiledFlow
    /// The execution that may be started.
    let execution: Execution.ID
    let now: Timestamp
    var variables: any VariableSource

    /// Repeats a rendering until it has the facts it asks for.
    ///
    /// - Throws: `OutsideFactsMissing` with what has to be loaded before the transaction is taken again.
    func render<Answer>(
        _ body: (RenderContext) throws(ExpressionError) -> Answer
    ) throws -> Result<Answer, ExpressionError> {
        var context = RenderContext(
            variables: variables, now: now, seed: surroundings.random(), edition: flow.edition)
        for _ in 0..<Self.maxRounds {
            do throws(ExpressionError) {
                return .success(try body(context))
            } catch {
                guard case .missingFacts(let requests) = error.reason else { return .failure(error) }
                for (request, answer) in try answers(to: requests) { context.facts[request] = answer }
            }
        }
        return .failure(
            ExpressionError(
                .limit, "too many values from outside are asked for", at: SourcePosition(line: 1, column: 1)))
    }

    func holds(_ predicate: Predicate) throws -> Result<Bool, ExpressionError> {
        try render { (context) throws(ExpressionError) in
            try predicate.holds { (template) throws(ExpressionError) in try template.render(context) }
        }
    }

    private func answers(to requests: [FactRequest]) throws -> [(FactRequest, Result<Value?, FactFailure>)] {
        let missing = requests.filter { $0.isOutside && outside.answer($0, of: execution) == nil }
        guard missing.isEmpty else {
            throw OutsideFactsMissing(requests: missing, flow: flow.reference, execution: execution)
        }
        return requests.map { request in
            let answer =
                outside.answer(request, of: execution)
                ?? surroundings.fact(request, flow.reference, execution, connection)
            return (request, answer)
        }
    }
}
