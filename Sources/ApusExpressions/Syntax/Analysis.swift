import ApusModel

/// A variable that a template may read: `outputs.load.uri`.
public struct ReadPath: Hashable, Sendable {
    /// The name of the variable; `*` when any variable may be read (`render()`, `fetchContext()`).
    public var root: String
    /// The static keys that follow.
    public var keys: [String]
    /// False where a key follows that is known only when rendering; anything below `keys` may be read then.
    public var isExact: Bool

    public init(root: String, keys: [String] = [], isExact: Bool = true) {
        self.root = root
        self.keys = keys
        self.isExact = isExact
    }
}

extension Template {
    /// The variable paths that rendering may read, each once, in order of appearance.
    public var reads: [ReadPath] {
        var analysis = Analysis()
        program.map { analysis.visit($0) }
        return analysis.reads
    }

    /// The functions that rendering may call, macros included, each once, in order of appearance.
    public var calls: [String] {
        var analysis = Analysis()
        program.map { analysis.visit($0) }
        return analysis.calls
    }
}

/// Collects what templates depend on.
struct Analysis {
    private(set) var reads: [ReadPath] = []
    private(set) var calls: [String] = []
    private var knownReads: Set<ReadPath> = []
    private var knownCalls: Set<String> = []
    /// Names bound around the present place: loop variables and parameters of macros.
    private var bound: [String] = []

    mutating func visit(_ program: Program) {
        visit(program.nodes)
        for macro in program.macros.values.sorted(by: { $0.name < $1.name }) {
            let outer = bound.count
            for parameter in macro.parameters { parameter.fallback.map { visit($0) } }
            bound += macro.parameters.map(\.name)
            visit(macro.body)
            bound.removeSubrange(outer...)
        }
    }

    private mutating func visit(_ nodes: [Node]) {
        for node in nodes {
            switch node {
            case .text, .raw: break
            case .print(let expression): visit(expression)
            case .condition(let branches, let otherwise):
                for (condition, body, _) in branches {
                    visit(condition)
                    visit(body)
                }
                visit(otherwise)
            case .loop(let name, let over, let body, let otherwise, _):
                visit(over)
                bound += [name, "loop"]
                visit(body)
                bound.removeLast(2)
                visit(otherwise)
            case .set(_, let value): visit(value)
            case .filter(let calls, let body):
                for call in calls { call.arguments.forEach { $0.map { visit($0) } } }
                visit(body)
            case .block(_, let body): visit(body)
            }
        }
    }

    private mutating func visit(_ expression: Expression) {
        switch expression {
        case .literal, .invalid: break
        case .path, .attribute, .subscripted: visitPath(expression)
        case .call(let call):
            note(call: call.function.name)
            for root in call.function.reads { note(ReadPath(root: root)) }
            call.arguments.forEach { $0.map { visit($0) } }
        case .macro(let name, let arguments, _):
            note(call: name)
            arguments.all.forEach { visit($0) }
        case .filter(let input, let call):
            visit(input)
            call.arguments.forEach { $0.map { visit($0) } }
        case .unary(_, let operand, _): visit(operand)
        case .binary(_, let left, let right, _):
            visit(left)
            visit(right)
        case .test(let subject, _, _): visit(subject)
        case .ternary(let condition, let holds, let otherwise, _):
            visit(condition)
            visit(holds)
            visit(otherwise)
        case .concatenation(let parts): parts.forEach { visit($0) }
        case .list(let items): items.forEach { visit($0) }
        case .map(let entries):
            for (key, value) in entries {
                visit(key)
                visit(value)
            }
        case .hyphenated(_, _, _, let named, let subtracted):
            visit(named)
            visit(subtracted)
        case .observed(let inner, _): visit(inner)
        }
    }

    private mutating func visitPath(_ expression: Expression) {
        guard var path = staticPath(expression) else { return }
        if path.root == "_context" {
            path = ReadPath(
                root: path.keys.first ?? "*", keys: Array(path.keys.dropFirst()), isExact: path.isExact)
        }
        if !bound.contains(path.root) { note(path) }
    }

    /// The static beginning of a chain of accessors; other parts of the chain are visited.
    private mutating func staticPath(_ expression: Expression) -> ReadPath? {
        switch expression {
        case .path(let root, let keys, _): return ReadPath(root: root, keys: keys.map(\.name))
        case .attribute(let base, let key):
            guard var path = staticPath(base) else { return nil }
            if path.isExact { path.keys.append(key.name) }
            return path
        case .subscripted(let base, let index, _):
            visit(index)
            var path = staticPath(base)
            path?.isExact = false
            return path
        default:
            visit(expression)
            return nil
        }
    }

    private mutating func note(_ path: ReadPath) {
        if knownReads.insert(path).inserted { reads.append(path) }
    }

    private mutating func note(call name: String) {
        if knownCalls.insert(name).inserted { calls.append(name) }
    }
}
