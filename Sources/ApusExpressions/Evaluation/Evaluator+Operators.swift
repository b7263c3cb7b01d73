import ApusModel

extension Evaluator {
    func apply(_ unary: UnaryOperator, to operand: Expression, at: Int) throws(ExpressionError) -> Value {
        switch unary {
        case .not: return .bool(try !isTrue(operand, of: "`not`", at: at))
        case .plus, .minus:
            let value = try evaluate(operand)
            guard let number = Number(lenient: value) else {
                throw located(.wrongType("`\(unary.rawValue)`", expected: "a number", found: value), at)
            }
            guard unary == .minus else { return number.value }
            return try operated(at) { () throws(ExpressionError) in
                try Number.calculate(.subtract, .int(0), number)
            }
        }
    }

    func apply(_ operation: Expression.Operation) throws(ExpressionError) -> Value {
        let at = operation.at
        switch operation.binary {
        case .coalesce:
            if let value = try evaluateIfDefined(operation.left), !value.isNull { return value }
            return try evaluate(operation.right)
        case .coalesceUndefined:
            if let value = try evaluateIfDefined(operation.left) { return value }
            return try evaluate(operation.right)
        case .and:
            guard try isTrue(operation.left, of: "`and`", at: at) else { return .bool(false) }
            return .bool(try isTrue(operation.right, of: "`and`", at: at))
        case .or:
            if try isTrue(operation.left, of: "`or`", at: at) { return .bool(true) }
            return .bool(try isTrue(operation.right, of: "`or`", at: at))
        default:
            let left = try evaluate(operation.left)
            let right = try evaluate(operation.right)
            if case .int(let left) = left, case .int(let right) = right,
                let value = Self.combine(operation.binary, left, right)
            {
                return value
            }
            return try operated(at) { () throws(ExpressionError) in
                try self.combine(operation.binary, left, right)
            }
        }
    }

    private func operated(
        _ at: Int, _ body: () throws(ExpressionError) -> Value
    ) throws(ExpressionError) -> Value {
        do throws(ExpressionError) { return try body() } catch { throw located(error, at) }
    }

    /// The frequent operations on integers, when nothing overflows.
    private static func combine(_ binary: BinaryOperator, _ left: Int64, _ right: Int64) -> Value? {
        let result: (partialValue: Int64, overflow: Bool)
        switch binary {
        case .equal: return .bool(left == right)
        case .notEqual: return .bool(left != right)
        case .greater: return .bool(left > right)
        case .less: return .bool(left < right)
        case .greaterOrEqual: return .bool(left >= right)
        case .lessOrEqual: return .bool(left <= right)
        case .add: result = left.addingReportingOverflow(right)
        case .subtract: result = left.subtractingReportingOverflow(right)
        case .multiply: result = left.multipliedReportingOverflow(by: right)
        case .divide, .modulo, .contains, .isIn, .range, .coalesce, .coalesceUndefined, .and, .or,
            .concatenate:
            return .none
        }
        return result.overflow ? .none : .int(result.partialValue)
    }

    private func combine(_ binary: BinaryOperator, _ left: Value, _ right: Value) throws(ExpressionError)
        -> Value
    {
        try weigh(left, against: right, for: binary)
        switch binary {
        case .equal: return .bool(Comparison.areEqual(left, right))
        case .notEqual: return .bool(!Comparison.areEqual(left, right))
        case .greater: return .bool(try ordered(left, right) { $0 > 0 })
        case .less: return .bool(try ordered(left, right) { $0 < 0 })
        case .greaterOrEqual: return .bool(try ordered(left, right) { $0 >= 0 })
        case .lessOrEqual: return .bool(try ordered(left, right) { $0 <= 0 })
        case .contains: return .bool(try Comparison.contains(left, right))
        case .isIn: return .bool(try Comparison.isIn(left, right))
        case .range: return try Sequences.list(from: left, to: right, by: 1, spending: self)
        case .add: return try add(left, right)
        case .subtract:
            if case .list(let items) = left {
                let removed = right.listValue ?? [right]
                return .list(items.filter { item in !removed.contains { Comparison.areEqual($0, item) } })
            }
            return try calculate(binary, left, right)
        case .multiply, .divide, .modulo: return try calculate(binary, left, right)
        case .coalesce, .coalesceUndefined, .and, .or, .concatenate:
            preconditionFailure("`\(binary.rawValue)` is evaluated lazily")
        }
    }

