import ApusModel

/// What changes in tasks.
extension Migrator {
    private static let childLists = ["tasks", "errors", "finally", "then", "else", "defaults"]
    /// Types that edition 2 does not have, and what takes their place.
    private static let gone: [String: String] = [
        "io.kestra.plugin.core.flow.ForEachItem": "use a Loop over the file with a Subflow in it",
        "io.kestra.plugin.core.flow.Template":
            "write the tasks into the flow, or a flow of their own with Subflow",
        "io.kestra.plugin.core.state.Set": "use `io.kestra.plugin.core.kv.Set`",
        "io.kestra.plugin.core.state.Get": "use `io.kestra.plugin.core.kv.Get`",
        "io.kestra.plugin.core.state.Delete": "use `io.kestra.plugin.core.kv.Delete`",
        "io.kestra.plugin.core.execution.Count": "use a task of `io.kestra.plugin.kestra.executions`",
        "io.kestra.plugin.core.execution.Resume": "use a task of `io.kestra.plugin.kestra.executions`",
        "io.kestra.plugin.core.log.Fetch": "use a task of `io.kestra.plugin.kestra.logs`",
        "io.kestra.plugin.core.trigger.Toggle": "use a task of `io.kestra.plugin.kestra.triggers`",
        "io.kestra.plugin.core.storage.LocalFiles": "use `inputFiles` and `outputFiles` of the tasks",
    ]

    mutating func tasks(_ value: Value, at path: ValuePath, in loop: LoopScope?) {
        for (place, item) in (value.listValue ?? []).enumerated() {
            guard let map = item.mapValue else { continue }
            let path = path.index(place)
            if map["type"] == nil, let inner = map["task"]?.mapValue {
                task(inner, at: path.key("task"), in: loop)
            } else {
                task(map, at: path, in: loop)
            }
        }
    }

    private mutating func task(_ map: OrderedMap<Value>, at path: ValuePath, in loop: LoopScope?) {
        rename("runIf", "when", in: map, at: path)
        workers(map, at: path)
        retry(map, at: path)
        let written = map["type"]?.stringValue ?? ""
        let type = compiler.catalogue.canonicalName(written) ?? written
        let inner = ownRules(type, written, map, at: path, in: loop)
        for (key, value) in map where !Self.childLists.contains(key) && key != "cases" && key != "description"
        {
            expressions(value, at: path.key(key), in: loop)
        }
        for key in Self.childLists where map[key]?.listValue != nil {
            // What a loop runs after its iterations is no part of them.
            let isIteration = key == "tasks" || (target == .one && inner != nil && inner?.depth == 0)
            tasks(
                map[key] ?? .null, at: path.key(key), in: isIteration ? inner ?? loop?.deeper : loop?.deeper)
        }
        for (name, list) in map["cases"]?.mapValue ?? [:] {
            tasks(list, at: path.key("cases").key(name), in: loop?.deeper)
        }
    }

    /// - Returns: The scope of the tasks inside, when the task is a loop.
    private mutating func ownRules(
        _ type: String, _ written: String, _ map: OrderedMap<Value>, at path: ValuePath, in loop: LoopScope?
    ) -> LoopScope? {
        let name = String(type.split(separator: ".").last ?? "")
        if LoopScope.types.contains(type) { return self.loop(type, map, at: path, inside: loop) }
        guard target == .two else {
            if ["Parallel", "Dag"].contains(name), map["onChildFailure"] != nil {
                leave("`onChildFailure` has no counterpart in edition 1", at: path.key("onChildFailure"))
            }
            if EditionNames.edition(ofType: type) == .two {
                leave("the type `\(name)` has no counterpart in edition 1", at: path.key("type"))
            }
            return nil
        }
        if let remedy = Self.gone[type] {
            leave("the type `\(type)` is gone in edition 2", at: path.key("type"), remedy: remedy)
        } else if type == "io.kestra.plugin.core.debug.Echo" {
            change(
                "`Echo` is `Log` in edition 2", at: path.key("type"),
                .replace(path.key("type"), "io.kestra.plugin.core.log.Log"))
            rename("format", "message", in: map, at: path)
        } else if EditionNames.edition(ofType: written) == .one {
            if type == written {
                leave("the type `\(written)` is gone in edition 2", at: path.key("type"))
            } else {
                change(
                    "the old name `\(written)` is gone in edition 2", at: path.key("type"),
                    .replace(path.key("type"), .string(type)))
            }
        }
        properties(name, map, at: path)
        return nil
    }

    private mutating func properties(_ name: String, _ map: OrderedMap<Value>, at path: ValuePath) {
        switch name {
        case "Pause":
            rename("delay", "pauseDuration", in: map, at: path)
            if map["tasks"] != nil {
                leave(
                    "`tasks` of Pause are gone in edition 2", at: path.key("tasks"),
                    remedy: "move them behind the pause")
            }
        case "Subflow":
            if map["outputs"] != nil {
                leave(
                    "`outputs` of Subflow are gone in edition 2", at: path.key("outputs"),
                    remedy: "declare them as `outputs` of the flow that is called")
            }
        case "Download":
            guard let value = map["allowFailed"] else { return }
            let options = path.key("options")
            let reason = "`allowFailed` stands below `options` in edition 2"
            if map["options"]?.mapValue?.isEmpty == false {
                change(
                    reason, at: path.key("allowFailed"), .remove(path.key("allowFailed")),
                    .insert(into: options, key: "allowFailed", value, after: nil))
            } else {
                change(
                    reason, at: path.key("allowFailed"), .remove(path.key("allowFailed")),
                    .insert(into: path, key: "options", ["allowFailed": value], after: "allowFailed"))
            }
        default: break
        }
    }
}
