import ApusModel

extension ExecutionMachine {
    /// Removes task runs, here and from the store.
    ///
    /// The runs begun last go at the cost of what goes; others move the places of those behind them, so that
    /// frames and lanes have to be rebuilt.
    ///
    /// - Returns: Whether every other run kept its place.
    @discardableResult
    mutating func forget(_ gone: Set<Int>) -> Bool {
        guard !gone.isEmpty else { return true }
        for place in gone.sorted() {
            changes.removed.append(details[place].sequence)
            if isIteration(place), !gone.contains(details[place].frame) { forgetIteration(place) }
        }
        if let first = gone.min(), first + gone.count == runs.count {
            forgetLast(from: first)
            return true
        }
        // What was let go of cannot be put under `outputs` again: they are mended, not made anew.
        if !isWhole { for place in gone.sorted() where runs[place].outputs != nil { unindex(place) } }
        let changed = Set(changes.runs.map { details[$0].sequence })
        let kept = runs.indices.filter { !gone.contains($0) }
        if !isWhole {
            scopes = Dictionary(
                uniqueKeysWithValues: kept.enumerated().compactMap { place, old in
                    scopes[old].map { (place, $0) }
                })
        }
        runs = kept.map { runs[$0] }
        details = kept.map { details[$0] }
        placeOf = Dictionary(uniqueKeysWithValues: runs.enumerated().map { ($0.element.id, $0.offset) })
        changes.renumber(details.indices.filter { changed.contains(details[$0].sequence) })
        return false
    }

    private mutating func forgetLast(from first: Int) {
        for place in (first..<runs.count).reversed() {
            if runs[place].outputs != nil { unindex(place) }
            scopes[place] = nil
            placeOf[runs[place].id] = nil
            frames[place] = nil
        }
        runs.removeSubrange(first...)
        details.removeSubrange(first...)
        if changes.runs.contains(where: { $0 >= first }) {
            changes.renumber(changes.runs.filter { $0 < first })
        }
    }

    /// The task runs inside these, at any depth; a run comes after the one around it.
    func descendants(of places: Set<Int>) -> Set<Int> {
        guard let first = places.min() else { return [] }
        var inside: Set<Int> = []
        for place in first..<runs.count {
            guard let parent = runs[place].parentID.flatMap({ placeOf[$0] }) else { continue }
            if places.contains(parent) || inside.contains(parent) { inside.insert(place) }
        }
        return inside
    }
}

extension Changes {
    /// The places after task runs were removed.
    mutating func renumber(_ places: [Int]) {
        let removed = removed
        let execution = execution
        self = Changes()
        self.execution = execution
        self.removed = removed
        for place in places { note(place) }
    }
}
