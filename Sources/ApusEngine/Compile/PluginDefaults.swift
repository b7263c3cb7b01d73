import ApusModel
import ApusSchema

/// `pluginDefaults`: values for every task of a type, written once per flow.
///
/// A property of the task wins, unless the default is `forced`. Maps are merged key by key.
enum PluginDefaults {
    private struct Entry {
        var type: String
        var values: OrderedMap<Value>
        var isForced: Bool
    }

    static func applied(to flow: OrderedMap<Value>, positions: PositionMap, catalogue: Catalogue)
        -> (OrderedMap<Value>, [Fault])
    {
        var faults: [Fault] = []
        var entries: [Entry] = []
        for key in ["pluginDefaults", "taskDefaults"] {
            guard let written = flow[key], !written.isNull else { continue }
            let path = ValuePath().key(key)
            guard let list = written.listValue else {
                faults.append(
                    Fault(
                        "Invalid Plugin Default: expected a list", at: path,
                        position: positions.position(of: path)))
                continue
            }
            for (place, item) in list.enumerated() {
                guard let type = item["type"]?.stringValue, let values = item["values"]?.mapValue else {
                    let path = path.index(place)
                    faults.append(
                        Fault(
                            "Invalid Plugin Default: expected a `type` and a map of `values`", at: path,
                            position: positions.position(of: path)))
                    continue
                }
                entries.append(
                    Entry(
                        type: catalogue.canonicalName(type) ?? type, values: values,
                        isForced: item["forced"] == true))
            }
        }
        guard !entries.isEmpty else { return (flow, faults) }
        var result = flow
        for key in ["tasks", "errors", "finally", "afterExecution"] {
            if let value = flow[key] { result[key] = filled(value, entries, catalogue, depth: 0) }
        }
        return (result, faults)
    }

    private static func filled(_ value: Value, _ entries: [Entry], _ catalogue: Catalogue, depth: Int)
        -> Value
    {
        guard depth < 100 else { return value }
        switch value {
        case .list(let items):
            return .list(items.map { filled($0, entries, catalogue, depth: depth + 1) })
        case .map(var map):
            for (key, value) in map { map[key] = filled(value, entries, catalogue, depth: depth + 1) }
            guard let written = map["type"]?.stringValue else { return .map(map) }
            let type = catalogue.canonicalName(written) ?? written
            for entry in entries where type == entry.type || type.hasPrefix(entry.type + ".") {
                for (key, value) in entry.values {
                    map[key] = map[key].map { entry.isForced ? merge($0, value) : merge(value, $0) } ?? value
                }
            }
            return .map(map)
        case .null, .bool, .int, .double, .string, .extended:
            return value
        }
    }

    /// The second wins; maps are merged.
    private static func merge(_ first: Value, _ second: Value) -> Value {
        guard case .map(var entries) = first, case .map(let winners) = second else { return second }
        for (key, value) in winners { entries[key] = entries[key].map { merge($0, value) } ?? value }
        return .map(entries)
    }
}
