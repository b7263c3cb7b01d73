import ApusModel

/// Makes an `Expression` of the words of one print statement or tag.
struct ExpressionParser {
    let source: String
    let edition: Edition
    /// The program is made to be explained: each expression keeps its place.
    let isObserved: Bool
    private let tokens: [Token]
    private var place = 0
    private var depth = 0
    /// Read `a.b-c` as the key `b-c`.
    private var joinsHyphens = false
    private var sawHyphen = false
    var faults: [ExpressionError] = []
    /// Calls of names that are no functions: macros, which may be written further down.
    var macroCalls: [MacroCall] = []
    /// The name taken last, by which a closing tag is known.
    private(set) var previousName: String?

    init(source: String, edition: Edition, isObserved: Bool = false, tokens: [Token]) {
        self.source = source
        self.edition = edition
        self.isObserved = isObserved
        self.tokens = tokens
    }

    var token: Token { peek(0) }

    func peek(_ distance: Int) -> Token {
        // The last token is always `.end`, and nothing consumes it.
        tokens[min(place + distance, tokens.count - 1)]
    }

    mutating func advance() { if place < tokens.count - 1 { place += 1 } }

    func fault(_ message: String, at offset: Int) -> ExpressionError {
        ExpressionError(.syntax, message).located(at: offset, in: source)
    }

    func unexpected(_ expected: String) -> ExpressionError {
        fault("expected \(expected), found \(token.description)", at: token.start)
    }

    // Words

    mutating func takeName() -> String? {
        guard case .name(let name) = token.kind else { return nil }
        advance()
        previousName = name
        return name
    }

    mutating func take(name: String) -> Bool {
        guard token.isName(name) else { return false }
        advance()
        return true
    }

    mutating func take(_ symbol: String) -> Bool {
        guard token.isSymbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func expect(_ symbol: String) throws(ExpressionError) {
        guard take(symbol) else { throw unexpected("`\(symbol)`") }
    }

    mutating func expectName(_ what: String) throws(ExpressionError) -> String {
        guard let name = takeName() else { throw unexpected(what) }
        return name
    }

    mutating func expectNameOrText(_ what: String) throws(ExpressionError) -> String {
        if case .string(let text) = token.kind {
            advance()
            return text
        }
        return try expectName(what)
    }

    func expectEnd() throws(ExpressionError) {
        guard case .end = token.kind else { throw unexpected("the end of the tag") }
    }

    // Expressions

    /// One expression up to the end of the words.
    mutating func whole() throws(ExpressionError) -> Expression {
        let start = place
        sawHyphen = false
        let plain = try expression()
        guard case .end = token.kind else { throw unexpected("the end of the expression") }
        guard sawHyphen else { return plain }
        let end = place
        place = start
        joinsHyphens = true
        hyphen = nil
        defer {
            joinsHyphens = false
            place = end
        }
        let (plainFaults, plainCalls) = (faults, macroCalls)
        let named = try expression()
        (faults, macroCalls) = (plainFaults, plainCalls)
        guard let hyphen else { return plain }
        return .hyphenated(
            of: hyphen.base, key: hyphen.key, plainKey: hyphen.plainKey, named: named, subtracted: plain)
    }

    private var hyphen: (base: Expression, key: String, plainKey: String)?

    mutating func expression() throws(ExpressionError) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Limits.syntaxDepth else {
            throw fault("more than \(Limits.syntaxDepth) expressions inside each other", at: token.start)
        }
        guard faults.count < Limits.faults else {
            throw fault("more than \(Limits.faults) mistakes in one template", at: token.start)
        }
        let start = token.start
        let condition = try operation(0)
        let at = token.start
        guard take("?") else { return condition }
        let holds = try expression()
        try expect(":")
        let otherwise = try expression()
        return observed(.ternary(condition, holds, otherwise, at: at), from: start)
    }

    /// The expression just read, with its place when the program is made to be explained.
    private func observed(_ expression: Expression, from start: Int) -> Expression {
        isObserved && expression.isWorthObserving
            ? .observed(expression, .step(start..<max(start, peek(-1).end))) : expression
    }

    /// An operand and all operators that bind at least as tight as `minimum`.
    private mutating func operation(_ minimum: Int) throws(ExpressionError) -> Expression {
        let start = token.start
        var left = try operand()
        var length = 0
        while true {
            length += 1
            guard length <= Limits.chainLength else {
                throw fault("more than \(Limits.chainLength) operators in a row", at: token.start)
            }
            let at = token.start
            if token.isSymbol("|"), BinaryOperator.filterPrecedence >= minimum {
                advance()
                left = .filter(Expression.Filtering(left, try filterCall()))
            } else if token.isName("is"), BinaryOperator.testPrecedence >= minimum {
                advance()
                left = try test(of: left)
            } else if let binary = BinaryOperator(token), binary.precedence(edition) >= minimum {
                advance()
                let right = try operation(binary.precedence(edition) + 1)
                left = Self.combine(binary, left, right, at: at)
            } else {
                return left
            }
            left = observed(left, from: start)
        }
    }

    private static func combine(
        _ binary: BinaryOperator, _ left: Expression, _ right: Expression, at: Int
    ) -> Expression {
        guard binary == .concatenate else {
            return .binary(Expression.Operation(binary, left, right, at: at))
        }
        if case .concatenation(let parts) = left.withoutObservation { return .concatenation(parts + [right]) }
        return .concatenation([left, right])
    }

