import ApusModel

extension Filter {
    /// Filters for numbers.
    static let numbers: [Filter] = [
        Filter("abs") { (value, call) throws(ExpressionError) in
            guard let number = Number(value) else {
                throw .wrongType(call.subject, expected: "a number", found: value)
            }
            switch (value, number) {
            case (.extended(.float(let float)), _): return .extended(.float(Swift.abs(float)))
            case (_, .double(let double)): return .double(Swift.abs(double))
            default:
                guard Number.compare(number, .int(0)) == -1 else { return value }
                return try Number.calculate(.subtract, .int(0), number)
            }
        },
        Filter("number", ["type"]) { (value, call) throws(ExpressionError) in
            guard case .string(let text) = value else {
                throw .wrongType(call.subject, expected: "text", found: value)
            }
            guard let name = try call.optionalString(0) else { return try NumberText.inferred(text) }
            guard let width = NumberText.Width(rawValue: name.uppercased()) else {
                let names = NumberText.Width.allCases.map(\.rawValue)
                throw .argument(
                    "the type of `number` is one of \(names.joined(separator: ", ")), found `\(name)`")
            }
            return try NumberText.read(text, as: width)
        },
        Filter("numberFormat", ["format"]) { (value, call) throws(ExpressionError) in
            guard let digits = DecimalDigits(value) else {
                throw .wrongType(call.subject, expected: "a number", found: value)
            }
            let pattern = try DecimalPattern(try call.optionalString(0) ?? "#,##0.###")
            return .string(pattern.text(of: digits.shifted(by: pattern.shift)))
        },
    ]
}

extension DecimalDigits {
    /// `nil` when the value is no number.
    fileprivate init?(_ value: Value) {
        switch value {
        case .int(let number): self.init(String(number))
        case .double(let number): self.init(number)
        case .extended(.float(let number)): self.init(Double(number))
        case .extended(.decimal(let digits)): self.init(digits)
        default: return nil
        }
    }
}

/// Reads numbers written in texts.
enum NumberText {
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
            case .int: Int32(text).map { .int(Int64($0)) }
            case .long: Int64(text).map { .int($0) }
            case .float: Float(text).flatMap { $0.isFinite ? .extended(.float($0)) : nil }
            case .double: Double(text).flatMap { $0.isFinite ? .double($0) : nil }
            case .bigDecimal: isDecimal(text) ? .extended(.decimal(text)) : nil
            case .bigInteger: isDecimal(text) && !text.contains(".") ? .extended(.decimal(text)) : nil
            }
        guard let value else { throw .failed("`\(text)` is not a number of type \(width.rawValue)") }
        return value
    }

    /// The narrowest kind of number that holds what is written.
    static func inferred(_ text: String) throws(ExpressionError) -> Value {
        if let number = integer(text) ?? suffixed(text) ?? fraction(text) { return number }
        throw .failed("`\(text)` is not a number")
    }

    private static func integer(_ text: String) -> Value? {
        let isNegative = text.hasPrefix("-")
        let digits = text.drop { $0 == "-" || $0 == "+" }
        for prefix in ["0x", "0X", "#"] where digits.hasPrefix(prefix) {
            guard let number = Int64(digits.dropFirst(prefix.count), radix: 16) else { return nil }
            return .int(isNegative ? -number : number)
        }
        guard digits.count >= text.count - 1, !digits.isEmpty, digits.utf8.allSatisfy(\.isDigit) else {
            return nil
        }
        if let number = Int64(text) { return .int(number) }
        return .extended(.decimal(text))
    }

    private static func suffixed(_ text: String) -> Value? {
        guard let suffix = text.last, text.dropLast().last?.isNumber == true else { return nil }
        let number = String(text.dropLast())
        switch suffix {
        case "l", "L": return Int64(number).map { .int($0) }
        case "f", "F": return isDecimal(number) ? Float(number).map { .extended(.float($0)) } : nil
        case "d", "D": return isDecimal(number) ? Double(number).map { .double($0) } : nil
        default: return nil
        }
    }

    private static func fraction(_ text: String) -> Value? {
        guard isDecimal(text) else { return nil }
        let mantissa = text.prefix { $0 != "e" && $0 != "E" }
        let decimals =
            mantissa.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
        let isZero = mantissa.allSatisfy { "+-0.".contains($0) }
        if decimals <= 7, let number = Float(text), number.isFinite, number != 0 || isZero {
            return .extended(.float(number))
        }
        if decimals <= 16, let number = Double(text), number.isFinite, number != 0 || isZero {
            return .double(number)
        }
        return .extended(.decimal(text))
    }

    /// Digits with an optional sign, fraction and exponent, nothing else.
    static func isDecimal(_ text: String) -> Bool {
        var bytes = Array(text.utf8)[...]
        func digits() -> Int {
            let count = bytes.prefix(while: \.isDigit).count
            bytes.removeFirst(count)
            return count
        }
        func sign() { if bytes.first == 0x2B || bytes.first == 0x2D { bytes.removeFirst() } }
        sign()
        var count = digits()
        if bytes.first == UInt8(ascii: ".") {
            bytes.removeFirst()
            count += digits()
        }
        guard count > 0 else { return false }
        if bytes.first == UInt8(ascii: "e") || bytes.first == UInt8(ascii: "E") {
            bytes.removeFirst()
            sign()
            guard digits() > 0 else { return false }
        }
        return bytes.isEmpty
    }
}
