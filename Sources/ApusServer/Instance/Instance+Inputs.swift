public import ApusEngine
import ApusExpressions
public import ApusModel
import ApusStorage
import Foundation

/// Inputs that do not fit the flow.
public struct InputsRefused: Error, Sendable {
    public var faults: [InputFault]

    public init(faults: [InputFault]) { self.faults = faults }
}

extension Instance {
    /// More rounds of looking things up than this mean that defaults ask for ever new ones.
    private static let maxRounds = 20

    /// Checks and types the inputs of an execution that is about to begin; files go into the internal storage.
    ///
    /// - Parameters:
    ///   - given: Texts by input id.
    ///   - files: Paths on this machine by input id.
    ///   - execution: The id the execution will have.
    /// - Throws: `InputsRefused`, or `StorageError`.
    public func inputs(
        for flow: CompiledFlow, given: [(String, String)], files: [(String, path: String)],
        execution: Execution.ID
    ) async throws -> Value {
        var values: [(id: String, value: GivenInput)] = given.map { ($0, .text($1)) }
        for (id, path) in files {
            let file = URL(fileURLWithPath: path)
            let address = try StorageURI.input(
                namespace: flow.reference.namespace, flowID: flow.reference.id, executionID: execution,
                inputID: id,
                name: file.lastPathComponent)
            let stored = try await storage.put(
                fileAt: file.lastPathComponent, in: file.deletingLastPathComponent().path, at: address)
            values.append((id, .file(uri: stored.address.description, name: file.lastPathComponent)))
        }
        var variables = self.variables
        variables["flow"] = [
            "id": .string(flow.reference.id), "namespace": .string(flow.reference.namespace),
            "revision": .int(Int64(flow.reference.revision)),
        ]
        variables["vars"] = flow.variables
        var context = RenderContext(
            variables: Variables(variables), now: Self.now(), seed: UInt64.random(in: .min ... .max),
            edition: flow.edition)
        let resolver = InputResolver(definitions: flow.inputs, edition: flow.edition)
        for _ in 0..<Self.maxRounds {
            do {
                let resolution = try resolver.resolve(values, context: context, encrypt: cipher?.conceal)
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
