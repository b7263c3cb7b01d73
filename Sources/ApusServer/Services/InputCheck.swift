import ApusEngine
import ApusExpressions
import ApusModel

/// Checks and types values given for inputs, looking up what their defaults need.
struct InputCheck: Sendable {
    /// More rounds of looking things up than this mean that defaults ask for ever new ones.
    private static let maxRounds = 20

    /// `envs`, `globals` and `kestra` for expressions.
    let variables: OrderedMap<Value>
    let facts: FactSource
    let cipher: SecretCipher?

    /// - Throws: `InputsRefused`, or `ExpressionError`.
    func values(
        _ given: [(id: String, value: GivenInput)], definitions: [InputDefinition], flow: CompiledFlow,
        execution: Execution.ID
    ) async throws -> Value {
        var variables = self.variables
        variables["flow"] = [
            "id": .string(flow.reference.id), "namespace": .string(flow.reference.namespace),
            "revision": .int(Int64(flow.reference.revision)),
        ]
        variables["vars"] = flow.variables
        var context = RenderContext(
            variables: Variables(variables), now: Instance.now(), seed: UInt64.random(in: .min ... .max),
            edition: flow.edition)
        let resolver = InputResolver(definitions: definitions, edition: flow.edition)
        for _ in 0..<Self.maxRounds {
            do {
                let resolution = try resolver.resolve(given, context: context, encrypt: cipher?.conceal)
                guard resolution.faults.isEmpty else { throw InputsRefused(faults: resolution.faults) }
                return resolution.values
            } catch let error as ExpressionError {
                guard case .missingFacts(let requests) = error.reason else { throw error }
                for request in requests {
                    context.facts[request] = await facts.answer(
                        request, flow: flow.reference, execution: execution)
                }
            }
        }
        throw InputsRefused(faults: [
            InputFault(id: "", message: "the defaults need too many values from outside")
        ])
    }
}
