import ApusExpressions
import ApusModel

/// An expression tried out in the context of an execution: rendered, and again with the facts that were missing.
struct ExpressionTrial {
    /// More rounds of loading than this mean that the expression asks for ever new things.
    private static let maxRounds = 20
    /// Of the expression: longer ones belong into a flow.
    static let maxBytes = 1 << 20

    let services: APIServices
    let execution: Execution.ID
    /// `nil` for the expressions of the flow.
    let taskRun: TaskRun.ID?

    /// - Throws: `RequestRefused` without such an execution or task run; a broken expression is an answer.
    func render(_ source: String) async throws -> Result<String, ExpressionError> {
        try await answer(source) { template, context throws(ExpressionError) in try template.render(context) }
    }

    func explain(_ source: String) async throws -> Result<Explanation, ExpressionError> {
        try await answer(source) { template, context throws(ExpressionError) in try template.explain(context)
        }
    }

    private func answer<Answer>(
        _ source: String, _ evaluate: (Template, RenderContext) throws(ExpressionError) -> Answer
    ) async throws -> Result<Answer, ExpressionError> {
        var (context, flow) = try await services.executor.expressionContext(of: execution, taskRun: taskRun)
        var lastError: ExpressionError?
        for _ in 0..<Self.maxRounds {
            do throws(ExpressionError) {
                return .success(try evaluate(try Template(source, edition: context.edition), context))
            } catch {
                guard case .missingFacts(let requests) = error.reason else { return .failure(error) }
                lastError = error
                for request in requests where context.facts[request] == nil {
                    context.facts[request] = try await services.fact(request, flow, execution)
                }
            }
        }
        let position = lastError?.position ?? SourcePosition(line: 1, column: 1)
        return .failure(
            ExpressionError(.limit, "the expression needs too many values from outside", at: position))
    }
}
