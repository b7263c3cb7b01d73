import ApusModel

/// An expression, ready to be evaluated. `at` is the first byte in the template, for messages.
indirect enum Expression: Sendable {
    case literal(Value)
    /// A root variable and static keys: `outputs.load.uri`, the most frequent expression by far.
    case path(Path)
    case attribute(Expression, Key)
    case subscripted(Expression, by: Expression, at: Int)
    case call(FunctionCall)
    case macro(name: String, arguments: CallArguments, at: Int)
    case filter(Expression, FilterCall)
    case unary(UnaryOperator, Expression, at: Int)
    case binary(BinaryOperator, Expression, Expression, at: Int)
    case test(Expression, TestCall, isNegated: Bool)
    case ternary(Expression, Expression, Expression, at: Int)
    case concatenation([Expression])
    case list([Expression])
    case map([(key: Expression, value: Expression)])
    /// `a.b-c`: the key `b-c` when `a` has it, else a subtraction.
    case hyphenated(of: Expression, key: String, plainKey: String, named: Expression, subtracted: Expression)
    /// A mistake that is certain; it is reported when the expression is evaluated.
    case invalid(ExpressionError, at: Int)
    /// An expression whose evaluation is reported; only in programs made to be explained.
    case observed(Expression, Observation)

    struct Key: Sendable {
        var name: String
        var at: Int
    }

    // A class, so that evaluating it copies nothing.
    final class Path: Sendable {
        let root: String
        let keys: [Key]
        let at: Int
        /// The root and the names of the keys, as they are looked up.
        let words: [String]

        init(root: String, keys: [Key] = [], at: Int) {
            self.root = root
            self.keys = keys
            self.at = at
            words = [root] + keys.map(\.name)
        }
    }
}

enum UnaryOperator: String, CaseIterable, Sendable {
    case not
    case plus = "+"
    case minus = "-"
}

enum BinaryOperator: String, CaseIterable, Sendable {
    case range = ".."
    case coalesce = "??"
    case coalesceUndefined = "???"
    case isIn
    case concatenate = "~"
    case multiply = "*"
    case divide = "/"
    case modulo = "%"
    case add = "+"
    case subtract = "-"
    case equal = "=="
    case notEqual = "!="
    case greater = ">"
    case less = "<"
    case greaterOrEqual = ">="
    case lessOrEqual = "<="
    case contains
    case and
    case or

    /// How tight the operator binds. In edition 2 the coalescing ones give way to all others, and `isIn` stands with
    /// `contains`.
    func precedence(_ edition: Edition) -> Int {
        switch self {
        case .range: 120
        case .coalesce, .coalesceUndefined: edition == .two ? 5 : 120
        case .isIn: edition == .two ? 20 : 120
        case .concatenate: 110
        case .multiply, .divide, .modulo: 60
        case .add, .subtract: 40
        case .equal, .notEqual, .greater, .less, .greaterOrEqual, .lessOrEqual: 30
        case .contains: 20
        case .and: 15
        case .or: 10
        }
    }

    static let filterPrecedence = 100
    static let testPrecedence = 20

    init?(_ token: Token) {
        switch token.kind {
        case .symbol(let text): self.init(rawValue: text)
        case .name("equals"): self = .equal
        case .name(let name) where ["isIn", "contains", "and", "or"].contains(name): self.init(rawValue: name)
        default: return nil
        }
    }
}

/// Arguments as they were written, positional ones first.
struct CallArguments: Sendable {
    var positional: [Expression] = []
    var named: [(name: String, value: Expression)] = []

    var isEmpty: Bool { positional.isEmpty && named.isEmpty }

    var all: [Expression] { positional + named.map(\.value) }
}

struct FunctionCall: Sendable {
    var function: Function
    /// In the order of the function's parameters; `nil` where none was given.
    var arguments: [Expression?]
    var at: Int
}

struct FilterCall: Sendable {
    var filter: Filter
    var arguments: [Expression?]
    var at: Int
}

struct TestCall: Sendable {
    var test: Test
    var at: Int
}
