import ApusModel

/// Where expressions find outputs: those of the execution, and for what runs in an iteration of a `Loop`, those of
/// the iteration in front of them.
extension ExecutionMachine {
    /// Puts a task run's outputs where expressions look for them: `outputs.task`, then a level for each `ForEach`.
    /// What is stored encrypted is text there.
    mutating func index(_ stored: Value, of place: Int) {
        for secret in surroundings.secrets(in: stored) where !outputSecrets.contains(secret) {
            outputSecrets.append(secret)
        }
        let values = surroundings.revealed(stored)
        let path = outputPath(of: place)[...]
        guard let scope = scope(of: place) else { return outputs.set(values, at: path) }
        scopes[scope, default: .map([:])].set(values, at: path)
    }

    mutating func unindex(_ place: Int) {
        let path = outputPath(of: place)[...]
        guard let scope = scope(of: place) else { return outputs.remove(at: path) }
        scopes[scope]?.remove(at: path)
    }

    /// Forgets what all runs of a task gave, wherever expressions look for it.
    mutating func unindexAll(of task: Int) {
        let path = [flow.tasks[task].id][...]
        outputs.remove(at: path)
        for scope in scopes.keys { scopes[scope]?.remove(at: path) }
    }

    /// The iteration in which a task run gives its outputs; an iteration itself gives nothing by a name.
    private func scope(of place: Int) -> Int? {
        runs[place].parentID.flatMap { placeOf[$0] }.flatMap(iteration(around:))
    }

    /// The keys under which expressions find the outputs of a task run.
    func outputPath(of place: Int) -> [String] {
        var path: [String] = []
        var current: Int? = place
        while let here = current, !isIteration(here) {
            if let value = runs[here].value { path.append(value) }
            current = runs[here].parentID.flatMap { placeOf[$0] }
        }
        path.append(runs[place].taskID)
        return path.reversed()
    }

    /// What a task run sees as `outputs`.
    func visibleOutputs(at place: Int?) -> Value {
        guard var current = place.flatMap(iteration(around:)) else { return outputs }
        var around = [current]
        while let outer = runs[current].parentID.flatMap({ placeOf[$0] }).flatMap(iteration(around:)) {
            around.append(outer)
            current = outer
        }
        guard case .map(var seen) = outputs else { return outputs }
        for place in around.reversed() {
            guard case .map(let entries)? = scopes[place] else { continue }
            for (task, value) in entries { seen[task] = value }
        }
        return .map(seen)
    }

    /// `item` in an iteration: `value`, `index`, `key`, and those of the loops around, the outermost first.
    func item(at place: Int?) -> Value? {
        guard let current = place.flatMap(iteration(around:)) else { return nil }
        var around: [Value] = []
        var outer = runs[current].parentID.flatMap { placeOf[$0] }.flatMap(iteration(around:))
        while let here = outer {
            around.append(.map(plainItem(here)))
            outer = runs[here].parentID.flatMap { placeOf[$0] }.flatMap(iteration(around:))
        }
        var item = plainItem(current)
        if let parent = around.first { item["parent"] = parent }
        if !around.isEmpty { item["parents"] = .list(around.reversed()) }
        return .map(item)
    }

    private func plainItem(_ place: Int) -> OrderedMap<Value> {
        var item: OrderedMap<Value> = [
            "value": .string(runs[place].value ?? ""), "index": .int(Int64(runs[place].iteration ?? 0)),
        ]
        if let key = key(of: place) { item["key"] = .string(key) }
        return item
    }
}

extension Value {
    /// Removes what stands at a path of keys, and the maps that are empty without it.
    fileprivate mutating func remove(at path: ArraySlice<String>) {
        guard let first = path.first, case .map(var entries) = self else { return }
        self = .null
        if path.count == 1 {
            entries[first] = nil
        } else {
            entries[first]?.remove(at: path.dropFirst())
            if entries[first]?.mapValue?.isEmpty == true { entries[first] = nil }
        }
        self = .map(entries)
    }
}
