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
