import ApusModel

/// One rendering: what is known, what was bound on the way, and what it has cost.
final class Evaluator {
    let context: RenderContext
    lazy var random = RandomSource(seed: context.seed, text: program.source)
    var output = Output()
    /// The template that is being evaluated, for messages.
    var program: Program
    /// Who is told of each step; only while an evaluation is explained.
    var trace: Trace?
    private var locals: [Local] = []
    /// Inside a macro, which sees nothing but its arguments.
    private var isIsolated = false
    private var macros: [String: Macro]
    private var blocks: [String: [Node]]
    private var steps = 0
    private var depth = 0
    private var callDepth = 0
    var renderDepth = 0
    /// Raw texts taken out of the way of further passes; `nil` when there is only one pass.
    var rawTexts: [String]?

    private struct Local {
        var name: String
        var value: Value
        /// Of the variable `loop`, whose value is made only when it is asked for.
        var loop: (place: Int, count: Int)?

        var current: Value {
            guard let loop else { return value }
            return .map([
                "index": .int(Int64(loop.place)), "length": .int(Int64(loop.count)),
                "first": .bool(loop.place == 0),
                "last": .bool(loop.place == loop.count - 1),
                "revindex": .int(Int64(loop.count - loop.place - 1)),
            ])
        }
    }

    init(_ program: Program, context: RenderContext) {
        self.context = context
        self.program = program
        macros = program.macros
        blocks = program.blocks
    }

    /// Counts work; every loop over data takes part.
    func spend(_ amount: Int = 1) throws(ExpressionError) {
        steps &+= amount
        guard steps <= Limits.steps else {
            throw .limit("the template takes more than \(Limits.steps) steps")
        }
    }

    /// Counts the text that an operation made.
    func spend(bytesOf value: Value) throws(ExpressionError) {
        guard case .string(let text) = value else { return }
        let bytes = text.utf8.count
        guard bytes <= Limits.textBytes else {
            throw .limit("the text is longer than \(Limits.textBytes) bytes")
        }
        if bytes >= Limits.bytesPerStep { try spend(bytes / Limits.bytesPerStep) }
    }

    /// Counts everything in a value that an operation put together.
    ///
    /// A few steps can make a value that holds another many times; it costs nothing until it is printed or
    /// compared, and then more than there is. So each value is weighed when it is made.
    func weigh(_ value: Value, depth: Int = 0) throws(ExpressionError) {
        switch value {
        case .list(let items):
            try weigh(depth: depth, count: items.count)
            for item in items { try weigh(item, depth: depth + 1) }
        case .map(let entries):
            try weigh(depth: depth, count: entries.count)
            for item in entries.values { try weigh(item, depth: depth + 1) }
        case .string: try spend(bytesOf: value)
        case .null, .bool, .int, .double, .extended: break
        }
    }

    private func weigh(depth: Int, count: Int) throws(ExpressionError) {
        guard depth < Limits.valueDepth else {
            throw .limit("a value has more than \(Limits.valueDepth) lists or maps inside each other")
        }
        try spend(count)
    }

    func enter() throws(ExpressionError) {
        depth += 1
        guard depth <= Limits.evaluationDepth else {
            throw .limit("more than \(Limits.evaluationDepth) expressions inside each other")
        }
        try spend()
    }

    func leave() { depth -= 1 }

    // Templates

    /// Runs another template in the place of the present one.
    func with<Result>(
        _ other: Program, _ body: () throws(ExpressionError) -> Result
    ) throws(ExpressionError) -> Result {
        let outer = (program, macros, blocks, output)
        program = other
        macros = other.macros
        blocks = other.blocks
        output = Output()
        defer { (program, macros, blocks, output) = outer }
        return try body()
    }

    func run(_ nodes: [Node]) throws(ExpressionError) {
        for node in nodes { try run(node) }
    }

    private func run(_ node: Node) throws(ExpressionError) {
        try spend()
        switch node {
        case .text(let text): try output.append(text)
        case .raw(let text): try output.append(protected(text))
        case .print(let expression):
            let value = try evaluate(expression)
            try output.append(value)
        case .condition(let branches, let otherwise):
            for (condition, body, at) in branches where try isTrue(condition, of: "`if`", at: at) {
                return try run(body)
            }
            try run(otherwise)
        case .loop(let name, let over, let body, let otherwise, let at):
            try loop(name, over: try evaluate(over), body, otherwise, at: at)
        case .set(let name, let expression):
            bind(name, to: try evaluate(expression))
        case .filter(let calls, let body):
            var value = Value.string(try capture(body))
            for call in calls { value = try apply(call, to: value) }
            try output.append(value)
        case .block(_, let body): try run(body)
        }
    }

