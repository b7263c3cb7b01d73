import ApusDatabase
import ApusEngine
public import ApusExpressions
public import ApusModel

extension Executor {
    /// What stands for a secret where people try out expressions.
    private static let mask = "******"

    /// What expressions of an execution see as it was last committed, for people who try them out: secrets and
    /// encrypted inputs read `******`, and no facts are known yet.
    ///
    /// The context keeps a copy of the execution; it is rendered outside of any transaction.
    ///
    /// - Parameter taskRun: Whose expressions are meant; `nil` for those of the flow.
    /// - Throws: `RequestRefused.notFound` without such an execution or task run.
    public func expressionContext(
        of id: Execution.ID, taskRun: TaskRun.ID? = nil
    ) async throws -> (context: RenderContext, flow: FlowReference) {
        let (now, seed) = (surroundings.now(), surroundings.random())
        return try await database.read { [self] connection in
            guard let execution = try Executions.load(id, connection),
                let flow = try flows.compiled(execution.flow, connection)
            else { throw RequestRefused.notFound("Execution `\(id)` not found") }
            let machine = ExecutionMachine(
                execution: execution, flow: flow,
                stored: try TaskRuns.loadNumbered(executionID: id, connection),
                surroundings: ExpressionSurroundings(
                    variables: surroundings.variables, reveal: { _ in Self.mask }))
            guard var context = machine.context(for: taskRun, at: now, knowing: Facts()) else {
                throw RequestRefused.notFound("Task run `\(taskRun ?? "")` not found")
            }
            context.masksSecrets = true
            // Somebody waits for the answer, and what was typed in was not checked by anyone.
            context.limits = RenderLimits(steps: 1_000_000, textBytes: 4 << 20, jqSeconds: 0.5)
            context.seed ^= seed
            return (context, execution.flow)
        }
    }
}
