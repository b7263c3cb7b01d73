import ApusModel

extension Evaluator {
    /// The value of an expression; a variable that does not exist is an error.
    func evaluate(_ expression: Expression) throws(ExpressionError) -> Value {
        // The most frequent ones, which hold no others.
        switch expression {
        case .literal(let value):
            try spend()
            return value
        case .path(let path):
            try spend()
            if let value = find(path.words, 0, path.words.count) { return value.pointee }
            return try value(of: path)
        default: return try evaluateNested(expression)
        }
    }

    /// The value of a path that cannot be followed by address, perhaps since something in it is missing.
    @inline(never)
    private func value(of path: Expression.Path) throws(ExpressionError) -> Value {
        guard let value = try variable(path.root) else {
            throw unknown(path.root, among: knownNames, path.at)
        }
        if let found = value.descendant(path) { return found }
        return try attributes(path.keys, of: value)
    }

    private func evaluateNested(_ expression: Expression) throws(ExpressionError) -> Value {
        try enter()
        defer { leave() }
        switch expression {
        case .literal, .path: return try evaluate(expression)
        case .attribute(let base, let key): return try attribute(key, of: try evaluate(base))
        case .subscripted(let base, let index, let at):
            let value = try evaluate(base)
            let index = try evaluate(index)
            guard let item = item(index, of: value) else { throw missingItem(index, of: value, at) }
            return item
        case .call(let call): return try apply(call)
        case .macro(let name, let arguments, let at): return try callMacro(name, arguments, at: at)
        case .filter(let filtering): return try filter(filtering.input, filtering.call)
        case .unary(let unary, let operand, let at): return try apply(unary, to: operand, at: at)
        case .binary(let operation): return try apply(operation)
        case .test(let testing):
            return .bool(try holds(testing.call, testing.subject) != testing.isNegated)
        case .ternary(let condition, let holds, let otherwise, let at):
            return try evaluate(try isTrue(condition, of: "`? :`", at: at) ? holds : otherwise)
        case .concatenation(let parts):
            var text = ""
            for part in parts {
                try evaluate(part).print(to: &text)
                try check(bytes: text.utf8.count)
            }
            try spend(bytesOf: .string(text))
            return .string(text)
        case .list(let items):
            var values: [Value] = []
            values.reserveCapacity(items.count)
            for item in items { values.append(try evaluate(item)) }
            try weigh(.list(values))
            return .list(values)
        case .map(let entries):
            var map = OrderedMap<Value>()
            for (key, value) in entries { map[try evaluate(key).printed] = try evaluate(value) }
            try weigh(.map(map))
            return .map(map)
        case .hyphenated(let base, let key, let plainKey, let named, let subtracted):
            // Without either name the message speaks of the joined one, which was meant most likely.
            let entries = try evaluateIfDefined(base)?.mapValue
            return try evaluate(entries?[key] == nil && entries?[plainKey] != nil ? subtracted : named)
        case .invalid(let error, _): throw error
        case .observed(let inner, let observation): return try observe(inner, observation)
        }
    }

    /// The value of an expression; `nil` when something in it does not exist.
    func evaluateIfDefined(_ expression: Expression) throws(ExpressionError) -> Value? {
        try enter()
        defer { leave() }
        switch expression {
        case .path(let path):
            if let value = find(path.words, 0, path.words.count) { return value.pointee }
            return try variable(path.root)?.descendant(path)
        case .attribute(let base, let key):
            return try evaluateIfDefined(base).flatMap { item(.string(key.name), of: $0) }
        case .subscripted(let base, let index, _):
            guard let value = try evaluateIfDefined(base), let index = try evaluateIfDefined(index) else {
                return nil
            }
            return item(index, of: value)
        case .observed(let inner, let observation): return try observeIfDefined(inner, observation)
        default:
            do throws(ExpressionError) {
                return try evaluate(expression)
            } catch {
                guard error.isUndefined else { throw error }
                return nil
            }
        }
    }

    // Access

    private func attributes(_ keys: [Expression.Key], of value: Value) throws(ExpressionError) -> Value {
        var value = value
        for key in keys { value = try attribute(key, of: value) }
        return value
    }

