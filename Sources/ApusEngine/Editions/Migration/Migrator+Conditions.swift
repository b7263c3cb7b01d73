import ApusExpressions
import ApusModel

/// Conditions of edition 1 and `when` of edition 2.
extension Migrator {
    /// `listeners` are tasks of `afterExecution` with `when`.
    mutating func listeners() {
        let path = ValuePath().key("listeners")
        guard let items = flow["listeners"]?.listValue, !items.isEmpty else { return }
        var tasks: [Value] = []
        for (place, item) in items.enumerated() {
            let place = path.index(place)
            let when = expression(
                of: item["conditions"] ?? .null, at: place.key("conditions"), about: .own)
            guard let when, let own = item["tasks"]?.listValue else {
                return leave(
                    "the conditions of this listener cannot be written as one expression", at: place,
                    remedy: "move its tasks to `afterExecution` yourself")
            }
            for task in own {
                guard var map = task.mapValue else { continue }
                if !when.isEmpty {
                    guard map["runIf"] == nil, map["when"] == nil else {
                        return leave(
                            "a task of this listener has a `runIf` of its own", at: place,
                            remedy: "move its tasks to `afterExecution` yourself")
                    }
                    map["when"] = .string("{{ \(when) }}")
                }
                tasks.append(.map(map))
            }
        }
        let reason = "`listeners` are gone in edition 2: their tasks stand in `afterExecution`, with `when`"
        change(reason, at: path, .remove(path))
        if flow["afterExecution"] == nil {
            also(.insert(into: ValuePath(), key: "afterExecution", .list(tasks), after: flow.keys.last))
        } else {
            also(.append(ValuePath().key("afterExecution"), tasks))
        }
    }

    mutating func trigger(_ map: OrderedMap<Value>, at path: ValuePath) {
        workers(map, at: path)
        switch target {
        case .two:
            conditions("conditions", map, at: path)
            conditions("scheduleConditions", map, at: path)
            preconditions(map, at: path)
        case .one:
            if let when = map["when"]?.stringValue {
                change(
                    "`when` of a trigger is a condition of type Expression in edition 1",
                    at: path.key("when"),
                    .remove(path.key("when")),
                    .insert(
                        into: path, key: "conditions",
                        [
                            [
                                "type": "io.kestra.plugin.core.condition.Expression",
                                "expression": .string(when),
                            ]
                        ],
                        after: "when"))
            }
            for key in ["dependsOn", "window", "mode", "minSatisfied", "onMiss"] where map[key] != nil {
                leave(
                    "`\(key)` of a trigger has no counterpart in edition 1", at: path.key(key),
                    remedy: "write `preconditions`")
            }
        }
    }

    private mutating func conditions(_ key: String, _ map: OrderedMap<Value>, at path: ValuePath) {
        guard let written = map[key], !written.isNull else { return }
        let isFlow = map["type"]?.stringValue?.hasSuffix(".Flow") == true
        let subject = isFlow ? ConditionSubject.upstream : .own
        guard map["when"] == nil, let when = expression(of: written, at: path.key(key), about: subject) else {
            return leave(
                "these conditions cannot be written as one expression", at: path.key(key),
                remedy: "write them as `when` yourself")
        }
        change("`\(key)` are one expression, `when`, in edition 2", at: path.key(key), .remove(path.key(key)))
        if !when.isEmpty {
            also(.insert(into: path, key: "when", .string("{{ \(when) }}"), after: key))
        }
    }

    private mutating func preconditions(_ map: OrderedMap<Value>, at path: ValuePath) {
        guard let written = map["preconditions"]?.mapValue else { return }
        let place = path.key("preconditions")
        guard let flows = written["flows"], written["where"] == nil, written["timeWindow"] == nil else {
            return leave(
                "`preconditions` are `dependsOn` and `window` in edition 2", at: place,
                remedy: "write them yourself: `where` is `when`, `timeWindow` is `window`")
        }
        change(
            "`preconditions` are `dependsOn` in edition 2", at: place, .remove(place),
            .insert(into: path, key: "dependsOn", flows, after: "preconditions"))
    }

    /// A list of conditions as one expression; empty for none, `nil` when it takes more than one.
    private func expression(of conditions: Value, at path: ValuePath, about subject: ConditionSubject)
        -> String?
    {
        var reader = ConditionReader(
            catalogue: compiler.catalogue, positions: positions, edition: .two, subject: subject)
        let all = reader.all(conditions, at: path)
        guard !reader.faults.contains(where: { $0.severity == .error }) else { return nil }
        return all.isEmpty ? "" : Predicate.all(all).expression
    }
}

extension ConditionSubject {
    /// The execution that may fire a Flow trigger.
    static let upstream = ConditionSubject(
        state: "trigger.state", namespace: "trigger.namespace", flow: "trigger.flowId",
        labels: "trigger.executionLabels")
}

extension Predicate {
    /// The predicate as one expression; `nil` when a template in it is more than an expression.
    var expression: String? {
        switch self {
        case .template(let template): return ExpressionText.only(template.source)
        case .all(let parts): return Self.joined(parts, "and", empty: "true")
        case .any(let parts): return Self.joined(parts, "or", empty: "false")
        case .not(let part): return part.expression.map { "not (\($0))" }
        }
    }

    private static func joined(_ parts: [Predicate], _ word: String, empty: String) -> String? {
        if parts.count == 1 { return parts[0].expression }
        var texts: [String] = []
        for part in parts {
            guard let text = part.expression else { return nil }
            texts.append("(\(text))")
        }
        return texts.isEmpty ? empty : texts.joined(separator: " \(word) ")
    }
}
