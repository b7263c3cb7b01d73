internal import ApusModel
internal import Synchronization

/// A property wrapper seen without its type.
protocol DeclaredProperty: Sendable {
    func entry(named name: String) -> PropertyTable.Entry?
}

/// The properties of a group, read by reflection once for each type.
final class PropertyTable: Sendable {
    /// A class: decoding looks entries up for each value, and must not copy what they hold.
    final class Entry: Sendable {
        let schema: PropertySchema
        /// The wrapper as the group's `init()` makes it: it holds the default.
        let prototype: any DeclaredProperty
        /// The group that the property holds, if it holds one, be it in a list or map.
        let group: (any PropertyGroup.Type)?
        /// Empty text means that nothing was given: what an expression without a value leaves behind.
        private let isBlankMissing: Bool

        init(schema: PropertySchema, prototype: any DeclaredProperty, group: (any PropertyGroup.Type)?) {
            self.schema = schema
            self.prototype = prototype
            self.group = group
            isBlankMissing = !schema.isRequired && !schema.valueType.acceptsText
        }

        func isMissing(_ value: Value) -> Bool {
            guard isBlankMissing, case .string(let text) = value else { return false }
            return text.isEmpty
        }
    }

    let entries: [Entry]
    private let places: [String: Int]

    private init(_ group: any PropertyGroup.Type) {
        var entries: [Entry] = []
        for child in Mirror(reflecting: group.init()).children {
            if let included = child.value as? any IncludedGroup {
                entries += type(of: included).table.entries
                continue
            }
            guard let label = child.label, label.hasPrefix("_"),
                let property = child.value as? any DeclaredProperty,
                let entry = property.entry(named: String(label.dropFirst()))
            else { continue }
            entries.append(entry)
        }
        self.entries = entries
        places = Dictionary(
            entries.enumerated().map { ($1.schema.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func entry(named name: String) -> Entry? { places[name].map { entries[$0] } }

    private static let tables = Mutex<[ObjectIdentifier: PropertyTable]>([:])

    /// The table of a type, made on first use.
    static func of(_ group: any PropertyGroup.Type) -> PropertyTable {
        let id = ObjectIdentifier(group)
        if let known = tables.withLock({ $0[id] }) { return known }
        let table = PropertyTable(group)
        tables.withLock { $0[id] = table }
        return table
    }
}
