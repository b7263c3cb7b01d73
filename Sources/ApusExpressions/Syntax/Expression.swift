import ApusModel

/// An expression, ready to be evaluated. `at` is the first byte in the template, for messages.
///
/// The frequent ones are objects: evaluating them takes nothing out of the enum, so that no references are counted.
enum Expression: Sendable {
    indirect case literal(Value)
    /// A root variable and static keys: `outputs.load.uri`, the most frequent expression by far.
    case path(Path)
    indirect case attribute(Expression, Key)
    indirect case subscripted(Expression, by: Expression, at: Int)
    indirect case call(FunctionCall)
    indirect case macro(name: String, arguments: CallArguments, at: Int)
    case filter(Filtering)
    indirect case unary(UnaryOperator, Expression, at: Int)
    case binary(Operation)
    case test(Testing)
    indirect case ternary(Expression, Expression, Expression, at: Int)
    case concatenation([Expression])
    case list([Expression])
    case map([(key: Expression, value: Expression)])
    /// `a.b-c`: the key `b-c` when `a` has it, else a subtraction.
    indirect case hyphenated(
        of: Expression, key: String, plainKey: String, named: Expression, subtracted: Expression)
    /// A mistake that is certain; it is reported when the expression is evaluated.
    indirect case invalid(ExpressionError, at: Int)
    /// An expression whose evaluation is reported; only in programs made to be explained.
    indirect case observed(Expression, Observation)

    struct Key: Sendable {
        var name: String
        var at: Int
    }

    final class Path: Sendable {
        /// The root and the names of the keys, as they are looked up, and where each begins.
        let words: [String]
        let places: [Int]

        init(root: String, at: Int) {
            words = [root]
            places = [at]
        }

        /// A longer path.
        init(_ path: Path, _ key: Key) {
            var words = path.words
            words.append(key.name)
            self.words = words
            var places = path.places
            places.append(key.at)
            self.places = places
        }

        var root: String { words.first ?? "" }
        var at: Int { places.first ?? 0 }
        var keys: [Key] { zip(words, places).dropFirst().map { Key(name: $0, at: $1) } }
        var isVariable: Bool { words.count == 1 }
    }

    final class Filtering: Sendable {
        let input: Expression
        let call: FilterCall

        init(_ input: Expression, _ call: FilterCall) {
            self.input = input
            self.call = call
        }
    }

    final class Operation: Sendable {
        let binary: BinaryOperator
        let left: Expression
        let right: Expression
        let at: Int

        init(_ binary: BinaryOperator, _ left: Expression, _ right: Expression, at: Int) {
            self.binary = binary
            self.left = left
            self.right = right
            self.at = at
        }
    }

    final class Testing: Sendable {
        let subject: Expression
        let call: TestCall
        let isNegated: Bool

        init(_ subject: Expression, _ call: TestCall, isNegated: Bool) {
            self.subject = subject
            self.call = call
            self.isNegated = isNegated
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

final class FilterCall: Sendable {
    let filter: Filter
    let arguments: [Expression?]
    let at: Int

    init(filter: Filter, arguments: [Expression?], at: Int) {
        self.filter = filter
        self.arguments = arguments
        self.at = at
    }
}

struct TestCall: Sendable {
    var test: Test
    var at: Int
}
