public import ApusExpressions
public import ApusModel

/// Gives the inputs of an execution their values: what was given, else the default, typed and checked.
///
/// Made once per flow. Values that were given are never rendered; defaults, conditions and expressions are, with
/// the inputs that come before them as `inputs`.
public struct InputResolver: Sendable {
    public let definitions: [InputDefinition]
    private let edition: Edition
    private let graph: InputGraph

    public init(definitions: [InputDefinition], edition: Edition) {
        self.definitions = definitions
        self.edition = edition
        graph = InputGraph(definitions)
    }

    /// - Parameters:
    ///   - given: In any order; of a repeated id the last counts. Maps are taken apart where the flow declares
    ///     ids with dots.
    ///   - context: Variables, facts and the seed for what has to be rendered.
    ///   - encrypt: Turns a secret into its stored form; `nil` when encryption is not configured.
    /// - Throws: Only `.missingFacts`, with everything that is missing: load it and resolve again. Whatever else
    ///   goes wrong is a fault of an input.
    public func resolve(
        _ given: [(id: String, value: GivenInput)], context: RenderContext,
        encrypt: ((String) throws -> Value)? = nil
    ) throws(ExpressionError) -> InputResolution {
        var run = InputRun(graph: graph, edition: edition, context: context, encrypt: encrypt)
        run.take(given)
        for place in graph.order { run.resolve(place) }
        return try run.resolution()
    }

    /// What can be said about inputs written in a flow, such as those of a schedule, before they are rendered.
    ///
    /// - Returns: Required inputs that are neither written nor have a default, and what is wrong with written
    ///   values that are no templates.
    public func check(written: OrderedMap<Value>) -> (missing: [String], faults: [InputFault]) {
        var missing: [String] = []
        var faults: [InputFault] = []
        let given = graph.assigned(written.map { ($0, GivenInput.value($1)) }).known
        for node in graph.nodes {
            guard case .value(let value)? = given[node.id], !value.isNull else {
                if node.isNeeded { missing.append(node.id) }
                continue
            }
            guard !value.mayHaveTemplate, let type = node.definition.type.withoutExpression else { continue }
            var reader = InputReader(edition: edition)
            do {
                if try reader.read(.value(value), as: type) == nil, node.isNeeded { missing.append(node.id) }
            } catch {
                let shown = node.definition.type.isSecret ? nil : value.plainText
                faults.append(InputFault(id: node.id, message: error.message(for: node.id, given: shown)))
            }
        }
        return (missing, faults)
    }
}

extension InputGraph.Node {
    /// Whether an execution cannot start without a value from outside.
    fileprivate var isNeeded: Bool {
        definition.isRequired && definition.defaults == nil && gates.isEmpty && !definition.type.selectsFirst
    }
}

extension InputType {
    var isSecret: Bool {
        if case .secret = self { true } else { false }
    }

    var choices: Choices? {
        switch self {
        case .select(let choices), .multiselect(let choices, _): choices
        case .string, .secret, .int, .float, .bool, .dateTime, .date, .time, .duration, .file, .json, .yaml,
            .ion,
            .uri, .email, .array, .form:
            nil
        }
    }

    var selectsFirst: Bool { choices?.selectsFirst ?? false }

    /// The same type; `nil` when its options are known only after rendering.
    fileprivate var withoutExpression: InputType? { choices?.expression == nil ? self : nil }

    /// The type with the options that its expression gave.
    func offering(_ options: [Choices.Option]) -> InputType {
        var choices = choices ?? .free
        choices.options = options
        if case .multiselect(_, let item) = self { return .multiselect(choices, item: item) }
        return .select(choices)
    }
}
