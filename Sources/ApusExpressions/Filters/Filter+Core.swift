import ApusModel

extension Filter {
    /// Filters for values of any kind.
    static let core: [Filter] = [
        Filter("default", ["default*"], takesNull: true) { (value, call) throws(ExpressionError) in
            value.isBlank ? call.values.first.flatMap { $0 } ?? .null : value
        },
        Filter("string") { (value, _) throws(ExpressionError) in .string(value.printed) },
        Filter("className", namesType: true) { (value, _) throws(ExpressionError) in
            .string(JavaTypes.name(value, of: .path(Expression.Path(root: "", at: 0))))
        },
        Filter("length", takesNull: true) { (value, _) throws(ExpressionError) in
            switch value {
            case .null: .int(0)
            case .string(let text): .int(Int64(text.utf16.count))
            case .list(let items): .int(Int64(items.count))
            case .map(let entries): .int(Int64(entries.count))
            case .bool, .int, .double, .extended: .int(0)
            }
        },
    ]
}
