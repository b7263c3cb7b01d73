import ApusDatabase
import ApusExpressions
import ApusModel
import ApusPlugin
import Synchronization

/// Renders the templates of one job, looking up what they need from outside.
final class JobRendering: Sendable {
    /// Each round may uncover new needs: a key that comes from a secret, say.
    private static let maxRounds = 16

    private let job: Job
    private let provider: any FactProvider
    private let mask: SecretMask
    private let context: Mutex<RenderContext>

    init(
        _ job: Job, variables: OrderedMap<Value>, facts provider: any FactProvider, timeZone: String,
        now: Timestamp, mask: SecretMask
    ) {
        self.job = job
        self.provider = provider
        self.mask = mask
        context = Mutex(
            RenderContext(
                variables: Variables(variables), now: now, seed: Self.seed(job), edition: job.edition,
                timeZone: timeZone))
    }

    /// The job's properties, rendered.
    func properties() async throws -> OrderedMap<Value> {
        let tree = job.properties
        let value = try await rendered { context throws(ExpressionError) in try tree.render(context) }
        guard let properties = value.mapValue else {
            throw TaskFailure("The properties of the task must be a map, found \(value.kind)")
        }
        return properties
    }

    /// The properties of a task in the place of the job's.
    func value(_ tree: TemplateTree) async throws -> Value {
        try await rendered { context throws(ExpressionError) in try tree.render(context) }
    }

    /// Renders one text for many items.
    func itemRenderer(_ source: String) throws -> ItemRenderer {
        let template = try Template(source, edition: job.edition)
        return { item, number in
            try await self.rendered { outer throws(ExpressionError) in
                var context = outer
                context.variables = ItemVariables(item: item, outer: outer.variables)
                // Equal expressions must not give equal random values for all items.
                context.seed = outer.seed &+ UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15
                return try template.renderIfPrinted(context)
            }
        }
    }

    func text(_ source: String) async throws -> String {
        let template = try Template(source, edition: job.edition)
        return try await rendered { context throws(ExpressionError) in try template.render(context) }
    }

    /// Renders, and again with what was missing.
    private func rendered<T: Sendable>(
        _ render: (RenderContext) throws(ExpressionError) -> T
    ) async throws -> T {
        for _ in 1..<Self.maxRounds {
            do throws(ExpressionError) {
                return try render(context.withLock { $0 })
            } catch {
                guard case .missingFacts(let requests) = error.reason else { throw error }
                let answers = await provider.facts(for: requests, of: job)
                for case (.secret, .success(.some(let secret))) in answers {
                    mask.add(secret.stringValue ?? secret.json)
                }
                context.withLock { context in
                    for request in requests { context.facts[request] = answers[request] ?? .success(nil) }
                }
            }
        }
        return try render(context.withLock { $0 })
    }

    /// The same for the same attempt, so that a rendering that is repeated gives the same identifiers.
    private static func seed(_ job: Job) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in "\(job.taskRunID) \(job.attempt)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash
    }
}

/// The fields of an item before the variables of the task.
private struct ItemVariables: VariableSource {
    let item: OrderedMap<Value>
    let outer: any VariableSource

    func variable(_ name: String) throws(ExpressionError) -> Value? {
        if let value = item[name] { return value }
        return try outer.variable(name)
    }

    var names: [String] { item.keys + outer.names.filter { item[$0] == nil } }
}
