/// All there is to know about a plugin type without running it.
public struct TypeSchema: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A task that a worker runs.
        case runnable
        /// A task that is computed within a transition.
        case inline
        /// A task that holds other tasks.
        case flow
        case trigger
        case condition
        case taskRunner
        case other
    }

    /// How a trigger of a plugin is run.
    public enum Triggering: String, Hashable, Sendable {
        /// A worker looks from time to time.
        case polling
        /// A worker listens all the time.
        case realtime
    }

    public let type: String
    public let aliases: [String]
    public let summary: String
    public let isDeprecated: Bool
    public let kind: Kind
    /// Its own, in the order of their declaration; those common to its kind are in ``commonProperties``.
    public let properties: [PropertySchema]
    /// What a task of the type gives; `nil` when that is known only once it has run.
    public let outputs: [PropertySchema]?
    /// A task of the type renders texts that are known only once it runs.
    public let readsAllVariables: Bool
    /// `nil` for what is no trigger, and for triggers that need no worker.
    public let triggering: Triggering?

    public init(
        type: String, aliases: [String] = [], summary: String, isDeprecated: Bool = false, kind: Kind,
        properties: [PropertySchema], outputs: [PropertySchema]? = nil, readsAllVariables: Bool = false,
        triggering: Triggering? = nil
    ) {
        self.type = type
        self.aliases = aliases
        self.summary = summary
        self.isDeprecated = isDeprecated
        self.kind = kind
        self.properties = properties
        self.outputs = outputs
        self.readsAllVariables = readsAllVariables
        self.triggering = triggering
    }

    /// Reads the properties of a plugin type from a fresh value of it.
    public init<T: PluginType>(_: T.Type, kind: Kind) {
        self.init(
            type: T.type, aliases: T.aliases, summary: T.summary, isDeprecated: T.isDeprecated, kind: kind,
            properties: PropertyTable.of(T.self).entries.map(\.schema), outputs: T.outputs,
            readsAllVariables: T.readsAllVariables)
    }

    /// Reads the properties of a trigger of a plugin; one that polls has an `interval` besides them.
    public init<T: PluginType>(_: T.Type, triggering: Triggering) {
        var properties = PropertyTable.of(T.self).entries.map(\.schema)
        if triggering == .polling, !properties.contains(where: { $0.name == "interval" }) {
            properties.append(
                PropertySchema(
                    name: "interval",
                    description: "How long after the end of a look the next one comes; at least a second.",
                    valueType: .duration, defaultValue: "PT1M", isDynamic: false))
        }
        self.init(
            type: T.type, aliases: T.aliases, summary: T.summary, isDeprecated: T.isDeprecated,
            kind: .trigger, properties: properties, outputs: T.outputs,
            readsAllVariables: T.readsAllVariables, triggering: triggering)
    }

    /// The last part of the name: `Log`.
    public var shortName: String { String(type.split(separator: ".").last ?? "") }

    /// The property that goes by a name, the type's own before those common to its kind.
    public func property(named name: String) -> PropertySchema? {
        properties.first { $0.isNamed(name) } ?? commonProperties.first { $0.isNamed(name) }
    }
}
