import ApusModel

/// One rendering: what is known, what was bound on the way, and what it has cost.
final class Evaluator {
    let context: RenderContext
    lazy var random = RandomSource(seed: context.seed, text: program.source)
    /// The template that is being evaluated, for messages.
    var program: Program
    /// Who is told of each step; only while an evaluation is explained.
    var trace: Trace?
    var locals: [Local] = []
    /// Inside a macro, which sees nothing but its arguments.
    var isIsolated = false
    /// The variables of the context, when they are held in a map: then no source is asked.
    let map: OrderedMap<Value>
    private let hasMap: Bool
    /// Those that a source has been asked for; it is asked for each of them once.
    private var asked = OrderedMap<Value>()
    let maxSteps: Int
    private(set) var steps = 0
    private var depth = 0
    private var callDepth = 0
    var renderDepth = 0
    private var jqPrograms: [String: JqProgram] = [:]
    /// Raw texts taken out of the way of further passes; `nil` when there is only one pass.
    var rawTexts: [String]?

    struct Local {
        var name: String
        var content: Content

        enum Content {
            case value(Value)
            /// The item that a loop has come to.
            case item(Loop)
            /// The variable `loop`, whose value is made only when it is asked for.
            case loop(Loop)
        }

        var value: Value {
            switch content {
            case .value(let value): return value
            case .item(let loop): return loop.item?.pointee ?? .null
            case .loop(let loop):
                return .map([
                    "index": .int(Int64(loop.place)), "length": .int(Int64(loop.items.count)),
                    "first": .bool(loop.place == 0),
                    "last": .bool(loop.place == loop.items.count - 1),
                    "revindex": .int(Int64(loop.items.count - loop.place - 1)),
                ])
            }
        }
    }

    init(_ program: Program, context: RenderContext) {
        self.context = context
        self.program = program
        map = context.map ?? OrderedMap()
        hasMap = context.map != nil
        maxSteps = context.limits.steps
    }

    /// Counts work; every loop over data takes part.
    func spend(_ amount: Int = 1) throws(ExpressionError) {
        steps &+= amount
        if steps > maxSteps { throw exhausted }
    }

    private var exhausted: ExpressionError {
        @inline(never)
        get { .limit("the template takes more than \(maxSteps) steps") }
    }

    /// Counts the text that an operation made.
    func spend(bytesOf value: Value) throws(ExpressionError) {
        try spend(bytes: value.textBytes)
    }

    func spend(bytes: Int) throws(ExpressionError) {
        try check(bytes: bytes)
        if bytes >= Limits.bytesPerStep { try spend(bytes / Limits.bytesPerStep) }
    }

    /// Refuses a text that is too long.
    func check(bytes: Int) throws(ExpressionError) {
        guard bytes <= context.limits.textBytes else {
            throw .limit("the text is longer than \(context.limits.textBytes) bytes")
        }
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

    /// The compiled program, which is kept while the rendering lasts.
    func jq(_ source: String) throws(ExpressionError) -> JqProgram {
        if let known = jqPrograms[source] { return known }
        try spend(Limits.jqSteps)
        let program = try JqProgram(
            source: source, now: Double(context.now.microseconds) / 1_000_000, limits: context.limits)
        if jqPrograms.count >= Limits.jqPrograms { jqPrograms.removeAll() }
        jqPrograms[source] = program
        return program
    }

    func enter() throws(ExpressionError) {
        depth += 1
        guard depth <= Limits.evaluationDepth else {
            throw .limit("more than \(Limits.evaluationDepth) expressions inside each other")
        }
        try spend()
    }

    func leave() { depth -= 1 }

    // Variables

    /// The value of a root variable; `nil` when there is none.
    func variable(_ name: String) throws(ExpressionError) -> Value? {
        var place = locals.count - 1
        while place >= 0 {
            if locals[place].name == name { return locals[place].value }
            place &-= 1
        }
        guard !isIsolated else { return nil }
        if name == "_context" { return try everything() }
        if hasMap { return map[name] }
        if let value = asked[name] { return value }
        guard let value = try context.variables.variable(name) else { return nil }
        asked[name] = value
        return value
    }

    /// Where the value lies that a path leads to, when it begins in the variables of the context or in the item of a
    /// loop; good until something else is evaluated. `nil` also when the path begins elsewhere, or leads nowhere.
    ///
    /// - Parameters:
    ///   - words: The variable and the keys after it, among others.
    ///   - first: The place of the variable.
    ///   - end: The place after the last key.
    func find(_ words: [String], _ first: Int, _ end: Int) -> UnsafePointer<Value>? {
        var place = locals.count - 1
        while place >= 0 {
            if locals[place].name == words[first] {
                guard case .item(let loop) = locals[place].content, let item = loop.item else { return nil }
                return Value.find(from: item, words, first &+ 1, end)
            }
            place &-= 1
        }
        guard !isIsolated else { return nil }
        return hasMap ? map.find(words, first, end) : asked.find(words, first, end)
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
            map[local.name] = local.value
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
        guard let macro = program.macros[name], let body = program.macroBodies[name] else {
            throw located(
                .unknownName(
                    "function", name, among: Array(Function.all.keys) + program.macros.keys + ["block"]), at)
        }
        guard arguments.positional.count <= macro.parameters.count else {
            throw located(
                .argument(
                    "the macro `\(name)` takes \(macro.parameters.count) arguments, "
                        + "found \(arguments.positional.count)"), at)
        }
        var bound: [Local] = []
        func bind(_ name: String, _ value: Value) {
            bound.append(Local(name: name, content: .value(value)))
        }
        for (place, parameter) in macro.parameters.enumerated() {
            if place < arguments.positional.count {
                bind(parameter.name, try evaluate(arguments.positional[place]))
            } else if let named = arguments.named.first(where: { $0.name == parameter.name }) {
                bind(parameter.name, try evaluate(named.value))
            } else {
                let fallback = try parameter.fallback.map(evaluate)
                bind(parameter.name, fallback ?? .null)
            }
        }
        let outer = (locals, isIsolated)
        locals = bound
        isIsolated = true
        defer { (locals, isIsolated) = outer }
        return .string(try capture(body))
    }

    private func callBlock(_ arguments: CallArguments, at: Int) throws(ExpressionError) -> Value {
        guard let first = arguments.all.first, arguments.all.count == 1 else {
            throw located(.argument("the function `block` needs the argument `name`"), at)
        }
        let name = try evaluate(first).printed
        guard let body = program.blockBodies[name] else {
            throw located(.unknownName("block", name, among: program.blockBodies.keys), at)
        }
        return .string(try capture(body))
    }

    func located(_ error: ExpressionError, _ at: Int) -> ExpressionError {
        error.located(at: at, in: program.source)
    }
}
