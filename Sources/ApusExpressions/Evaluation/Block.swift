import ApusModel

/// The statements of a template or of the body of a tag, laid out to be run.
///
/// What most templates consist of, texts and paths, is plain numbers in flat tables: running over them touches no
/// reference counts.
final class Block: Sendable {
    enum Step {
        /// Bytes of `text`.
        case text(from: Int, to: Int)
        /// The item of the innermost loop.
        case item
        /// One of `paths`.
        case path(Int)
        /// One of `paths`, through one of `filters` when it leads to a text.
        case filtered(path: Int, filter: Int)
        /// One of `expressions`.
        case print(Int)
        /// One of `statements`.
        case statement(Int)
    }

    /// The print statement of a variable with static keys.
    struct Path {
        /// The variable is that of the innermost loop.
        var isItem: Bool
        /// In `words`: the variable, and the keys that follow it.
        var root: Int
        var end: Int
        /// The same in `expressions`, which knows what to say when something is missing.
        var expression: Int
    }

    enum Statement: Sendable {
        case raw(String)
        case condition([Branch], otherwise: Block)
        case loop(Repetition)
        case set(name: String, value: Expression)
        case filter([FilterCall], body: Block)
        case block(Block)
    }

    final class Branch: Sendable {
        let condition: Expression
        let body: Block
        let at: Int

        init(_ condition: Expression, _ body: Block, at: Int) {
            self.condition = condition
            self.body = body
            self.at = at
        }
    }

    final class Repetition: Sendable {
        let name: String
        let over: Expression
        let body: Block
        let otherwise: Block
        let at: Int

        init(of name: String, over: Expression, _ body: Block, otherwise: Block, at: Int) {
            self.name = name
            self.over = over
            self.body = body
            self.otherwise = otherwise
            self.at = at
        }
    }

    let steps: [Step]
    let text: [UInt8]
    let paths: [Path]
    let words: [String]
    let expressions: [Expression]
    /// Those that make a text of a text and take nothing else.
    let filters: [Filter]
    let statements: [Statement]

    /// - Parameter item: The variable of the innermost loop around the nodes, unless something in it sets it.
    init(_ nodes: [Node], item: String? = nil) {
        var layout = Layout(item: item)
        for node in nodes { layout.add(node) }
        steps = layout.steps
        text = layout.text
        paths = layout.paths
        words = layout.words
        expressions = layout.expressions
        filters = layout.filters
        statements = layout.statements
    }
}

/// The tables of a block while they grow.
private struct Layout {
    let item: String?
    var steps: [Block.Step] = []
    var text: [UInt8] = []
    var paths: [Block.Path] = []
    var words: [String] = []
    var expressions: [Expression] = []
    var filters: [Filter] = []
    var statements: [Block.Statement] = []

    mutating func add(_ node: Node) {
        switch node {
        case .text(let piece):
            let start = text.count
            text += piece.utf8
            steps.append(.text(from: start, to: text.count))
        case .print(let expression): add(expression)
        case .raw(let piece): append(.raw(piece))
        case .condition(let branches, let otherwise):
            let branches = branches.map {
                Block.Branch($0.condition, Block($0.body, item: item), at: $0.at)
            }
            append(.condition(branches, otherwise: Block(otherwise, item: item)))
        case .loop(let name, let over, let body, let otherwise, let at):
            // The name `loop` means the loop itself.
            let own = name == "loop" || Self.sets(name, body) ? nil : name
            append(
                .loop(
                    Block.Repetition(
                        of: name, over: over, Block(body, item: own),
                        otherwise: Block(otherwise, item: item), at: at)))
        case .set(let name, let value): append(.set(name: name, value: value))
        case .filter(let calls, let body): append(.filter(calls, body: Block(body, item: item)))
        case .block(_, let body): append(.block(Block(body)))
        }
    }

    private mutating func add(_ expression: Expression) {
        expressions.append(expression)
        switch expression {
        case .path(let path):
            let isItem = path.root == item && path.isVariable
            steps.append(isItem ? .item : .path(add(path)))
        case .filter(let filtering):
            guard case .path(let path) = filtering.input, filtering.call.filter.transform != nil else {
                return steps.append(.print(expressions.count - 1))
            }
            filters.append(filtering.call.filter)
            steps.append(.filtered(path: add(path), filter: filters.count - 1))
        default: steps.append(.print(expressions.count - 1))
        }
    }

    /// A path of the expression added last.
    private mutating func add(_ path: Expression.Path) -> Int {
        let start = words.count
        words += path.words
        paths.append(
            Block.Path(
                isItem: path.root == item, root: start, end: words.count, expression: expressions.count - 1))
        return paths.count - 1
    }

    private mutating func append(_ statement: Block.Statement) {
        statements.append(statement)
        steps.append(.statement(statements.count - 1))
    }

    /// Whether a variable is bound anywhere in the nodes, so that the item of a loop may be hidden.
    private static func sets(_ name: String, _ nodes: [Node]) -> Bool {
        nodes.contains { node in
            switch node {
            case .text, .raw, .print: false
            case .set(let own, _): own == name
            case .condition(let branches, let otherwise):
                branches.contains { sets(name, $0.body) } || sets(name, otherwise)
            case .loop(_, _, let body, let otherwise, _): sets(name, body) || sets(name, otherwise)
            case .filter(_, let body), .block(_, let body): sets(name, body)
            }
        }
    }
}

/// How far a running loop has come.
final class Loop {
    let items: [Value]
    var place = 0

    /// - Parameter items: At least one.
    init(_ items: [Value]) { self.items = items }

    /// Where the item that it has come to lies; good as long as the loop is held.
    var item: UnsafePointer<Value>? { items.withUnsafeBufferPointer { $0.baseAddress.map { $0 + place } } }
}