    /// Counts what comparing whole collections takes: every item, and for some operators with each of the others.
    private func weigh(_ left: Value, against right: Value, for binary: BinaryOperator)
        throws(ExpressionError)
    {
        switch binary {
        case .equal, .notEqual:
            if left.isContainer, right.isContainer { try weigh(left) }
        case .contains, .isIn, .subtract:
            let (whole, other) = binary == .isIn ? (right, left) : (left, right)
            if case .string = whole { try spend(bytesOf: whole) }
            guard whole.isContainer else { return }
            var times = 1
            if binary != .isIn, case .list(let items) = other { times = items.count }
            let before = steps
            try weigh(whole)
            let (product, overflow) = (steps - before).multipliedReportingOverflow(by: times)
            try spend(overflow ? maxSteps : product)
        default: break
        }
    }

    /// A comparison with null never holds.
    private func ordered(_ left: Value, _ right: Value, _ holds: (Int) -> Bool) throws(ExpressionError)
        -> Bool
    {
        guard !left.isNull, !right.isNull else { return false }
        return holds(try Comparison.order(left, right))
    }

    private func add(_ left: Value, _ right: Value) throws(ExpressionError) -> Value {
        if case .list(let items) = left {
            let sum = Value.list(items + (right.listValue ?? [right]))
            try weigh(sum)
            return sum
        }
        if left.stringValue != nil || right.stringValue != nil, !left.isNull, !right.isNull {
            let text = left.printed + right.printed
            try spend(bytesOf: .string(text))
            return .string(text)
        }
        return try calculate(.add, left, right)
    }

    private func calculate(_ binary: BinaryOperator, _ left: Value, _ right: Value) throws(ExpressionError)
        -> Value
    {
        guard let first = Number(lenient: left) else {
            throw .wrongType("`\(binary.rawValue)`", expected: "numbers", found: left)
        }
        guard let second = Number(lenient: right) else {
            throw .wrongType("`\(binary.rawValue)`", expected: "numbers", found: right)
        }
        return try Number.calculate(binary, first, second)
    }

    /// Whether a condition holds: a boolean, a text that is not empty, or a number that is not zero.
    func isTrue(_ condition: Expression, of subject: String, at: Int) throws(ExpressionError) -> Bool {
        let value = try evaluate(condition)
        switch value {
        case .bool(let flag): return flag
        case .string(let text): return !text.isEmpty
        case .null, .list, .map, .int, .double, .extended:
            guard let number = Number(value) else {
                throw located(.wrongType(subject, expected: "a boolean", found: value), at)
            }
            return !number.isZero
        }
    }
}

/// Lists of consecutive numbers or letters.
enum Sequences {
    /// All items from the first to the last, which is included.
    static func list(
        from start: Value, to end: Value, by step: Int64, spending evaluator: Evaluator
    ) throws(ExpressionError) -> Value {
        if let first = letter(start), let last = letter(end) {
            let codes = try numbers(Int64(first.value), Int64(last.value), step, evaluator)
            return .list(codes.map { .string(Unicode.Scalar(UInt32($0)).map(String.init) ?? "") })
        }
        guard let first = start.wholeNumber, let last = end.wholeNumber else {
            throw .wrongType(
                "a range", expected: "two integers or two letters",
                found: start.wholeNumber == nil ? start : end)
        }
        return .list(try numbers(first, last, step, evaluator).map { .int($0) })
    }

    private static func letter(_ value: Value) -> Unicode.Scalar? {
        guard case .string(let text) = value, text.unicodeScalars.count == 1 else { return nil }
        return text.unicodeScalars.first
    }

    private static func numbers(
        _ first: Int64, _ last: Int64, _ step: Int64, _ evaluator: Evaluator
    ) throws(ExpressionError) -> [Int64] {
        guard step != 0 else { throw .argument("the increment of a range cannot be 0") }
        guard (step > 0) == (first <= last) || first == last else { return [] }
        let (span, overflow) = last.subtractingReportingOverflow(first)
        guard !overflow, (span / step).magnitude < UInt64(Limits.rangeItems) else {
            throw .limit("a range has at most \(Limits.rangeItems) items")
        }
        try evaluator.spend(Int((span / step).magnitude))
        return Array(stride(from: first, through: last, by: Int64.Stride(step)))
    }
}
