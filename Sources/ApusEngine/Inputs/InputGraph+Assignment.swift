internal import ApusModel

extension InputGraph {
    /// What was given, by the ids that are declared; and given ids that no input has.
    func assigned(_ given: [(String, GivenInput)]) -> (known: [String: GivenInput], unknown: [String]) {
        var known: [String: GivenInput] = [:]
        var unknown: [String] = []
        for (id, value) in given { assign(id, value, &known, &unknown) }
        return (known, unknown)
    }

    /// A map for `a` is taken apart where inputs `a.b` are declared; forms are such a case.
    private func assign(
        _ id: String, _ value: GivenInput, _ known: inout [String: GivenInput], _ unknown: inout [String]
    ) {
        if place(of: id) != nil {
            known[id] = value
        } else if case .value(.map(let entries)) = value, !below(id).isEmpty {
            for (key, inner) in entries { assign("\(id).\(key)", .value(inner), &known, &unknown) }
        } else if !unknown.contains(id) {
            unknown.append(id)
        }
    }
}
