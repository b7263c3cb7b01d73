import ApusModel
import ApusYAML

/// Edition 2 has no plugin defaults: they are written into the plugins they are for.
extension Migrator {
    mutating func inlineDefaults() {
        let root = ValuePath()
        let keys = ["pluginDefaults", "taskDefaults"].filter { flow[$0].map { !$0.isNull } == true }
        guard !keys.isEmpty else { return }
        var defaults = PluginDefaults(
            flow: flow, global: [], positions: positions, catalogue: compiler.catalogue)
        let filled = Value.map(defaults.applied(to: flow))
        guard !defaults.faults.contains(where: { $0.severity == .error }) else {
            for fault in defaults.faults { leave(fault.message, at: fault.path, remedy: fault.remedy) }
            return
        }
        for key in keys {
            change(
                "`\(key)` are gone in edition 2: their values stand in the plugins they are for",
                at: root.key(key),
                .remove(root.key(key)))
        }
        let original = Value.map(flow)
        for path in defaults.origins.keys.sorted(by: { $0.description < $1.description }) {
            guard let value = filled.part(at: path), let parent = path.parent,
                case .key(let key)? = path.steps.last
            else { continue }
            // A value inside of one that is inserted comes with it.
            guard original.part(at: parent) != nil else { continue }
            if original.part(at: path) != nil {
                change("a forced plugin default, written here", at: path, .replace(path, value))
            } else {
                let last = original.part(at: parent)?.mapValue?.keys.last
                also(.insert(into: parent, key: key, value, after: last))
            }
        }
        references(original, at: root, depth: 0)
    }

    /// What asked for defaults by name has them now.
    private mutating func references(_ value: Value, at path: ValuePath, depth: Int) {
        guard depth < YAMLLimits.default.depth else { return }
        switch value {
        case .list(let items):
            for (place, item) in items.enumerated() {
                references(item, at: path.index(place), depth: depth + 1)
            }
        case .map(let entries):
            if entries["type"] != nil, entries["pluginDefaultsRef"] != nil {
                also(.remove(path.key("pluginDefaultsRef")))
            }
            for (key, item) in entries where key != "pluginDefaults" && key != "taskDefaults" {
                references(item, at: path.key(key), depth: depth + 1)
            }
        case .null, .bool, .int, .double, .string, .extended: break
        }
    }
}
