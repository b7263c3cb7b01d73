import ApusModel

/// Functions, filters and tests with their arguments.
extension ExpressionParser {
    mutating func arguments() throws(ExpressionError) -> CallArguments {
        var result = CallArguments()
        try expect("(")
        while !take(")") {
            if !result.isEmpty { try expect(",") }
            if case .name(let name) = token.kind, peek(1).isSymbol("=") {
                advance()
                advance()
                result.named.append((name, try expression()))
            } else {
                guard result.named.isEmpty else {
                    throw fault("a positional argument cannot follow a named one", at: token.start)
                }
                result.positional.append(try expression())
            }
        }
        return result
    }

    mutating func macroParameters() throws(ExpressionError) -> [(name: String, fallback: Expression?)] {
        var parameters: [(name: String, fallback: Expression?)] = []
        try expect("(")
        while !take(")") {
            if !parameters.isEmpty { try expect(",") }
            let name = try expectName("the name of a parameter")
            parameters.append((name, take("=") ? try expression() : nil))
        }
        return parameters
    }

    mutating func function(_ name: String, _ arguments: CallArguments, at: Int) -> Expression {
        guard let function = Function.all[name] else {
            macroCalls.append(MacroCall(name: name, arguments: arguments, at: at))
            return .macro(name: name, arguments: arguments, at: at)
        }
        do throws(ExpressionError) {
            let bound = try function.signature.bind(arguments, to: "the function `\(name)`")
            // Also in what is kept, so that the call is still seen by who asks what a template calls.
            if let refusal = function.refusal {
                faults.append(ExpressionError.failed(refusal).located(at: at, in: source))
            }
            return .call(FunctionCall(function: function, arguments: bound, at: at))
        } catch {
            return invalid(error, at: at)
        }
    }

    private mutating func invalid(_ error: ExpressionError, at: Int) -> Expression {
        let located = error.located(at: at, in: source)
        faults.append(located)
        return .invalid(located, at: at)
    }

    /// A filter with its arguments, after the bar.
    mutating func filterCall() throws(ExpressionError) -> FilterCall {
        let at = token.start
        let name = try expectName("the name of a filter")
        let arguments = token.isSymbol("(") ? try self.arguments() : CallArguments()
        do throws(ExpressionError) {
            guard let filter = Filter.all[name] else {
                throw .unknownName("filter", name, among: Filter.all.keys)
            }
            let bound = try filter.signature.bind(arguments, to: "the filter `\(name)`")
            return FilterCall(filter: filter, arguments: bound, at: at)
        } catch {
            let located = error.located(at: at, in: source)
            faults.append(located)
            return FilterCall(filter: .refusing(name, with: located), arguments: [], at: at)
        }
    }

    mutating func test(of subject: Expression) throws(ExpressionError) -> Expression {
        let isNegated = take(name: "not")
        let at = token.start
        let name = try expectName("the name of a test")
        let arguments = token.isSymbol("(") ? try self.arguments() : CallArguments()
        guard let test = Test.all[name] else {
            return invalid(.unknownName("test", name, among: Test.all.keys), at: at)
        }
        guard arguments.isEmpty else {
            return invalid(.argument("the test `\(name)` takes no arguments"), at: at)
        }
        return .test(Expression.Testing(subject, TestCall(test: test, at: at), isNegated: isNegated))
    }
}

/// A call that has to find its macro.
struct MacroCall {
    var name: String
    var arguments: CallArguments
    var at: Int

    /// What is certain to fail when the template has these macros.
    func fault(among macros: [String: Macro]) -> ExpressionError? {
        if name == "block" { return nil }
        guard let macro = macros[name] else {
            return .unknownName("function", name, among: Array(Function.all.keys) + macros.keys + ["block"])
        }
        guard arguments.positional.count <= macro.parameters.count else {
            return .argument(
                "the macro `\(name)` takes \(macro.parameters.count) arguments, "
                    + "found \(arguments.positional.count)")
        }
        let names = macro.parameters.map(\.name)
        guard let unknown = arguments.named.first(where: { !names.contains($0.name) }) else { return nil }
        let hint = NearestName.of(unknown.name, among: names).map { "; did you mean `\($0)`?" } ?? ""
        return .argument("the macro `\(name)` has no argument `\(unknown.name)`\(hint)")
    }
}

extension ExpressionError {
    static func unknownName(
        _ kind: String, _ name: String, among candidates: some Sequence<String>
    ) -> ExpressionError {
        let suggestion = NearestName.of(name, among: candidates.sorted())
        let hint = suggestion.map { "; did you mean `\($0)`?" } ?? ""
        return ExpressionError(
            .unknownName(name, suggestion: suggestion), "there is no \(kind) `\(name)`\(hint)")
    }
}