    private func protected(_ text: String) -> String {
        guard rawTexts != nil else { return text }
        rawTexts?.append(text)
        return RawText.mark((rawTexts?.count ?? 1) - 1)
    }

    /// The text that nodes print.
    private func capture(_ nodes: [Node]) throws(ExpressionError) -> String {
        let outer = output
        output = Output()
        defer { output = outer }
        try run(nodes)
        return output.text
    }

    private func loop(
        _ name: String, over value: Value, _ body: [Node], _ otherwise: [Node], at: Int
    ) throws(ExpressionError) {
        let items: [Value]
        switch value {
        case .null: items = []
        case .list(let list): items = list
        case .map(let entries): items = entries.map { .map(["key": .string($0), "value": $1]) }
        default:
            throw ExpressionError.wrongType("`for`", expected: "a list or a map", found: value)
                .located(at: at, in: program.source)
        }
        guard !items.isEmpty else { return try run(otherwise) }
        let depth = locals.count
        locals.append(Local(name: name, value: .null))
        locals.append(Local(name: "loop", value: .null, loop: (0, items.count)))
        for (place, item) in items.enumerated() {
            try spend()
            locals[depth].value = item
            locals[depth + 1].loop?.place = place
            try run(body)
        }
        // Variables that the body set stay; those of the loop go.
        locals.removeSubrange(depth...(depth + 1))
    }

    private func bind(_ name: String, to value: Value) {
        if let place = locals.lastIndex(where: { $0.name == name }) {
            locals[place] = Local(name: name, value: value)
        } else {
            locals.append(Local(name: name, value: value))
        }
    }

    // Variables

    /// The value of a root variable; `nil` when there is none.
    func variable(_ name: String) throws(ExpressionError) -> Value? {
        for local in locals.reversed() where local.name == name { return local.current }
        guard !isIsolated else { return nil }
        if name == "_context" { return try everything() }
        return try context.variables.variable(name)
    }

    /// All variables as a map.
    func everything() throws(ExpressionError) -> Value {
        var map = OrderedMap<Value>()
        if !isIsolated {
            for name in context.variables.names {
                if let value = try context.variables.variable(name) { map[name] = value }
            }
        }
        for local in locals {
            try weigh(local.value)
            map[local.name] = local.current
        }
        return .map(map)
    }

    var knownNames: [String] { (isIsolated ? [] : context.variables.names) + locals.map(\.name) }

    // Macros and blocks

    func callMacro(_ name: String, _ arguments: CallArguments, at: Int) throws(ExpressionError) -> Value {
        callDepth += 1
        defer { callDepth -= 1 }
        guard callDepth <= Limits.callDepth else {
            throw located(.limit("macros call each other more than \(Limits.callDepth) times"), at)
        }
        if name == "block" { return try callBlock(arguments, at: at) }
        guard let macro = macros[name] else {
            throw located(
                .unknownName("function", name, among: Array(Function.all.keys) + macros.keys + ["block"]), at)
        }
        guard arguments.positional.count <= macro.parameters.count else {
            throw located(
                .argument(
                    "the macro `\(name)` takes \(macro.parameters.count) arguments, "
                        + "found \(arguments.positional.count)"), at)
        }
        var bound: [Local] = []
        for (place, parameter) in macro.parameters.enumerated() {
            if place < arguments.positional.count {
                bound.append(Local(name: parameter.name, value: try evaluate(arguments.positional[place])))
            } else if let named = arguments.named.first(where: { $0.name == parameter.name }) {
                bound.append(Local(name: parameter.name, value: try evaluate(named.value)))
            } else {
                let fallback = try parameter.fallback.map(evaluate)
                bound.append(Local(name: parameter.name, value: fallback ?? .null))
            }
        }
        let outer = (locals, isIsolated)
        locals = bound
        isIsolated = true
        defer { (locals, isIsolated) = outer }
        return .string(try capture(macro.body))
    }

    private func callBlock(_ arguments: CallArguments, at: Int) throws(ExpressionError) -> Value {
        guard let first = arguments.all.first, arguments.all.count == 1 else {
            throw located(.argument("the function `block` needs the argument `name`"), at)
        }
        let name = try evaluate(first).printed
        guard let body = blocks[name] else {
            throw located(.unknownName("block", name, among: blocks.keys), at)
        }
        return .string(try capture(body))
    }

    func located(_ error: ExpressionError, _ at: Int) -> ExpressionError {
        error.located(at: at, in: program.source)
    }
}
