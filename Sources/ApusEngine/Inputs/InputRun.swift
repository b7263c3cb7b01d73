internal import ApusExpressions
internal import ApusModel

/// One resolution on its way: inputs are resolved one after the other, in the order of the graph.
struct InputRun {
    private enum Outcome {
        case pending
        case disabled
        /// It has a fault, or waits for a fact, or for an input that does.
        case unresolved
        case resolved(isNull: Bool)
    }

    private let graph: InputGraph
    private let edition: Edition
    private let context: RenderContext
    private let encrypt: ((String) throws -> Value)?

    private var given: [String: GivenInput] = [:]
    private var unknown: [String] = []
    private var outcomes: [Outcome]
    private var states: [InputState]
    private var faults: [(place: Int, message: String)] = []
    private var warnings: [String] = []
    private var missing: [FactRequest] = []
    /// What templates see as `inputs`: secrets in the clear.
    private var scope: Value
    /// Texts that must not show in messages.
    private var secrets: [String] = []

    init(graph: InputGraph, edition: Edition, context: RenderContext, encrypt: ((String) throws -> Value)?) {
        self.graph = graph
        self.edition = edition
        self.context = context
        self.encrypt = encrypt
        outcomes = Array(repeating: .pending, count: graph.nodes.count)
        states = graph.nodes.map { InputState(id: $0.id, isEnabled: false, isDefault: false) }
        // A pause sees the inputs of its execution; a source that cannot make them has none to offer.
        let outer = try? context.variables.variable("inputs")
        scope = outer?.mapValue.map(Value.map) ?? .map(OrderedMap())
        for node in graph.nodes { scope.remove(atDotted: node.id) }
    }

    mutating func take(_ values: [(id: String, value: GivenInput)]) {
        (given, unknown) = graph.assigned(values.map { ($0.id, $0.value) })
        for id in unknown {
            warnings.append("`\(InputRefusal.shortened(id))` is not an input of the flow; it is ignored")
        }
    }

    /// - Throws: The facts that are missing, all together.
    func resolution() throws(ExpressionError) -> InputResolution {
        guard missing.isEmpty else {
            throw ExpressionError(
                .missingFacts(missing), "the inputs need values from outside",
                at: SourcePosition(line: 1, column: 1))
        }
        var values = Value.map(OrderedMap())
        for state in states {
            if let value = state.value { values.set(value, atDotted: state.id) }
        }
        let ordered = faults.sorted { $0.place < $1.place }
        return InputResolution(
            values: values,
            faults: ordered.map { InputFault(id: graph.nodes[$0.place].id, message: masked($0.message)) },
            warnings: warnings.map(masked), unknown: unknown, states: states)
    }

    mutating func resolve(_ place: Int) {
        let node = graph.nodes[place]
        switch isOpen(node, place) {
        case nil: outcomes[place] = .unresolved
        case false?: outcomes[place] = .disabled
        case true?:
            states[place].isEnabled = true
            outcomes[place] = .unresolved
            do {
                try resolveValue(of: node, place)
            } catch {
                fault(error.message, place)
            }
        }
    }

    private mutating func fault(_ message: String?, _ place: Int) {
        if let message { faults.append((place, message)) }
    }

    // MARK: Conditions

    /// Whether the input is asked for; `nil` when that cannot be said.
    private mutating func isOpen(_ node: InputGraph.Node, _ place: Int) -> Bool? {
        for gate in node.gates {
            for id in gate.inputs {
                guard let isThere = isThere(id) else { return nil }
                guard isThere else { return false }
            }
            guard let condition = gate.condition else { continue }
            do {
                let result = try rendered(place) { (context) throws(ExpressionError) in
                    try condition.evaluate(context)
                }
                guard result == .bool(true) else { return false }
            } catch {
                states[place].isEnabled = true
                fault(
                    error.message.map { "The condition of input `\(node.id)` cannot be evaluated: \($0)" },
                    place)
                return nil
            }
        }
        return true
    }

    /// Whether an input, or some input of a form, has a value that is not null.
    private func isThere(_ id: String) -> Bool? {
        let places = graph.place(of: id).map { [$0] } ?? graph.forms[id] ?? []
        var isUnknown = false
        for place in places {
            switch outcomes[place] {
            case .resolved(let isNull): if !isNull { return true }
            case .unresolved, .pending: isUnknown = true
            case .disabled: break
            }
        }
        return isUnknown ? nil : false
    }

    // MARK: Values

    /// Why an input stays without a value; no message when it waits for facts.
    private struct Failure: Error {
        var message: String?
    }

