internal import ApusModel

/// The plugin types this server knows, by their names of today and before.
public struct Catalogue: Sendable {
    /// In the order they were added.
    public private(set) var all: [TypeSchema] = []
    private var places: [String: Int] = [:]

    public init() {}

    /// Adds a type; one with the same name is replaced. A former name never hides a name of today.
    public mutating func add(_ schema: TypeSchema) {
        if let place = places[schema.type], all[place].type == schema.type {
            all[place] = schema
        } else {
            places[schema.type] = all.count
            all.append(schema)
        }
        for alias in schema.aliases where places[alias] == nil {
            places[alias] = places[schema.type]
        }
    }

    /// The type that goes by a name, now or formerly.
    public func schema(named name: String) -> TypeSchema? { places[name].map { all[$0] } }

    /// The name of today; `nil` for an unknown type.
    public func canonicalName(_ name: String) -> String? { schema(named: name)?.type }

    /// The type that a misspelt name may mean: its last part must be near, and the whole nearest.
    public func nearest(to name: String) -> String? {
        let wanted = Self.lastPart(of: name)
        let near = all.map(\.type).filter { NearestName.of(wanted, among: [Self.lastPart(of: $0)]) != nil }
        return NearestName.of(name, among: near)
            ?? near.first { Self.lastPart(of: $0).lowercased() == wanted.lowercased() }
    }

    private static func lastPart(of name: String) -> String { String(name.split(separator: ".").last ?? "") }
}
