public import ApusModel

/// A number that a task reports about its work.
public struct Metric: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable, Decodable {
        case counter, timer, gauge
    }

    public var name: String
    public var kind: Kind
    /// For timers, milliseconds.
    public var value: Double
    public var tags: OrderedMap<String>

    public init(_ name: String, _ kind: Kind, _ value: Double, tags: OrderedMap<String> = [:]) {
        self.name = name
        self.kind = kind
        self.value = value
        self.tags = tags
    }
}
