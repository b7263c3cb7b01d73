public import ApusModel

/// Values for every task, trigger or other plugin of a type: an entry of `pluginDefaults`.
public struct PluginDefault: Hashable, Sendable {
    /// A type, or the beginning of types up to a dot: `io.kestra.plugin.scripts`.
    public var type: String
    public var values: OrderedMap<Value>
    /// Its values win over those of the plugin.
    public var isForced: Bool
    /// Only for plugins that ask for it with `pluginDefaultsRef`.
    public var reference: String?
    /// Where it stands in the flow; `nil` for one of the server's configuration.
    public var path: ValuePath?

    /// Reads `{type, values, forced, ref}`.
    ///
    /// - Throws: What is wrong with it, each with its key; empty for the entry as a whole.
    public init(_ value: Value, at path: ValuePath? = nil) throws(PluginDefaultFaults) {
        guard let map = value.mapValue else {
            throw PluginDefaultFaults([("", "expected a `type` and a map of `values`, found a \(value.kind)")]
            )
        }
        var faults: [(key: String, message: String)] = []
        for key in map.keys where !["type", "values", "forced", "ref"].contains(key) {
            faults.append(
                (key, "there is no property `\(key)`: expected `type`, `values`, `forced` and `ref`"))
        }
        type = map["type"]?.stringValue ?? ""
        if type.isEmpty { faults.append(("type", "expected the name of a type or the beginning of one")) }
        values = map["values"]?.mapValue ?? [:]
        if map["values"]?.mapValue == nil { faults.append(("values", "expected a map of values")) }
        isForced = false
        switch map["forced"] {
        case nil, .null?: break
        case .bool(let flag)?: isForced = flag
        case .string("true")?: isForced = true
        case .string("false")?: isForced = false
        case .some: faults.append(("forced", "expected true or false"))
        }
        reference = map["ref"]?.stringValue
        if let ref = map["ref"], !ref.isNull, ref.stringValue == nil {
            faults.append(("ref", "expected a text"))
        }
        self.path = path
        guard faults.isEmpty else { throw PluginDefaultFaults(faults) }
    }

    /// Whether it is meant for a type, both by their names of today.
    func applies(to type: String) -> Bool {
        guard type.utf8.starts(with: self.type.utf8) else { return false }
        let rest = type.utf8.dropFirst(self.type.utf8.count)
        // `io.kestra.plugin.core.` is the same beginning as `io.kestra.plugin.core`.
        return rest.isEmpty || rest.first == UInt8(ascii: ".") || self.type.hasSuffix(".")
    }
}

/// What is wrong with an entry of `pluginDefaults`.
public struct PluginDefaultFaults: Error {
    public var faults: [(key: String, message: String)]

    init(_ faults: [(key: String, message: String)]) { self.faults = faults }
}