    private func attribute(_ key: Expression.Key, of value: Value) throws(ExpressionError) -> Value {
        switch value {
        case .map(let entries):
            guard let next = entries[key.name] else { throw unknown(key.name, among: entries.keys, key.at) }
            return next
        case .list where Int64(key.name) != nil:
            guard let next = item(.string(key.name), of: value) else {
                throw missingItem(.string(key.name), of: value, key.at)
            }
            return next
        case .null: throw unknown(key.name, among: [], key.at, because: "what it is looked up in is null")
        default: throw unknown(key.name, among: [], key.at, because: "\(value.kind) has no attributes")
        }
    }

    private func item(_ index: Value, of value: Value) -> Value? {
        switch value {
        case .map(let entries): return entries[index.printed]
        case .list(let items):
            guard let number = index.wholeNumber ?? index.stringValue.flatMap({ Int64($0) }), number >= 0,
                number < Int64(items.count)
            else { return nil }
            return items[Int(number)]
        default: return nil
        }
    }

    private func missingItem(_ index: Value, of value: Value, _ at: Int) -> ExpressionError {
        switch value {
        case .map(let entries): return unknown(index.printed, among: entries.keys, at)
        case .list(let items):
            return unknown(index.printed, among: [], at, because: "the list has \(items.count) items")
        default: return unknown(index.printed, among: [], at, because: "\(value.kind) has no items")
        }
    }

    /// The fault of a name that does not exist, in the form clients know.
    private func unknown(
        _ name: String, among candidates: [String], _ at: Int, because reason: String? = nil
    ) -> ExpressionError {
        let position = SourcePosition(utf8Offset: at, in: program.source)
        // Short names are all near to each other.
        let suggestion = name.count > 2 ? NearestName.of(name, among: candidates) : nil
        var message =
            "Unable to find `\(name)` used in the expression `\(program.source)` at line \(position.line)"
        if let reason { message += " (\(reason))" }
        if let suggestion { message += "; did you mean `\(suggestion)`?" }
        return ExpressionError(.unknownVariable(name, suggestion: suggestion), message, at: position)
    }

    // Calls

    private func values(_ arguments: [Expression?]) throws(ExpressionError) -> [Value?] {
        guard !arguments.isEmpty else { return [] }
        var values: [Value?] = []
        values.reserveCapacity(arguments.count)
        for argument in arguments {
            if let argument { values.append(try evaluate(argument)) } else { values.append(.none) }
        }
        return values
    }

    private func apply(_ call: FunctionCall) throws(ExpressionError) -> Value {
        let arguments = Arguments(
            kind: "function", name: call.function.name, signature: call.function.signature,
            values: try values(call.arguments), evaluator: self)
        do throws(ExpressionError) {
            return try call.function.apply(arguments)
        } catch {
            throw located(error, call.at)
        }
    }

    private func filter(_ input: Expression, _ call: FilterCall) throws(ExpressionError) -> Value {
        guard call.filter.toleratesUndefined else {
            if call.filter.namesType {
                let value = try evaluate(input)
                return value.isNull ? .null : .string(JavaTypes.name(value, of: input))
            }
            return try apply(call, to: try evaluate(input))
        }
        return try apply(call, to: try evaluateIfDefined(input) ?? .null)
    }

    func apply(_ call: FilterCall, to value: Value) throws(ExpressionError) -> Value {
        if case .string(let text) = value, let transform = call.filter.transform {
            let result = transform(text)
            try spend(bytes: max(text.utf8.count, result.utf8.count))
            return .string(result)
        }
        if value.isNull, !call.filter.takesNull { return .null }
        let arguments = Arguments(
            kind: "filter", name: call.filter.name, signature: call.filter.signature,
            values: try values(call.arguments), evaluator: self)
        do throws(ExpressionError) {
            let result = try call.filter.apply(value, arguments)
            try spend(bytes: max(value.textBytes, result.textBytes))
            return result
        } catch {
            throw located(error, call.at)
        }
    }

    private func holds(_ call: TestCall, _ subject: Expression) throws(ExpressionError) -> Bool {
        do throws(ExpressionError) {
            let value = call.test.toleratesUndefined ? try evaluateIfDefined(subject) : try evaluate(subject)
            return try call.test.holds(value)
        } catch {
            throw located(error, call.at)
        }
    }
}

extension Value {
    /// What is found below the root of a path; `nil` where a key is missing.
    func descendant(_ path: Expression.Path) -> Value? {
        withUnsafePointer(to: self) { Value.find(from: $0, path.words, 1, path.words.count)?.pointee }
    }
}
