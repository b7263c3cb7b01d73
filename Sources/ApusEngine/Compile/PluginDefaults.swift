import ApusModel
import ApusSchema
import ApusYAML

/// Plugin defaults put into a flow.
///
/// What the plugin itself says wins over the flow's defaults, and those over the server's; a forced default wins over
/// what the plugin says, and the server's over the flow's. Within one list the entry that stands first wins. Maps are
/// merged key by key.
/// Source: flow-language reference, section 7.
struct PluginDefaults {
    private var entries: [PluginDefault] = []
    private let catalogue: Catalogue
    private let positions: PositionMap
    private(set) var faults: [Fault] = []
    /// Where values that came from a default stand now, and where they were written; `nil` for the configuration.
    private(set) var origins: [ValuePath: ValuePath?] = [:]
    private var unresolved: [(reference: String, path: ValuePath)] = []

    private static let sections = ["tasks", "errors", "finally", "afterExecution", "listeners", "triggers"]
    private static let depthLimit = YAMLLimits.default.depth

    init(flow: OrderedMap<Value>, global: [PluginDefault], positions: PositionMap, catalogue: Catalogue) {
        self.catalogue = catalogue
        self.positions = positions
        for key in ["pluginDefaults", "taskDefaults"] {
            guard let written = flow[key], !written.isNull else { continue }
            let path = ValuePath().key(key)
            guard let list = written.listValue else {
                fault("expected a list, found a \(written.kind)", at: path)
                continue
            }
            for (place, item) in list.enumerated() { read(item, at: path.index(place)) }
        }
        for var entry in global {
            entry.path = nil
            entry.type = catalogue.canonicalName(entry.type) ?? entry.type
            entries.append(entry)
        }
    }

    private mutating func read(_ item: Value, at path: ValuePath) {
        do {
            var entry = try PluginDefault(item, at: path)
            if let name = catalogue.canonicalName(entry.type) {
                entry.type = name
            } else if !catalogue.all.contains(where: { entry.applies(to: $0.type) }) {
                let place = path.key("type")
                faults.append(
                    Fault(
                        .warning, "Invalid Plugin Default: no type is, or begins with, `\(entry.type)`",
                        at: place,
                        position: positions.position(of: place),
                        remedy: catalogue.nearest(to: entry.type).map { "did you mean `\($0)`?" }))
            }
            entries.append(entry)
        } catch {
            for (key, message) in error.faults { fault(message, at: key.isEmpty ? path : path.key(key)) }
        }
    }

    private mutating func fault(_ message: String, at path: ValuePath) {
        faults.append(
            Fault("Invalid Plugin Default: \(message)", at: path, position: positions.position(of: path)))
    }

    /// The flow with all defaults in their places.
    mutating func applied(to flow: OrderedMap<Value>) -> OrderedMap<Value> {
        var result = flow
        for key in Self.sections {
            if let value = flow[key] { result[key] = filled(value, at: ValuePath().key(key), depth: 0) }
        }
        for (reference, path) in unresolved {
            let known = entries.compactMap(\.reference)
            faults.append(
                Fault(
                    "no plugin default has the `ref` `\(reference)`", at: path,
                    position: positions.position(of: path),
                    remedy: NearestName.of(reference, among: known).map { "did you mean `\($0)`?" }))
        }
        return result
    }

    private mutating func filled(_ value: Value, at path: ValuePath, depth: Int) -> Value {
        guard depth < Self.depthLimit else { return value }
        switch value {
        case .list(let items):
            return .list(
                items.enumerated().map { filled($1, at: path.index($0), depth: depth + 1) })
        case .map(var map):
            if let written = map["type"]?.stringValue { fill(&map, of: written, at: path) }
            for (key, value) in map { map[key] = filled(value, at: path.key(key), depth: depth + 1) }
            return .map(map)
        case .null, .bool, .int, .double, .string, .extended:
            return value
        }
    }

    private mutating func fill(_ map: inout OrderedMap<Value>, of written: String, at path: ValuePath) {
        let type = catalogue.canonicalName(written) ?? written
        let reference = map["pluginDefaultsRef"]?.stringValue
        if let reference, map["id"] != nil, !entries.contains(where: { $0.reference == reference }) {
            unresolved.append((reference, path.key("pluginDefaultsRef")))
        }
        let fitting = entries.filter {
            $0.applies(to: type) && ($0.reference == nil || $0.reference == reference)
        }
        for entry in fitting where !entry.isForced { merge(entry, into: &map, at: path, forced: false) }
        // The last that is merged wins: the first of the flow after the others, then those of the configuration.
        let forced: [PluginDefault] = fitting.filter(\.isForced).reversed()
        for entry in forced where entry.path != nil { merge(entry, into: &map, at: path, forced: true) }
        for entry in forced where entry.path == nil { merge(entry, into: &map, at: path, forced: true) }
    }

    private mutating func merge(
        _ entry: PluginDefault, into map: inout OrderedMap<Value>, at path: ValuePath, forced: Bool
    ) {
        let origin = entry.path?.key("values")
        for (key, value) in entry.values where key != "id" && key != "type" {
            map[key] = merged(map[key], value, at: path.key(key), origin?.key(key), forced: forced)
        }
    }

    private mutating func merged(
        _ present: Value?, _ given: Value, at path: ValuePath, _ origin: ValuePath?, forced: Bool
    ) -> Value {
        guard let present else {
            origins.updateValue(origin, forKey: path)
            return given
        }
        guard case .map(var entries) = present, case .map(let more) = given, Self.areAlike(entries, more)
        else {
            guard forced else { return present }
            origins.updateValue(origin, forKey: path)
            return given
        }
        for (key, value) in more {
            entries[key] = merged(entries[key], value, at: path.key(key), origin?.key(key), forced: forced)
        }
        return .map(entries)
    }

    /// The properties of one task runner are none of another.
    private static func areAlike(_ one: OrderedMap<Value>, _ other: OrderedMap<Value>) -> Bool {
        guard let type = one["type"]?.stringValue, let second = other["type"]?.stringValue else {
            return true
        }
        return type == second
    }

    /// A fault in a value that came from a default, told where the default stands.
    func traced(_ fault: Fault) -> Fault {
        var path = fault.path
        var rest: [ValuePath.Step] = []
        while origins[path] == nil {
            guard let last = path.steps.last, let parent = path.parent else { return fault }
            rest.insert(last, at: 0)
            path = parent
        }
        guard let found = origins[path] else { return fault }
        var traced = fault
        traced.message = "Invalid Plugin Default: \(fault.message)"
        guard let origin = found else {
            traced.message += " (from `kestra.plugins.defaults` of the server's configuration)"
            return traced
        }
        traced.path = ValuePath(origin.steps + rest)
        traced.position = positions.position(of: traced.path)
        return traced
    }
}
