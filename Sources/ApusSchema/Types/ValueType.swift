/// What a property accepts, in the words of the flow language.
public indirect enum ValueType: Hashable, Sendable {
    case any
    case string
    case integer
    case number
    case boolean
    case duration
    case instant
    case enumeration([String])
    case list(ValueType)
    case map(ValueType)
    case object([PropertySchema])
    /// A map whose `type` names a plugin of this base: `task`, `trigger`, `condition`, `taskRunner`, or `any`.
    case plugin(base: String)
    /// A list of tasks.
    case tasks
    case either([ValueType])
}

extension ValueType {
    /// The type in plain words: `list of text`.
    public var words: String {
        switch self {
        case .any: "any value"
        case .string: "text"
        case .integer: "integer"
        case .number: "number"
        case .boolean: "boolean"
        case .duration: "duration"
        case .instant: "date and time"
        case .enumeration: "one of the accepted values"
        case .list(let element): "list of \(element.words)"
        case .map(let element): "map of \(element.words)"
        case .object: "object"
        case .plugin(let base): base == "any" ? "plugin" : base
        case .tasks: "list of tasks"
        case .either(let alternatives): alternatives.map(\.words).joined(separator: " or ")
        }
    }

    /// Any text is a value of this type.
    var acceptsText: Bool {
        switch self {
        case .any, .string: true
        case .either(let alternatives): alternatives.contains(where: \.acceptsText)
        case .integer, .number, .boolean, .duration, .instant, .enumeration, .list, .map, .object, .plugin,
            .tasks:
            false
        }
    }
}
