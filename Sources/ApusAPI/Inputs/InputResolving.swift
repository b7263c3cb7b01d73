import ApusDatabase
import ApusEngine
import ApusExpressions
import ApusModel

/// Resolves inputs, loading what their defaults need from outside.
struct InputResolving {
    /// More rounds of loading than this mean that expressions ask for ever new things.
    private static let maxRounds = 20

    var services: APIServices

    init(_ services: APIServices) { self.services = services }

    /// - Parameter variables: What defaults and conditions see besides `inputs`.
    func resolve(
        _ given: [(id: String, value: GivenInput)], definitions: [InputDefinition], edition: Edition,
        flow: FlowReference, variables: OrderedMap<Value>
    ) async throws -> InputResolution {
        let resolver = InputResolver(definitions: definitions, edition: edition)
        var context = RenderContext(
            variables: Variables(variables), now: services.now(), seed: services.random(), edition: edition)
        for _ in 0..<Self.maxRounds {
            do {
                return try resolver.resolve(given, context: context, encrypt: services.encrypt)
            } catch {
                guard case .missingFacts(let requests) = error.reason else {
                    throw APIError.illegalArgument(error.message)
                }
                for request in requests {
                    context.facts[request] = try await services.fact(request, flow, nil)
                }
            }
        }
        throw APIError.illegalArgument("the inputs of `\(flow.id)` need too many values from outside")
    }
}

extension InputResolution {
    /// Everything that is wrong, as one refusal; nothing when the values can be used.
    ///
    /// - Parameter isStrict: Names the flow does not declare are wrong too.
    func refuseFaults(isStrict: Bool = false) throws(APIError) {
        var details = faults.map { APIError.Detail($0.message, path: $0.id) }
        if isStrict {
            details += unknown.map { APIError.Detail("is not an input of the flow", path: $0) }
        }
        guard details.isEmpty else { throw .invalid(details) }
    }

    /// Lines for the log of the execution: warnings, and names that were ignored.
    func logEntries(for execution: Execution) -> [LogEntry] {
        let ignored = unknown.map { "Input `\($0)` is not declared by the flow and was ignored" }
        return (warnings + ignored).enumerated().map { number, message in
            let line = LogLine(
                executionID: execution.id, flow: execution.flow, level: .warn, date: execution.createdDate,
                message: message)
            return LogEntry(key: "\(execution.id)/inputs/\(number)", line: line)
        }
    }
}
