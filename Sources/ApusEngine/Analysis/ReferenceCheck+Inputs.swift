import ApusExpressions
import ApusModel

/// References to inputs: `inputs.name`, and what lies inside its value.
extension ReferenceCheck {
    enum InputMatch: Hashable {
        case none
        /// The keys lead to a part of the id: `inputs.a` of an input `a.b`.
        case part
        /// The keys lead to the input, this many of them.
        case whole(keys: Int, input: Int)
    }

    func inputMatch(_ keys: [String]) -> InputMatch {
        for (place, id) in allInputs.map(\.id).enumerated() {
            let parts = id.split(separator: ".").map(String.init)
            if keys.starts(with: parts) { return .whole(keys: parts.count, input: place) }
            if parts.starts(with: keys) { return .part }
        }
        return .none
    }

    /// Inputs with the ids that expressions use: those of a form follow its id.
    var allInputs: [(id: String, type: InputType)] {
        inputs.flatMap { input -> [(id: String, type: InputType)] in
            guard case .form(let members) = input.type else { return [(input.id, input.type)] }
            return members.map { ("\(input.id).\($0.id)", $0.type) }
        }
    }

    func inputFinding(_ reference: Reference) -> Finding? {
        let keys = reference.keys
        guard !keys.isEmpty else { return nil }
        switch inputMatch(keys) {
        case .part: return nil
        case .none:
            let name = keys.joined(separator: ".")
            let known = allInputs.map(\.id)
            return Finding(
                "the flow has no input `\(name)`",
                remedy: NearestName.of(name, among: known).map { "did you mean `\($0)`?" }
                    ?? "declare it under `inputs`")
        case .whole(let count, let place):
            let input = allInputs[place]
            guard keys.count > count || !reference.isExact, input.type.isScalar else { return nil }
            return Finding("the input `\(input.id)` is of type \(input.type.name) and has no parts")
        }
    }
}

extension InputType {
    /// Its values hold nothing that a key could name.
    fileprivate var isScalar: Bool {
        switch self {
        case .string, .secret, .select, .int, .float, .bool, .dateTime, .date, .time, .duration, .file, .uri,
            .email:
            true
        case .multiselect, .json, .yaml, .ion, .array, .form: false
        }
    }
}
