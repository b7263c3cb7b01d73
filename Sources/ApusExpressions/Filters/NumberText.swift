import ApusModel

/// Reads numbers written in texts, as the filter `number` does.
enum NumberText {
    /// The types that the filter can be asked for.
    enum Width: String, CaseIterable {
        case int = "INT"
        case long = "LONG"
        case float = "FLOAT"
        case double = "DOUBLE"
        case bigDecimal = "BIGDECIMAL"
        case bigInteger = "BIGINTEGER"
    }

    static func read(_ text: String, as width: Width) throws(ExpressionError) -> Value {
        let value: Value? =
            switch width {
            case .int: integer(text)?.int64.flatMap { Int32(exactly: $0) }.map { .int(Int64($0)) }
            case .long: integer(text)?.int64.map { .int($0) }
            case .float: DecimalText(text).flatMap { Float($0.text) }.flatMap(finite)
            case .double: DecimalText(text).flatMap { Double($0.text) }.flatMap(finite)
            case .bigDecimal: DecimalText(text).map { .extended(.decimal($0.text)) }
            case .bigInteger: integer(text).map { .extended(.decimal($0.digits)) }
            }
        guard let value else { throw .failed("`\(text)` is not a number of type \(width.rawValue)") }
        return value
    }

    /// The narrowest kind of number that holds what is written: an integer of 32 bits, of 64, of any size; with
    /// decimals a float, a double, a decimal.
    ///
    /// Source: `NumberUtils.createNumber` of Apache Commons Lang.
    static func inferred(_ text: String) throws(ExpressionError) -> Value {
        if let number = integer(text) { return number.value }
        if let number = suffixed(text) ?? fraction(text) { return number }
        throw .failed("`\(text)` is not a number")
    }

    private static func finite(_ number: Float) -> Value? { number.isFinite ? .extended(.float(number)) : nil }
    private static func finite(_ number: Double) -> Value? { number.isFinite ? .double(number) : nil }

    /// Digits, or hexadecimal digits after `0x` or `#`, with an optional sign.
    private static func integer(_ text: String) -> IntegerText? {
        let isNegative = text.hasPrefix("-")
        let digits = isNegative || text.hasPrefix("+") ? text.dropFirst() : Substring(text)
        for prefix in ["0x", "0X", "#"] where digits.hasPrefix(prefix) {
            return IntegerText(digits.dropFirst(prefix.count), radix: 16, isNegative: isNegative)
        }
        return IntegerText(digits, radix: 10, isNegative: isNegative)
    }

    /// `12L`, `1.5f`, `1.5d`: the letter names the type; what does not fit becomes the next wider one.
    private static func suffixed(_ text: String) -> Value? {
        guard let suffix = text.last, "lLfFdD".contains(suffix) else { return nil }
        let number = String(text.dropLast())
        if suffix == "l" || suffix == "L" {
            guard number.utf8.last?.isDigit == true, !number.hasPrefix("+") else { return nil }
            return integer(number)?.value
        }
        guard let decimal = DecimalText(number) else { return nil }
        if suffix == "f" || suffix == "F", let float = Float(decimal.text), decimal.survives(float) {
            return .extended(.float(float))
        }
        guard let double = Double(decimal.text), decimal.survives(double) else {
            return .extended(.decimal(decimal.text))
        }
        return .double(double)
    }

    /// A float when it shows the same digits as a double would, a double when it shows all that were written.
    private static func fraction(_ text: String) -> Value? {
        guard let decimal = DecimalText(text) else { return nil }
        guard let double = Double(decimal.text), decimal.survives(double) else {
            return .extended(.decimal(decimal.text))
        }
        if let float = Float(decimal.text), decimal.survives(float), Double("\(float)") == double {
            return .extended(.float(float))
        }
        return DecimalText("\(double)") == decimal ? .double(double) : .extended(.decimal(decimal.text))
    }
}
