import ApusModel
import ApusYAML

/// The iterations a task runs in.
struct LoopScope {
    /// The loops of both editions.
    static let types: Set<String> = [
        "io.kestra.plugin.core.flow.ForEach", "io.kestra.plugin.core.flow.EachSequential",
        "io.kestra.plugin.core.flow.EachParallel", "io.kestra.plugin.core.flow.Loop",
    ]

    /// The tasks in the loop, at any depth.
    var tasks: Set<String>
    /// How many flow tasks stand between the loop and the task.
    var depth = 0
    /// Another loop stands around it.
    var isNested: Bool
    /// The loop is one of the edition that is left; otherwise its expressions are as they should be.
    var isForeign: Bool

    var deeper: LoopScope {
        LoopScope(tasks: tasks, depth: depth + 1, isNested: isNested, isForeign: isForeign)
    }

    static func isForeign(_ type: String, to target: Edition) -> Bool {
        (target == .two) != type.hasSuffix(".Loop")
    }
}

/// What changes in loops: edition 1 runs the iterations in the execution itself, edition 2 each as one of its own.
extension Migrator {
    /// - Returns: The scope of the tasks inside.
    mutating func loop(
        _ type: String, _ map: OrderedMap<Value>, at path: ValuePath, inside outer: LoopScope?
    ) -> LoopScope {
        let name = String(type.split(separator: ".").last ?? "")
        let place = path.key("type")
        switch (target, name) {
        case (.two, "Loop"), (.one, "ForEach"), (.one, "EachSequential"), (.one, "EachParallel"): break
        case (.two, _):
            change(
                "`\(name)` is `Loop` in edition 2, which runs each iteration as an execution of its own",
                at: place, .replace(place, "io.kestra.plugin.core.flow.Loop"))
            if name != "ForEach" { rename("value", "values", in: map, at: path) }
            if name == "EachParallel" {
                rename("concurrent", "concurrencyLimit", in: map, at: path)
                if map["concurrent"] == nil {
                    also(.insert(into: path, key: "concurrencyLimit", 0, after: "value"))
                }
            }
        case (.one, _):
            change(
                "`Loop` is `ForEach` in edition 1", at: place,
                .replace(place, "io.kestra.plugin.core.flow.ForEach"))
            for key in ["outputs", "fetchType", "transmitFailed"] where map[key] != nil {
                leave("`\(key)` of Loop has no counterpart in edition 1", at: path.key(key))
            }
        }
        let isForeign = LoopScope.isForeign(type, to: target)
        for key in ["errors", "finally"] where isForeign && map[key]?.listValue?.isEmpty == false {
            leave(
                "edition 1 runs `\(key)` of a loop once, edition 2 in each iteration", at: path.key(key),
                remedy: "see whether that is still what you mean")
        }
        return LoopScope(
            tasks: Self.identifiers(in: map["tasks"] ?? .null, depth: 0), isNested: outer != nil,
            isForeign: isForeign)
    }

    mutating func collectLoopTasks() {
        for key in ["tasks", "errors", "finally", "afterExecution"] { collect(flow[key] ?? .null, depth: 0) }
    }

    private mutating func collect(_ value: Value, depth: Int) {
        guard depth < YAMLLimits.default.depth else { return }
        switch value {
        case .list(let items): for item in items { collect(item, depth: depth + 1) }
        case .map(let entries):
            let written = entries["type"]?.stringValue ?? ""
            let type = compiler.catalogue.canonicalName(written) ?? written
            if LoopScope.types.contains(type), LoopScope.isForeign(type, to: target) {
                loopTasks.formUnion(Self.identifiers(in: entries["tasks"] ?? .null, depth: 0))
            }
            for value in entries.values { collect(value, depth: depth + 1) }
        case .null, .bool, .int, .double, .string, .extended: break
        }
    }

    /// The ids of all tasks in a list, at any depth.
    private static func identifiers(in value: Value, depth: Int) -> Set<String> {
        guard depth < YAMLLimits.default.depth else { return [] }
        switch value {
        case .list(let items):
            return items.reduce(into: []) { $0.formUnion(identifiers(in: $1, depth: depth + 1)) }
        case .map(let entries):
            var found: Set<String> = []
            if entries["type"] != nil, let id = entries["id"]?.stringValue { found.insert(id) }
            // Each value once: a second look at the same one would double with each level.
            guard entries["type"] != nil else {
                for (_, value) in entries { found.formUnion(identifiers(in: value, depth: depth + 1)) }
                return found
            }
            for key in ["tasks", "errors", "finally", "then", "else", "defaults", "cases", "task"] {
                found.formUnion(identifiers(in: entries[key] ?? .null, depth: depth + 1))
            }
            return found
        case .null, .bool, .int, .double, .string, .extended: return []
        }
    }
}
