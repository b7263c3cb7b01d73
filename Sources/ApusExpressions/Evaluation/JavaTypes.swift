import ApusModel

/// The names that the filter `className` gives to values, which flows written for Kestra compare with.
enum JavaTypes {
    /// - Parameter expression: Where the value came from, which tells apart numbers of equal value.
    static func name(_ value: Value, of expression: Expression) -> String {
        let expression = expression.withoutObservation
        return switch value {
        case .null: ""
        case .bool: "java.lang.Boolean"
        case .int(let number):
            isLong(expression) || Int32(exactly: number) == nil ? "java.lang.Long" : "java.lang.Integer"
        case .double: "java.lang.Double"
        case .string: "java.lang.String"
        case .list: "java.util.ArrayList"
        case .map: mapName(expression)
        case .extended(let extended): name(extended, of: expression)
        }
    }

    private static func name(_ extended: Extended, of expression: Expression) -> String {
        switch extended {
        case .instant: "java.time.Instant"
        case .zonedDateTime: "java.time.ZonedDateTime"
        case .localDateTime: "java.time.LocalDateTime"
        case .localDate: "java.time.LocalDate"
        case .localTime: "java.time.LocalTime"
        case .duration: "java.time.Duration"
        case .float: "java.lang.Float"
        case .decimal(let digits):
            isBigInteger(expression, digits) ? "java.math.BigInteger" : "java.math.BigDecimal"
        case .bytes: "[B"
        }
    }

    /// Numbers written in the template, and what is calculated, are 64 bits wide.
    private static func isLong(_ expression: Expression) -> Bool {
        switch expression {
        case .literal, .unary, .binary: true
        case .filter(let filtering):
            switch filtering.call.filter.name {
            case "timestamp", "timestampMilli": true
            case "number": type(of: filtering.call) == "LONG"
            case "abs", "default": isLong(filtering.input)
            default: false
            }
        case .call(let call): call.function.name == "fileSize"
        default: false
        }
    }

    private static func isBigInteger(_ expression: Expression, _ digits: String) -> Bool {
        if case .filter(let filtering) = expression, filtering.call.filter.name == "number",
            let type = type(of: filtering.call)
        {
            return type == "BIGINTEGER"
        }
        return !digits.contains { ".eE".contains($0) } && Int64(digits) == nil
    }

    private static func type(of call: FilterCall) -> String? {
        if case .literal(.string(let type))?? = call.arguments.first { type } else { nil }
    }

    private static func mapName(_ expression: Expression) -> String {
        switch expression {
        case .map: "java.util.HashMap"
        case .call(let call)
        where call.function.name == "printContext" || call.function.name == "fetchContext":
            "java.util.HashMap"
        case .filter(let filtering) where filtering.call.filter.name == "merge": "java.util.HashMap"
        default: "java.util.LinkedHashMap"
        }
    }
}
