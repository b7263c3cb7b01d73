import ApusModel

/// A name with a number that tells it apart from most others without looking at its letters.
struct Name: Sendable {
    let text: String
    let mark: UInt64

    init(_ text: String) {
        self.text = text
        // FNV-1a; names of equal marks are compared, so nothing depends on it but speed.
        mark = text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}

/// The statements of a template or of the body of a tag, laid out to be run.
///
/// What most templates consist of, texts and paths, is plain numbers in flat tables: running over them touches no
/// reference counts.
final class Block: Sendable {
    enum Step {
        /// Bytes of `text`.
        case text(from: Int, to: Int)
        /// One of `paths`.
        case path(Int)
        /// One of `expressions`.
        case print(Int)
        /// One of `statements`.
        case statement(Int)
    }

    /// The print statement of a variable with static keys.
    struct Path {
        /// See `Name.mark`.
        var mark: UInt64
        /// In `words`: the variable, and the keys that follow it.
        var root: Int
        var end: Int
        /// The same in `expressions`, which knows what to say when something is missing.
        var expression: Int
    }

    enum Statement: Sendable {
        case raw(String)
        case condition(branches: [(condition: Expression, body: Block, at: Int)], otherwise: Block)
        case loop(name: Name, over: Expression, body: Block, otherwise: Block, at: Int)
        case set(name: Name, value: Expression)
        case filter([FilterCall], body: Block)
        case block(Block)
    }

    let steps: [Step]
    let text: [UInt8]
    let paths: [Path]
    let words: [String]
    let expressions: [Expression]
    let statements: [Statement]

    init(_ nodes: [Node]) {
        var layout = Layout()
        for node in nodes { layout.add(node) }
        steps = layout.steps
        text = layout.text
        paths = layout.paths
        words = layout.words
        expressions = layout.expressions
        statements = layout.statements
    }
}

/// The tables of a block while they grow.
private struct Layout {
    var steps: [Block.Step] = []
    var text: [UInt8] = []
    var paths: [Block.Path] = []
    var words: [String] = []
    var expressions: [Expression] = []
    var statements: [Block.Statement] = []

    mutating func add(_ node: Node) {
        switch node {
        case .text(let piece):
            let start = text.count
            text += piece.utf8
            steps.append(.text(from: start, to: text.count))
        case .print(let expression): add(expression)
        case .raw(let piece): add(Block.Statement.raw(piece))
        case .condition(let branches, let otherwise):
            let branches = branches.map { (condition: $0.condition, body: Block($0.body), at: $0.at) }
            add(.condition(branches: branches, otherwise: Block(otherwise)))
        case .loop(let name, let over, let body, let otherwise, let at):
            add(.loop(name: Name(name), over: over, body: Block(body), otherwise: Block(otherwise), at: at))
        case .set(let name, let value): add(.set(name: Name(name), value: value))
        case .filter(let calls, let body): add(.filter(calls, body: Block(body)))
        case .block(_, let body): add(.block(Block(body)))
        }
    }

    private mutating func add(_ expression: Expression) {
        expressions.append(expression)
        guard case .path(let root, let keys, _) = expression else {
            steps.append(.print(expressions.count - 1))
            return
        }
        steps.append(.path(paths.count))
        let start = words.count
        words.append(root)
        words += keys.map(\.name)
        paths.append(
            Block.Path(
                mark: Name(root).mark, root: start, end: words.count, expression: expressions.count - 1))
    }

    private mutating func add(_ statement: Block.Statement) {
        statements.append(statement)
        steps.append(.statement(statements.count - 1))
    }
}
