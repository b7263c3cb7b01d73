import ApusExpressions
import ApusModel
import ApusSchema

/// References to what tasks give: `outputs.task.name`.
extension ReferenceCheck {
    func outputFinding(_ reference: Reference, _ scope: Scope) -> Finding? {
        guard let id = reference.keys.first else { return nil }
        guard let place = task(named: id) else { return noTask(id, reference) }
        return orderFinding(place, scope) ?? propertyFinding(place, reference, scope)
    }

    private func orderFinding(_ place: Int, _ scope: Scope) -> Finding? {
        let reader: Int? = if case .task(let task) = scope { task } else { nil }
        let id = tasks[place].id
        let subject = "`outputs.\(id)` is not there yet"
        switch order.answer(for: reader, reading: place) {
        case .before: return nil
        case .itself: return Finding("\(subject): it is what this task gives when it has run")
        case .inside: return Finding("\(subject): the task `\(id)` runs inside this one")
        case .never: return Finding("`outputs.\(id)` is never there: the task is disabled")
        case .after:
            return Finding(
                "\(subject): the task `\(id)` runs later", remedy: "read it in a task that runs after `\(id)`"
            )
        case .otherBranch(let owner):
            return Finding(
                "`outputs.\(id)` is never there: of the branches of `\(tasks[owner].id)` only one runs",
                remedy: "write `outputs.\(id) ?? …`")
        case .beside:
            return Finding(
                "`outputs.\(id)` may not be there: the task `\(id)` runs at the same time",
                remedy: "let this task wait for `\(id)`, or write `outputs.\(id) ?? …`")
        }
    }

    private func propertyFinding(_ place: Int, _ reference: Reference, _ scope: Scope) -> Finding? {
        let task = tasks[place]
        guard let outputs = catalogue.schema(named: task.type)?.outputs, reference.keys.count > 1 else {
            return nil
        }
        let key = reference.keys[1]
        guard order.loops(around: place).isEmpty else {
            return loopFinding(place, key, isOutput: outputs.contains { $0.name == key })
        }
        let type = task.type.split(separator: ".").suffix(2).joined(separator: ".")
        guard let output = outputs.first(where: { $0.name == key }) else {
            let names = outputs.map(\.name)
            return Finding(
                "the task `\(task.id)` gives no `\(key)`: it is of type \(type)",
                remedy: NearestName.of(key, among: names).map { "did you mean `\($0)`?" }
                    ?? (names.isEmpty
                        ? "that type gives nothing" : "it gives \(names.joined(separator: ", "))"))
        }
        guard reference.keys.count > 2 else { return nil }
        if output.valueType.isScalar {
            return Finding("`\(key)` of the task `\(task.id)` is \(output.valueType.words) and has no parts")
        }
        return declaredFinding(task, output: key, name: reference.keys[2])
    }

    /// `outputs.x.value` of a task inside a loop names an item, not an output.
    private func loopFinding(_ place: Int, _ key: String, isOutput: Bool) -> Finding? {
        let loops = order.loops(around: place)
        guard isOutput, !loops.contains(where: { items(of: $0, contain: key) }), let loop = loops.first else {
            return nil
        }
        let id = tasks[place].id
        return Finding(
            "`outputs.\(id).\(key)` is missing: `\(id)` runs inside the loop `\(tasks[loop].id)` and gives `\(key)` for each item",
            remedy: "write `outputs.\(id)[taskrun.value].\(key)`")
    }

    private func items(of loop: Int, contain key: String) -> Bool {
        guard case .flow(.forEach(let values, _)) = tasks[loop].kind else { return false }
        guard case .literal(let literal) = values else { return true }
        return literal.json.contains(key)
    }

    /// Values that the flow itself names: those of `OutputValues`, and the inputs of a pause.
    private func declaredFinding(_ task: CompiledTask, output: String, name: String) -> Finding? {
        let names: [String]?
        switch task.kind {
        case .flow(.pause(let pause)) where output == "onResume":
            names = pause.onResume.map { $0.id.split(separator: ".").first.map(String.init) ?? $0.id }
        case .inline where output == "values":
            names = task.properties.staticKeys(of: output)
        case .flow, .inline, .runnable, .subflow: names = nil
        }
        guard let names, !names.contains(name) else { return nil }
        return Finding(
            "`\(output)` of the task `\(task.id)` has no `\(name)`",
            remedy: NearestName.of(name, among: names).map { "did you mean `\($0)`?" }
                ?? "it has \(names.joined(separator: ", "))")
    }
}

extension ValueType {
    /// Its values hold nothing that a key could name.
    fileprivate var isScalar: Bool {
        switch self {
        case .string, .integer, .number, .boolean, .duration, .instant, .enumeration: true
        case .any, .list, .map, .object, .plugin, .tasks, .either: false
        }
    }
}

extension TemplateTree {
    /// The keys of a map that is written out under a key; `nil` when they are known only when rendering.
    func staticKeys(of key: String) -> [String]? {
        switch self {
        case .literal(let value): return value[key]?.mapValue?.keys
        case .map(let entries):
            for case (.literal(.string(key)), let value) in entries {
                switch value {
                case .literal(let value): return value.mapValue?.keys
                case .map(let inner):
                    let names = inner.compactMap { entry -> String? in
                        if case .literal(.string(let name)) = entry.key { name } else { nil }
                    }
                    return names.count == inner.count ? names : nil
                case .template, .attempt, .typed, .list: return nil
                }
            }
            return nil
        case .template, .attempt, .typed, .list: return nil
        }
    }
}
