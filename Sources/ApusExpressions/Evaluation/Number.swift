import ApusModel
import Foundation

/// A number on its way through an operation; the wider of two kinds wins.
enum Number {
    case int(Int64)
    case double(Double)
    case decimal(Decimal)

    /// `nil` when the value is no number.
    init?(_ value: Value) {
        switch value {
        case .int(let number): self = .int(number)
        case .double(let number): self = .double(number)
        case .extended(.float(let number)): self = .double(Double(number))
        case .extended(.decimal(let digits)):
            guard let number = Decimal(string: digits) else { return nil }
            self = .decimal(number)
        default: return nil
        }
    }

    /// Also reads texts such as `5` and `2.5`, as `*` and `-` do.
    init?(lenient value: Value) {
        guard case .string(let text) = value else {
            self.init(value)
            return
        }
        if let number = Int64(text) {
            self = .int(number)
        } else if let number = Double(text), number.isFinite {
            self = .double(number)
        } else {
            return nil
        }
    }

    var value: Value {
        switch self {
        case .int(let number): .int(number)
        case .double(let number): .double(number)
        case .decimal(let number): .extended(.decimal(number.description))
        }
    }

    var double: Double {
        switch self {
        case .int(let number): Double(number)
        case .double(let number): number
        case .decimal(let number): NSDecimalNumber(decimal: number).doubleValue
        }
    }

    private var decimal: Decimal? {
        switch self {
        case .int(let number): Decimal(number)
        case .double(let number): number.isFinite ? Decimal(string: "\(number)") : nil
        case .decimal(let number): number
        }
    }

    var isZero: Bool {
        switch self {
        case .int(let number): number == 0
        case .double(let number): number == 0
        case .decimal(let number): number.isZero
        }
    }

    // Comparison

    /// -1, 0 or 1; `nil` when one is not a number (NaN).
    static func compare(_ left: Number, _ right: Number) -> Int? {
        switch (left, right) {
        case (.int(let left), .int(let right)): return left < right ? -1 : left > right ? 1 : 0
        case (.decimal, _), (_, .decimal):
            guard let left = left.decimal, let right = right.decimal else { return nil }
            return left < right ? -1 : left > right ? 1 : 0
        default:
            let (left, right) = (left.double, right.double)
            guard !left.isNaN, !right.isNaN else { return nil }
            return left < right ? -1 : left > right ? 1 : 0
        }
    }

    // Arithmetic

    static func calculate(
        _ operation: BinaryOperator, _ left: Number, _ right: Number
    ) throws(ExpressionError) -> Value {
        switch (left, right) {
        case (.int(let a), .int(let b)):
            if let result = try integral(operation, a, b) { return .int(result) }
            return try exact(operation, Decimal(a), Decimal(b))
        case (.decimal, _), (_, .decimal):
            guard let a = left.decimal, let b = right.decimal else {
                throw .failed("the result is not a number")
            }
            return try exact(operation, a, b)
        default: return .double(try approximate(operation, left.double, right.double))
        }
    }

    /// `nil` when the result does not fit.
    private static func integral(
        _ operation: BinaryOperator, _ left: Int64, _ right: Int64
    ) throws(ExpressionError) -> Int64? {
        let result: (partialValue: Int64, overflow: Bool)
        switch operation {
        case .add: result = left.addingReportingOverflow(right)
        case .subtract: result = left.subtractingReportingOverflow(right)
        case .multiply: result = left.multipliedReportingOverflow(by: right)
        case .divide, .modulo:
            guard right != 0 else { throw .failed("division by zero") }
            result =
                operation == .divide
                ? left.dividedReportingOverflow(by: right)
                : left.remainderReportingOverflow(dividingBy: right)
        default: preconditionFailure("`\(operation.rawValue)` is no arithmetic")
        }
        return result.overflow ? nil : result.partialValue
    }

    private static func approximate(
        _ operation: BinaryOperator, _ left: Double, _ right: Double
    ) throws(ExpressionError) -> Double {
        switch operation {
        case .add: return left + right
        case .subtract: return left - right
        case .multiply: return left * right
        case .divide, .modulo:
            guard right != 0 else { throw .failed("division by zero") }
            return operation == .divide ? left / right : left.truncatingRemainder(dividingBy: right)
        default: preconditionFailure("`\(operation.rawValue)` is no arithmetic")
        }
    }

    private static func exact(
        _ operation: BinaryOperator, _ left: Decimal, _ right: Decimal
    ) throws(ExpressionError) -> Value {
        let result: Decimal
        switch operation {
        case .add: result = left + right
        case .subtract: result = left - right
        case .multiply: result = left * right
        case .divide, .modulo:
            guard !right.isZero else { throw .failed("division by zero") }
            var quotient = left / right
            if operation == .divide {
                result = quotient
            } else {
                var whole = Decimal()
                NSDecimalRound(&whole, &quotient, 0, quotient < 0 ? .up : .down)
                result = left - whole * right
            }
        default: preconditionFailure("`\(operation.rawValue)` is no arithmetic")
        }
        guard result.isFinite else { throw .failed("the number is too large") }
        return .extended(.decimal(result.description))
    }
}

extension Decimal {
    fileprivate var isFinite: Bool { !isNaN }
}
