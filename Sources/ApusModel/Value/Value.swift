/// A value of the flow language: what YAML, JSON and expressions have in common.
///
/// Text input gives the JSON cases only; `extended` appears where an expression or a typed input made a date,
/// a duration or a number of another width.
public enum Value: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case list([Value])
    case map(OrderedMap<Value>)
    /// Kept apart, since the largest of them would make every value three times as large.
    indirect case extended(Extended)
}

extension Value {
    /// The word users know for this kind of value, for messages: `text`, `integer`, `list` …
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .int: "integer"
        case .double: "number"
        case .string: "text"
        case .list: "list"
        case .map: "map"
        case .extended(let extended): extended.kind
        }
    }

    @inlinable public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    public var stringValue: String? {
        if case .string(let text) = self { text } else { nil }
    }

    public var boolValue: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    public var intValue: Int64? {
        if case .int(let number) = self { number } else { nil }
    }

    public var listValue: [Value]? {
        if case .list(let items) = self { items } else { nil }
    }

    public var mapValue: OrderedMap<Value>? {
        if case .map(let entries) = self { entries } else { nil }
    }

    /// The entry of a map; `nil` for a missing key and for anything that is not a map.
    public subscript(key: String) -> Value? { mapValue?[key] }

    /// Sets the value at a dotted path, making maps on the way: `a.b` gives `{a: {b: …}}`.
    public mutating func set(_ value: Value, atDotted path: String) {
        set(value, at: path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)[...])
    }

    /// Sets the value at a path of keys, making maps on the way. Costs the depth of the path.
    public mutating func set(_ value: Value, at path: ArraySlice<String>) {
        guard let first = path.first else {
            self = value
            return
        }
        // Taken out and put back, so that the map keeps one owner and is changed in place.
        var entries: OrderedMap<Value>
        if case .map(let present) = self { entries = present } else { entries = OrderedMap() }
        self = .null
        entries[first, default: .null].set(value, at: path.dropFirst())
        self = .map(entries)
    }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
    ExpressibleByNilLiteral
{
    public init(stringLiteral text: String) { self = .string(text) }
    public init(integerLiteral number: Int64) { self = .int(number) }
    public init(booleanLiteral flag: Bool) { self = .bool(flag) }
    public init(floatLiteral number: Double) { self = .double(number) }
    public init(arrayLiteral items: Value...) { self = .list(items) }
    public init(dictionaryLiteral entries: (String, Value)...) { self = .map(OrderedMap(entries)) }
    public init(nilLiteral: ()) { self = .null }
}
