import ApusModel
import ApusYAML

/// Looks through a flow for what only one edition has; keeps the first sign of each.
struct EditionSigns {
    /// What 2.x removed.
    private(set) var first: EditionSign?
    /// What only 2.x has.
    private(set) var second: EditionSign?

    private static let taskLists = ["tasks", "errors", "finally", "afterExecution"]
    private static let depthLimit = YAMLLimits.default.depth

    mutating func collect(_ flow: OrderedMap<Value>) {
        let root = ValuePath()
        for (key, value) in flow where !value.isNull {
            let path = root.key(key)
            switch key {
            case "pluginDefaults", "taskDefaults", "listeners", "workerGroup":
                note(.one, "`\(key)`", path)
            case "workerSelector", "quotas", "policyRefs", "draft": note(.two, "`\(key)`", path)
            default: break
            }
            switch key {
            case "tasks", "errors", "finally", "afterExecution": tasks(value, path, depth: 0)
            case "listeners":
                each(value, path) { $0.within($1, $2, ["tasks"]) }
            case "inputs": each(value, path) { $0.input($1, $2) }
            case "triggers": each(value, path) { $0.trigger($1, $2) }
            case "checks":
                each(value, path) {
                    $0.noteKeys(["when": .two, "condition": .one], "of a check", $1, $2)
                }
            case "retry": retry(value, path)
            default: break
            }
        }
        for (key, value) in flow where key != "description" {
            expressions(value, root.key(key), depth: 0)
        }
    }

    private mutating func note(_ edition: Edition, _ words: String, _ path: ValuePath) {
        switch edition {
        case .one where first == nil: first = EditionSign(edition: edition, words: words, path: path)
        case .two where second == nil: second = EditionSign(edition: edition, words: words, path: path)
        case .one, .two: break
        }
    }

    private mutating func noteKeys(
        _ keys: KeyValuePairs<String, Edition>, _ owner: String, _ map: OrderedMap<Value>, _ path: ValuePath
    ) {
        for (key, edition) in keys where map[key].map({ !$0.isNull }) == true {
            note(edition, "`\(key)` \(owner)", path.key(key))
        }
    }

    private mutating func each(
        _ value: Value, _ path: ValuePath, _ look: (inout Self, OrderedMap<Value>, ValuePath) -> Void
    ) {
        for (place, item) in (value.listValue ?? []).enumerated() {
            if let map = item.mapValue { look(&self, map, path.index(place)) }
        }
    }

    private mutating func within(_ map: OrderedMap<Value>, _ path: ValuePath, _ keys: [String]) {
        for key in keys { tasks(map[key] ?? .null, path.key(key), depth: 0) }
    }

    private mutating func tasks(_ value: Value, _ path: ValuePath, depth: Int) {
        guard depth < Self.depthLimit else { return }
        each(value, path) { $0.task($1, $2, depth: depth + 1) }
    }

    private mutating func task(_ map: OrderedMap<Value>, _ path: ValuePath, depth: Int) {
        if let inner = map["task"]?.mapValue, map["type"] == nil {
            return task(inner, path.key("task"), depth: depth)
        }
        type(map, path)
        let keys: KeyValuePairs<String, Edition> = [
            "when": .two, "workerSelector": .two, "workerGroup": .one, "pluginDefaultsRef": .one,
        ]
        noteKeys(keys, "of a task", map, path)
        retry(map["retry"] ?? .null, path.key("retry"))
        propertiesOfType(map, path)
        for key in Self.taskLists + ["then", "else", "defaults"] {
            tasks(map[key] ?? .null, path.key(key), depth: depth)
        }
        for (name, list) in map["cases"]?.mapValue ?? [:] {
            tasks(list, path.key("cases").key(name), depth: depth)
        }
    }

    private mutating func type(_ map: OrderedMap<Value>, _ path: ValuePath) {
        guard let name = map["type"]?.stringValue, let edition = EditionNames.edition(ofType: name) else {
            return
        }
        note(edition, "the type `\(name)`", path.key("type"))
    }

    private mutating func propertiesOfType(_ map: OrderedMap<Value>, _ path: ValuePath) {
        let name = map["type"]?.stringValue?.split(separator: ".").last.map(String.init) ?? ""
        for (key, edition) in EditionNames.properties[name] ?? [] where map[key].map({ !$0.isNull }) == true {
            note(edition, "`\(key)` of \(name)", path.key(key))
        }
    }

    private mutating func retry(_ value: Value, _ path: ValuePath) {
        if let map = value.mapValue { noteKeys(["maxAttempt": .one], "of a retry", map, path) }
    }

    private mutating func input(_ map: OrderedMap<Value>, _ path: ValuePath) {
        noteKeys(["jsonSchema": .two, "options": .one], "of an input", map, path)
        if map["id"] == nil { noteKeys(["name": .one], "of an input", map, path) }
        if let type = map["type"]?.stringValue, ["ENUM", "BOOLEAN"].contains(type) {
            note(.one, "the type `\(type)`", path.key("type"))
        }
        each(map["values"] ?? .null, path.key("values")) {
            if $1["label"] != nil { $0.note(.two, "a value with a label", $2) }
        }
        each(map["inputs"] ?? .null, path.key("inputs")) { inner, map, path in
            if map["inputs"] == nil { inner.input(map, path) }
        }
    }

    private mutating func trigger(_ map: OrderedMap<Value>, _ path: ValuePath) {
        type(map, path)
        let keys: KeyValuePairs<String, Edition> = [
            "when": .two, "dependsOn": .two, "window": .two, "mode": .two, "minSatisfied": .two,
            "onMiss": .two, "workerSelector": .two, "conditions": .one, "preconditions": .one,
            "scheduleConditions": .one, "workerGroup": .one, "pluginDefaultsRef": .one,
        ]
        noteKeys(keys, "of a trigger", map, path)
        propertiesOfType(map, path)
    }

    private mutating func expressions(_ value: Value, _ path: ValuePath, depth: Int) {
        guard depth < Self.depthLimit, first == nil || second == nil else { return }
        switch value {
        case .string(let text):
            for name in ExpressionNames.found(in: text) { note(name.edition, name.words, path) }
        case .list(let items):
            for (place, item) in items.enumerated() { expressions(item, path.index(place), depth: depth + 1) }
        case .map(let entries):
            for (key, item) in entries { expressions(item, path.key(key), depth: depth + 1) }
        case .null, .bool, .int, .double, .extended: break
        }
    }
}
