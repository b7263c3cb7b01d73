import ApusModel

/// Walks a template and notes the variables it reads and the functions it calls.
struct TemplateWalk {
    private let program: Program
    /// Decides which of the two readings of a hyphen is meant; `nil` walks both.
    private let hasKey: ((String, [String], String) -> Bool)?
    private(set) var references: [Reference] = []
    private(set) var calls: [String] = []
    /// Names that the template gives a value itself.
    private var bound: [String] = []
    private var isGuarded = false

    /// - Parameter hasKey: See `Template.references(hasKey:)`. Without it, all that rendering may read is noted: both
    ///   readings of a hyphen, and variables that the template may or may not have set itself.
    init(_ program: Program, hasKey: ((String, [String], String) -> Bool)? = nil) {
        self.program = program
        self.hasKey = hasKey
    }

    mutating func run() {
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
                for branch in branches {
                    visit(branch.condition)
                    visit(branch.body)
                }
                visit(otherwise)
            case .loop(let name, let over, let body, let otherwise, _):
                visit(over)
                let outer = bound.count
                bound += [name, "loop"]
                visit(body)
                bound.removeSubrange(outer...)
                visit(otherwise)
            case .set(let name, let value):
                visit(value)
                if hasKey != nil { bound.append(name) }
            case .filter(let calls, let body):
                for call in calls { visit(all: call.arguments) }
                visit(body)
            case .block(_, let body): visit(body)
            }
        }
    }

    private mutating func visit(all arguments: [Expression?]) {
        for argument in arguments { argument.map { visit($0) } }
    }

    private mutating func visit(_ expression: Expression) {
        switch expression {
        case .literal, .invalid: break
        case .observed(let inner, _): visit(inner)
        case .path, .attribute, .subscripted: note(expression)
        case .call(let call):
            calls.append(call.function.name)
            // What a function looks at by itself.
            if hasKey == nil {
                for root in call.function.reads { note((root: root, keys: [], isExact: true, at: call.at)) }
            }
            visit(all: call.arguments)
        case .macro(let name, let arguments, _):
            calls.append(name)
            arguments.all.forEach { visit($0) }
        case .filter(let filtering):
            let before = references.count
            let filter = filtering.call.filter
            visit(filtering.input, guarded: filter.name == "default")
            if Self.isPath(filtering.input), references.count == before + 1 {
                references[before].filter = filter.name
            }
            visit(all: filtering.call.arguments)
        case .unary(_, let operand, _): visit(operand)
        case .binary(let operation):
            let sign = operation.binary
            visit(operation.left, guarded: sign == .coalesce || sign == .coalesceUndefined)
            visit(operation.right)
        case .test(let testing): visit(testing.subject, guarded: testing.call.test.name == "defined")
        case .ternary(let condition, let holds, let otherwise, _):
            visit(condition)
            // What is asked for first is known where its answer counts.
            let asked = Self.testsPresence(condition)
            visit(holds, guarded: asked)
            visit(otherwise, guarded: asked)
        case .concatenation(let parts), .list(let parts): parts.forEach { visit($0) }
        case .map(let entries):
            for (key, value) in entries {
                visit(key)
                visit(value)
            }
        case .hyphenated(let base, let key, let plainKey, let named, let subtracted):
            guard let hasKey else {
                visit(named)
                return visit(subtracted)
            }
            let path = Self.path(of: base)
            let isName = path.map { hasKey($0.root, $0.keys, key) || !hasKey($0.root, $0.keys, plainKey) }
            visit(isName ?? true ? named : subtracted)
        }
    }

    private mutating func visit(_ expression: Expression, guarded: Bool) {
        let outer = isGuarded
        isGuarded = outer || guarded
        visit(expression)
        isGuarded = outer
    }

    /// Whether an expression is about something being there: `x is defined and …`, `x != null`.
    private static func testsPresence(_ expression: Expression) -> Bool {
        switch expression {
        case .test(let testing): ["defined", "null", "empty"].contains(testing.call.test.name)
        case .unary(_, let operand, _): testsPresence(operand)
        case .binary(let operation): testsPresence(operation.left) || testsPresence(operation.right)
        default: false
        }
    }

    private mutating func note(_ expression: Expression) {
        if let path = visitedPath(expression) { note(path) }
    }

    private mutating func note(_ path: Path) {
        var path = path
        if path.root == "_context" {
            path.root = path.keys.first ?? "*"
            path.keys = Array(path.keys.dropFirst())
        }
        guard !bound.contains(path.root) else { return }
        references.append(
            Reference(
                root: path.root, keys: path.keys, isExact: path.isExact, isGuarded: isGuarded,
                position: SourcePosition(utf8Offset: path.at, in: program.source)))
    }

    private typealias Path = (root: String, keys: [String], isExact: Bool, at: Int)

    private static func isPath(_ expression: Expression) -> Bool {
        switch expression {
        case .path: true
        case .attribute(let base, _): isPath(base)
        default: false
        }
    }

    private static func path(of expression: Expression) -> (root: String, keys: [String])? {
        guard case .path(let path) = expression else { return nil }
        return (path.root, Array(path.words.dropFirst()))
    }

    /// The static beginning of a chain of accessors; the other parts of the chain are visited.
    private mutating func visitedPath(_ expression: Expression) -> Path? {
        switch expression {
        case .path(let path): return (path.root, Array(path.words.dropFirst()), true, path.at)
        case .attribute(let base, let key):
            guard var path = visitedPath(base) else { return nil }
            if path.isExact { path.keys.append(key.name) }
            return path
        case .subscripted(let base, let index, _):
            visit(index, guarded: false)
            var path = visitedPath(base)
            path?.isExact = false
            return path
        default:
            visit(expression)
            return nil
        }
    }
}
