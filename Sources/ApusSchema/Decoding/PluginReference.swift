public import ApusModel

/// A family of plugins that others hold: `condition`, `taskRunner`, …
public protocol PluginBase: Sendable {
    /// `task`, `trigger`, `condition`, `taskRunner`, or `any`.
    static var base: String { get }
}

public enum AnyPlugin: PluginBase { public static var base: String { "any" } }
public enum ConditionPlugin: PluginBase { public static var base: String { "condition" } }
public enum TaskRunnerPlugin: PluginBase { public static var base: String { "taskRunner" } }
public enum TaskPlugin: PluginBase { public static var base: String { "task" } }

/// A plugin inside the properties of another, not decoded yet: `{type: …, other properties}`.
public struct PluginReference<Base: PluginBase>: Decodable, Sendable {
    /// As written; it may be a former name.
    public var type: String
    /// Everything but the type.
    public var properties: OrderedMap<Value>

    public init(type: String, properties: OrderedMap<Value> = [:]) {
        self.type = type
        self.properties = properties
    }

    public init(from decoder: any Decoder) throws {
        var properties = try OrderedMap<Value>(from: decoder)
        guard let type = properties["type"]?.stringValue else {
            throw Misfit(
                message: "must not be null",
                path: ((decoder as? ValueDecoder)?.path ?? ValuePath()).key("type"))
        }
        properties["type"] = nil
        self.type = type
        self.properties = properties
    }
}

extension PluginReference: DescribedType {
    public static var valueType: ValueType { .plugin(base: Base.base) }
}
