import ApusModel

extension Function {
    /// Functions on numbers and times.
    static let core: [Function] = [
        Function("max", ["..."]) { (call) throws(ExpressionError) in try extreme(call) { $0 > 0 } },
        Function("min", ["..."]) { (call) throws(ExpressionError) in try extreme(call) { $0 < 0 } },
        Function("range", ["start*", "end*", "increment"]) { (call) throws(ExpressionError) in
            let step = try call.optionalInt(2) ?? 1
            return try Sequences.list(
                from: try call.value(0), to: try call.value(1), by: Int64(step), spending: call.evaluator)
        },
        Function("now", ["format", "timeZone", "existingFormat", "locale"]) {
            (call) throws(ExpressionError) in
            let zone = try call.zone(1)
            return .string(
                try DateFormat.print(
                    zone.zoned(call.context.now), format: try call.optionalString(0) ?? "iso", zone: zone,
                    locale: try call.optionalString(3)))
        },
    ]

    private static func extreme(_ call: Arguments, _ wins: (Int) -> Bool) throws(ExpressionError) -> Value {
        var values = call.values.compactMap { $0 }
        guard !values.isEmpty else { throw .argument("\(call.subject) needs at least one argument") }
        if values.count == 1, case .list(let items) = values[0] { values = items }
        // Null is neither more nor less than anything.
        values.removeAll(where: \.isNull)
        guard var best = values.first else { return .null }
        for value in values.dropFirst() {
            try call.evaluator.spend()
            if wins(try Comparison.order(value, best)) { best = value }
        }
        return best
    }
}
