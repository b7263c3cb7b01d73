import ApusExpressions
import ApusModel

/// A task that sets variables, as far as it shows before it runs.
struct VariableSetter {
    /// Its place in the tasks of the flow.
    var task: Int
    /// The names it sets; `nil` when they are known only once it runs.
    var names: [String]?

    private static let type = "io.kestra.plugin.core.execution.SetVariables"

    init?(_ task: CompiledTask, at place: Int) {
        guard task.type == Self.type else { return nil }
        self.task = place
        names = task.properties.staticKeys(of: "variables")
    }

    func sets(_ name: String) -> Bool { names?.contains(name) ?? true }
}

/// References to variables: `vars.name`, of the flow or set by a task.
extension ReferenceCheck {
    func variableFinding(_ reference: Reference, _ scope: Scope) -> Finding? {
        guard let name = reference.keys.first else { return nil }
        let setters = setters.filter { $0.sets(name) }
        if setters.isEmpty { return missingVariable(reference) }
        guard variables[name] == nil else { return nil }
        let answers = setters.map { (setter: $0.task, answer: answer(for: scope, reading: $0.task)) }
        guard let first = answers.first, answers.allSatisfy({ $0.answer == .after || $0.answer == .never })
        else { return nil }
        let id = tasks[first.setter].id
        return Finding(
            "`vars.\(name)` is not there yet: the task `\(id)` sets it later",
            remedy: "read it in a task that runs after `\(id)`")
    }

    func knows(variable keys: [String]) -> Bool {
        if keys.count == 1, let name = keys.first,
            setters.contains(where: { $0.names?.contains(name) == true })
        {
            return true
        }
        return keys.reduce(Optional(variables)) { $0?[$1] } != nil
    }

    private func answer(for scope: Scope, reading setter: Int) -> TaskOrder.Answer {
        switch scope {
        case .task(let task): order.answer(for: task, reading: setter)
        case .outputs, .serviceLevel: order.answer(for: nil, reading: setter)
        case .inputs, .checks: .after
        }
    }

    private func missingVariable(_ reference: Reference) -> Finding? {
        var value = variables
        for key in reference.keys {
            guard case .map(let entries) = value else { return nil }
            guard let next = entries[key] else {
                return Finding(
                    "the flow has no variable `\(key)` under `vars`",
                    remedy: NearestName.of(key, among: entries.keys).map { "did you mean `\($0)`?" }
                        ?? "add it to `variables`")
            }
            value = next
        }
        return nil
    }
}
