import ApusModel

/// What tasks change in their execution: `Labels`, `SetVariables`, `UnsetVariables`.
extension ExecutionMachine {
    /// Makes the changes a result asks for; one that is refused fails the task, and with it those after it.
    ///
    /// - Returns: The state in which the execution is to end now; `nil` when it goes on.
    mutating func takeEffects(of result: inout TaskResult, _ place: Int, _ moment: Moment) -> State? {
        guard !result.effects.isEmpty, result.state != .failed else { return nil }
        for effect in result.effects {
            switch effect {
            case .addLabels(let labels):
                execution.labels.merge(labels)
            case .setVariables(let variables, let overwrite):
                let known = execution.variables.mapValue?.keys ?? []
                let doubles = overwrite ? [] : variables.keys.filter(known.contains)
                guard doubles.isEmpty else {
                    return fail(
                        &result, "the execution has \(Self.named(doubles)) already, and `overwrite` is false",
                        place, moment)
                }
                for (name, value) in variables { execution.variables.merge(value, under: name) }
            case .unsetVariables(let names, let ignoreMissing):
                var variables = execution.variables
                let missing = names.filter { !variables.remove(atDotted: $0) }
                guard missing.isEmpty || ignoreMissing else {
                    return fail(
                        &result, "the execution has no \(Self.named(missing)); `ignoreMissing` allows that",
                        place, moment)
                }
                execution.variables = variables
            case .exit(let state):
                // Whoever kills has the last word.
                if execution.state.current != .killing { return state }
            }
            changes.execution = true
        }
        return nil
    }

    private mutating func fail(
        _ result: inout TaskResult, _ message: String, _ place: Int, _ moment: Moment
    ) -> State? {
        log(place, .error, message, moment)
        result.state = .failed
        return nil
    }

    /// ``variable `a` ``, or ``variables `a`, `b` ``.
    private static func named(_ names: [String]) -> String {
        (names.count == 1 ? "variable " : "variables ") + names.map { "`\($0)`" }.joined(separator: ", ")
    }
}

extension Value {
    /// Sets an entry of a map; where there is a map already and another one comes, they become one.
    fileprivate mutating func merge(_ value: Value, under name: String) {
        // Taken out and put back, so that the map keeps one owner and is changed in place.
        var entries = mapValue ?? [:]
        self = .null
        if case .map(let new) = value, case .map? = entries[name] {
            var inner = entries[name] ?? .null
            entries[name] = .null
            for (key, value) in new { inner.merge(value, under: key) }
            entries[name] = inner
        } else {
            entries[name] = value
        }
        self = .map(entries)
    }

    /// Removes an entry: `a.b` is the entry of that name, else `b` in `a`. Answers false when there is none.
    fileprivate mutating func remove(atDotted path: String) -> Bool {
        guard case .map(var entries) = self else { return false }
        if entries[path] != nil {
            entries[path] = nil
            self = .map(entries)
            return true
        }
        guard let dot = path.firstIndex(of: ".") else { return false }
        let name = String(path[..<dot])
        guard var inner = entries[name], inner.remove(atDotted: String(path[path.index(after: dot)...]))
        else { return false }
        entries[name] = inner
        self = .map(entries)
        return true
    }
}