    private mutating func operand() throws(ExpressionError) -> Expression {
        let at = token.start
        depth += 1
        defer { depth -= 1 }
        guard depth <= Limits.syntaxDepth else {
            throw fault("more than \(Limits.syntaxDepth) operators inside each other", at: at)
        }
        if take(name: "not") { return try unary(.not, at: at) }
        if take("+") { return try unary(.plus, at: at) }
        if take("-") {
            if case .number(.int(let number)) = token.kind, number >= 0 {
                advance()
                return try accessors(of: .literal(.int(-number)), from: at)
            }
            return try unary(.minus, at: at)
        }
        return try primary()
    }

    private mutating func unary(_ unary: UnaryOperator, at: Int) throws(ExpressionError) -> Expression {
        let operand = try operand()
        return observed(.unary(unary, operand, at: at), from: at)
    }

    private mutating func primary() throws(ExpressionError) -> Expression {
        let token = token
        switch token.kind {
        case .number(let number):
            advance()
            return .literal(number)
        case .string(let text):
            advance()
            return try accessors(of: .literal(.string(text)), from: token.start)
        case .interpolated(let parts):
            advance()
            return try accessors(of: try interpolation(parts), from: token.start)
        case .name(let name): return try named(name, at: token.start)
        case .symbol("("):
            advance()
            let inner = try expression()
            try expect(")")
            return try accessors(of: inner, from: token.start)
        case .symbol("["):
            advance()
            let list = try list()
            return observed(list, from: token.start)
        case .symbol("{"):
            advance()
            let map = try map()
            return observed(map, from: token.start)
        case .symbol, .end: throw unexpected("an expression")
        }
    }

    private mutating func interpolation(_ parts: [Token.Part]) throws(ExpressionError) -> Expression {
        var pieces: [Expression] = []
        for part in parts {
            switch part {
            case .text(let text): pieces.append(.literal(.string(text)))
            case .expression(let tokens):
                var parser = ExpressionParser(
                    source: source, edition: edition, isObserved: isObserved, tokens: tokens)
                parser.depth = depth
                pieces.append(try parser.whole())
                faults += parser.faults
                macroCalls += parser.macroCalls
            }
        }
        return .concatenation(pieces)
    }

    private mutating func named(_ name: String, at: Int) throws(ExpressionError) -> Expression {
        advance()
        guard !token.isSymbol("(") else {
            let call = function(name, try arguments(), at: at)
            return try accessors(of: observed(call, from: at), from: at)
        }
        switch name {
        case "true", "TRUE": return .literal(.bool(true))
        case "false", "FALSE": return .literal(.bool(false))
        case "null", "NULL", "none", "NONE": return .literal(.null)
        case "is", "and", "or", "isIn", "contains", "equals":
            throw fault("expected an expression, found the operator `\(name)`", at: at)
        default: return try accessors(of: .path(Expression.Path(root: name, at: at)), from: at)
        }
    }

    private mutating func accessors(
        of base: Expression, from start: Int
    ) throws(ExpressionError) -> Expression {
        var base = base
        var length = 0
        while true {
            length += 1
            guard length <= Limits.chainLength else {
                throw fault("more than \(Limits.chainLength) accessors in a row", at: token.start)
            }
            let at = token.start
            if take(".") {
                let keyStart = token.start
                guard let name = takeName() else { throw unexpected("the name of an attribute") }
                guard !token.isSymbol("(") else {
                    throw fault("`\(name)` is called like a method, and values have none", at: keyStart)
                }
                base = Self.attribute(hyphenatedName(name, of: base), at: keyStart, of: base)
            } else if take("[") {
                let index = try expression()
                try expect("]")
                if case .literal(.string(let name)) = index {
                    base = Self.attribute(name, at: at, of: base)
                } else {
                    base = .subscripted(base, by: index, at: at)
                }
            } else {
                return observed(base, from: start)
            }
        }
    }

    private static func attribute(_ name: String, at: Int, of base: Expression) -> Expression {
        let key = Expression.Key(name: name, at: at)
        if case .path(let path) = base {
            return .path(Expression.Path(path, key))
        }
        return .attribute(base, key)
    }

    /// `my-task` when the words `my`, `-` and `task` stand without spaces and are to be read as one name.
    private mutating func hyphenatedName(_ name: String, of base: Expression) -> String {
        var joined = name
        var end = peek(-1).end
        while token.isSymbol("-"), token.start == end {
            let tail = peek(1)
            guard tail.start == token.end else { break }
            let text: String
            switch tail.kind {
            case .name(let word): text = word
            case .number(.int(let number)) where tail.end - tail.start == String(number).utf8.count:
                text = String(number)
            default: return joined
            }
            sawHyphen = true
            guard joinsHyphens else { break }
            joined += "-" + text
            end = tail.end
            advance()
            advance()
        }
        if joined != name, hyphen == nil { hyphen = (base, joined, name) }
        return joined
    }

    private mutating func list() throws(ExpressionError) -> Expression {
        var items: [Expression] = []
        while !take("]") {
            if !items.isEmpty {
                try expect(",")
                if take("]") { break }
            }
            items.append(try expression())
        }
        return .list(items)
    }

    private mutating func map() throws(ExpressionError) -> Expression {
        var entries: [(key: Expression, value: Expression)] = []
        while !take("}") {
            if !entries.isEmpty {
                try expect(",")
                if take("}") { break }
            }
            let key = try expression()
            try expect(":")
            entries.append((key, try expression()))
        }
        return .map(entries)
    }
}