    private mutating func resolveValue(of node: InputGraph.Node, _ place: Int) throws(Failure) {
        var type = node.definition.type
        if let expression = type.choices?.expression {
            let options = try options(from: expression, of: node, place)
            states[place].options = options
            type = type.offering(options)
        }
        var value = try read(given[node.id], as: type, node, showsValue: true)
        if value == nil {
            value = try read(
                try fallback(for: node, type, place), as: type, node, showsValue: !node.hidesDefault)
            states[place].isDefault = value != nil
        }
        guard let value else {
            guard !node.definition.isRequired else {
                throw Failure(message: "Missing required input `\(node.id)`")
            }
            return store(.null, seenAs: .null, place)
        }
        guard node.definition.type.isSecret, let text = value.stringValue else {
            return store(value, seenAs: value, place)
        }
        store(try encrypted(text, node), seenAs: value, place)
    }

    private mutating func store(_ value: Value, seenAs plain: Value, _ place: Int) {
        states[place].value = value
        outcomes[place] = .resolved(isNull: value.isNull)
        scope.set(plain, atDotted: graph.nodes[place].id)
    }

    private mutating func read(
        _ given: GivenInput?, as type: InputType, _ node: InputGraph.Node, showsValue: Bool
    ) throws(Failure) -> Value? {
        guard let given else { return nil }
        if type.isSecret { secrets.append(given.shownText) }
        var reader = InputReader(edition: edition)
        do {
            let value = try reader.read(given, as: type)
            warnings += reader.warnings.map { "Input `\(node.id)`: \($0)" }
            return value
        } catch {
            let shown = showsValue && !type.isSecret ? given.shownText : nil
            throw Failure(message: error.message(for: node.id, given: shown))
        }
    }

    /// The default, rendered; or the first option.
    private mutating func fallback(
        for node: InputGraph.Node, _ type: InputType, _ place: Int
    ) throws(Failure) -> GivenInput? {
        guard let defaults = node.definition.defaults else {
            guard type.selectsFirst, let first = type.choices?.options.first else { return nil }
            guard case .multiselect = type else { return .text(first.value) }
            return .value(.list([.string(first.value)]))
        }
        do {
            let value = try rendered(place) { (context) throws(ExpressionError) in
                try defaults.render(context)
            }
            if let text = value.stringValue { return .text(text) }
            return .value(value)
        } catch {
            throw Failure(
                message: error.message.map { "The default of input `\(node.id)` cannot be rendered: \($0)" })
        }
    }

    private mutating func options(
        from expression: Template, of node: InputGraph.Node, _ place: Int
    ) throws(Failure) -> [Choices.Option] {
        let result: Value
        do {
            result = try rendered(place) { (context) throws(ExpressionError) in
                try expression.evaluate(context)
            }
        } catch {
            throw Failure(
                message: error.message.map {
                    "The expression of input `\(node.id)` cannot be evaluated: \($0)"
                })
        }
        // Text that is no JSON list is reported like any other value.
        let list = result.listValue ?? result.stringValue.flatMap { (try? JSONParser.parse($0))?.listValue }
        guard let list, let options = Choices.options(from: list) else {
            throw Failure(
                message:
                    "The expression of input `\(node.id)` must give a list of texts, it gave \(result.kind)")
        }
        return options
    }

    private func encrypted(_ text: String, _ node: InputGraph.Node) throws(Failure) -> Value {
        guard let encrypt else {
            throw Failure(
                message:
                    "Invalid value for input `\(node.id)`: Unable to use a `SECRET` input/output as encryption is not configured"
            )
        }
        do {
            return try encrypt(text)
        } catch {
            // The error may quote what it was given.
            throw Failure(message: "The value of input `\(node.id)` cannot be encrypted")
        }
    }

    // MARK: Rendering

    private mutating func rendered<Result>(
        _ place: Int, _ body: (RenderContext) throws(ExpressionError) -> Result
    ) throws(Failure) -> Result {
        var context = context
        context.variables = InputScope(base: context.variables, inputs: scope)
        // Two defaults with `uuid()` differ.
        context.seed ^= UInt64(truncatingIfNeeded: place + 1) &* 0x9E37_79B9_7F4A_7C15
        do {
            return try body(context)
        } catch {
            guard case .missingFacts(let requests) = error.reason else {
                throw Failure(message: error.description)
            }
            for request in requests where !missing.contains(request) { missing.append(request) }
            throw Failure(message: nil)
        }
    }

    /// Secrets of three letters and more are blotted out; shorter ones would blot out words by chance.
    private func masked(_ message: String) -> String {
        var message = message
        for secret in secrets where secret.count >= 3 { message = message.replacing(secret, with: "•••") }
        return message
    }
}
