internal import ApusModel

extension Value {
    /// The default of a property as a user would write it; `nil` for no value, and for what has no such form.
    init?(describing value: any Sendable) {
        switch value {
        case let value as Value: self = value
        case let text as String: self = .string(text)
        case let flag as Bool: self = .bool(flag)
        case let number as any BinaryInteger:
            guard let number = Int64(exactly: number) else { return nil }
            self = .int(number)
        case let number as Double: self = .double(number)
        case let number as Float: self = .double(Double("\(number)") ?? Double(number))
        case let duration as ISODuration: self = .string(duration.iso)
        case let instant as Timestamp: self = .string(instant.iso)
        case let choice as any RawRepresentable:
            guard let raw = Self.rawValue(of: choice) else { return nil }
            self = raw
        case let items as [any Sendable]:
            self = .list(items.compactMap(Value.init(describing:)))
        case let entries as [String: any Sendable]:
            self = .map(
                OrderedMap(
                    entries.sorted { $0.key < $1.key }.compactMap { key, value in
                        Value(describing: value).map { (key, $0) }
                    }))
        case let entries as OrderedMap<Value>: self = .map(entries)
        case let group as any PropertyGroup:
            let properties = PropertyTable.of(type(of: group)).entries.compactMap { entry in
                entry.schema.defaultValue.map { (entry.schema.name, $0) }
            }
            self = .map(OrderedMap(properties))
        default: return nil
        }
    }

    private static func rawValue(of choice: some RawRepresentable) -> Value? {
        switch choice.rawValue {
        case let text as String: .string(text)
        case let number as Int: .int(Int64(number))
        default: nil
        }
    }
}
