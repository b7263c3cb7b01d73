internal import ApusModel

/// Decodes from a value. Paths are put together only when something is wrong.
final class ValueDecoder: Decoder {
    private(set) var value: Value?
    let session: DecodingSession
    let parent: ValueDecoder?
    private let step: ValuePath.Step?
    /// The group being decoded here or in a list or map around it.
    private var table: PropertyTable?

    init(_ value: Value, session: DecodingSession, table: PropertyTable) {
        self.value = value
        self.session = session
        self.table = table
        parent = nil
        step = nil
    }

    init(_ value: Value?, parent: ValueDecoder, step: ValuePath.Step) {
        self.value = value
        self.parent = parent
        self.step = step
        session = parent.session
        table = parent.table
    }

    /// What the group declares about the property decoded here; finds its value under a former name.
    func claim() -> PropertyTable.Entry? {
        guard case .key(let name)? = step, let entry = parent?.table?.entry(named: name) else { return nil }
        if value == nil, !entry.schema.aliases.isEmpty, let entries = parent?.value.flatMap(Conversion.map) {
            value = entry.schema.aliases.lazy.compactMap { entries[$0] }.first
        }
        table = entry.group.map(PropertyTable.of)
        return entry
    }

    var path: ValuePath {
        guard let parent, let step else { return ValuePath() }
        return ValuePath(parent.path.steps + [step])
    }

    var codingPath: [any CodingKey] { path.steps.map(PathKey.init) }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        let found = try present()
        guard let entries = Conversion.map(found) else { throw misfit(found, "map") }
        return KeyedDecodingContainer(KeyedValues(decoder: self, entries: entries))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let found = try present()
        guard let items = Conversion.list(found) else { throw misfit(found, "list") }
        return ListedValues(decoder: self, items: items)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { SingleValue(decoder: self) }

    func present() throws -> Value {
        guard let value, !value.isNull else { throw Misfit(message: "must not be null", path: path) }
        return value
    }

    func misfit(_ value: Value, _ wanted: String) -> Misfit {
        Misfit(message: ValueCheck.message(value, type: wanted), path: path)
    }
}

struct PathKey: CodingKey {
    var stringValue: String
    var intValue: Int?

    init(_ step: ValuePath.Step) {
        switch step {
        case .key(let name): stringValue = name
        case .index(let place):
            stringValue = String(place)
            intValue = place
        }
    }

    init?(stringValue: String) { self.init(.key(stringValue)) }
    init?(intValue: Int) { self.init(.index(intValue)) }
}
