import ApusModel

/// The parameters of a filter or function.
struct Signature: Sendable {
    private let parameters: [(name: String, isRequired: Bool)]
    /// Takes any number of positional arguments.
    private let isVariadic: Bool

    /// - Parameter parameters: Names in order; a star marks a required one, `...` stands for any number.
    init(_ parameters: [String]) {
        isVariadic = parameters.last == "..."
        self.parameters = parameters.filter { $0 != "..." }.map { name in
            name.hasSuffix("*") ? (String(name.dropLast()), true) : (name, false)
        }
    }

    func name(at place: Int) -> String { place < parameters.count ? parameters[place].name : "\(place + 1)" }

    /// Puts arguments into the order of the parameters; `nil` where none is given.
    func bind(_ arguments: CallArguments, to subject: String) throws(ExpressionError) -> [Expression?] {
        if isVariadic {
            guard let named = arguments.named.first else { return arguments.positional }
            throw .argument("\(subject) has no argument `\(named.name)`")
        }
        guard arguments.positional.count <= parameters.count else {
            throw .argument(
                "\(subject) takes \(parameters.count) argument\(parameters.count == 1 ? "" : "s"), "
                    + "found \(arguments.positional.count)")
        }
        var bound: [Expression?] = arguments.positional
        bound += Array(repeating: nil, count: parameters.count - bound.count)
        for (name, value) in arguments.named {
            guard let place = parameters.firstIndex(where: { $0.name == name }) else {
                let names = parameters.map(\.name)
                let hint = NearestName.of(name, among: names).map { "; did you mean `\($0)`?" } ?? ""
                throw .argument("\(subject) has no argument `\(name)`\(hint)")
            }
            guard bound[place] == nil else { throw .argument("\(subject) got the argument `\(name)` twice") }
            bound[place] = value
        }
        for (place, parameter) in parameters.enumerated() where parameter.isRequired && bound[place] == nil {
            throw .argument("\(subject) needs the argument `\(parameter.name)`")
        }
        return bound
    }
}

/// The arguments of a running call.
struct Arguments {
    let kind: StaticString
    let name: String
    let signature: Signature
    let values: [Value?]
    let evaluator: Evaluator

    var context: RenderContext { evaluator.context }
    var limits: RenderLimits { evaluator.context.limits }

    /// What the call is named in messages: ``the filter `upper` ``.
    var subject: String { "the \(kind) `\(name)`" }

    /// The argument, `nil` when none or null was given.
    subscript(place: Int) -> Value? {
        guard place < values.count, let value = values[place], !value.isNull else { return nil }
        return value
    }

    private func describe(_ place: Int) -> String {
        "the argument `\(signature.name(at: place))` of \(subject)"
    }

    func value(_ place: Int) throws(ExpressionError) -> Value {
        guard let value = self[place] else { throw .argument("\(describe(place)) is null") }
        return value
    }

    func string(_ place: Int) throws(ExpressionError) -> String {
        let value = try value(place)
        guard case .string(let text) = value else {
            throw .wrongType(describe(place), expected: "text", found: value)
        }
        return text
    }

    func optionalString(_ place: Int) throws(ExpressionError) -> String? {
        self[place] == nil ? nil : try string(place)
    }

    /// The text form of any scalar.
    func text(_ place: Int) throws(ExpressionError) -> String { try value(place).printed }

    func int(_ place: Int) throws(ExpressionError) -> Int {
        let value = try value(place)
        guard let number = value.wholeNumber, let result = Int(exactly: number) else {
            throw .wrongType(describe(place), expected: "an integer", found: value)
        }
        return result
    }

    func optionalInt(_ place: Int) throws(ExpressionError) -> Int? {
        self[place] == nil ? nil : try int(place)
    }

    func flag(_ place: Int, default fallback: Bool) throws(ExpressionError) -> Bool {
        guard let value = self[place] else { return fallback }
        guard case .bool(let flag) = value else {
            throw .wrongType(describe(place), expected: "a boolean", found: value)
        }
        return flag
    }

    func map(_ place: Int) throws(ExpressionError) -> OrderedMap<Value> {
        let value = try value(place)
        guard case .map(let map) = value else {
            throw .wrongType(describe(place), expected: "a map", found: value)
        }
        return map
    }

    func list(_ place: Int) throws(ExpressionError) -> [Value] {
        let value = try value(place)
        guard case .list(let list) = value else {
            throw .wrongType(describe(place), expected: "a list", found: value)
        }
        return list
    }
}
