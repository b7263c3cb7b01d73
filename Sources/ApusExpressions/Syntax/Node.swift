/// A piece of a parsed template.
indirect enum Node: Sendable {
    case text(String)
    /// Text that must survive further passes.
    case raw(String)
    case print(Expression)
    case condition(branches: [(condition: Expression, body: [Node], at: Int)], otherwise: [Node])
    case loop(name: String, over: Expression, body: [Node], otherwise: [Node], at: Int)
    case set(name: String, value: Expression)
    case filter([FilterCall], body: [Node])
    case block(name: String, body: [Node])
}

/// `{% macro name(parameters) %}`
struct Macro: Sendable {
    var name: String
    var parameters: [(name: String, fallback: Expression?)]
    var body: [Node]
}

/// A parsed template.
final class Program: Sendable {
    let source: String
    let nodes: [Node]
    let macros: [String: Macro]
    let blocks: [String: [Node]]
    /// Mistakes that are certain but only matter when they are reached: unknown names, wrong arguments.
    let faults: [ExpressionError]
    /// The expression, when the template is nothing else.
    let onlyExpression: Expression?
    /// The nodes as they are run, with those of macros and blocks.
    let body: Block
    let macroBodies: [String: Block]
    let blockBodies: [String: Block]

    init(
        source: String, nodes: [Node], macros: [String: Macro], blocks: [String: [Node]],
        faults: [ExpressionError]
    ) {
        self.source = source
        self.nodes = nodes
        self.macros = macros
        self.blocks = blocks
        self.faults = faults
        body = Block(nodes)
        macroBodies = macros.mapValues { Block($0.body) }
        blockBodies = blocks.mapValues { Block($0) }
        if nodes.count == 1, case .print(let expression) = nodes[0] {
            onlyExpression = expression
        } else {
            onlyExpression = nil
        }
    }
}
