import ApusExpressions
import ApusModel
import ApusSchema

/// Values whose kind is known before, and filters that do not take it.
extension ReferenceCheck {
    func filterFinding(_ reference: Reference) -> Finding? {
        guard let filter = reference.filter, reference.isExact, let kind = kind(of: reference) else {
            return nil
        }
        let taken = FilterInput.kinds(of: filter)
        guard !taken.contains(kind) else { return nil }
        let name = ([reference.root] + reference.keys).joined(separator: ".")
        let words = ValueKind.allCases.filter(taken.contains).map(\.words).joined(separator: " or ")
        return Finding(
            "the filter `\(filter)` takes \(words), and `\(name)` is \(kind.words)",
            remedy: Self.conversion(from: kind, to: taken).map { "convert it: `\(name) | \($0) | \(filter)`" }
        )
    }

    private static func conversion(from kind: ValueKind, to taken: Set<ValueKind>) -> String? {
        if kind == .text, taken.contains(.number) { return "number" }
        return kind != .text && taken.contains(.text) ? "string" : nil
    }

    private func kind(of reference: Reference) -> ValueKind? {
        let keys = reference.keys
        switch (reference.root, keys.first) {
        case ("inputs", _):
            guard case .whole(let count, let input) = inputMatch(keys), count == keys.count else {
                return nil
            }
            return allInputs[input].type.kind
        case ("outputs", let id?):
            guard keys.count == 2, let place = task(named: id), order.loops(around: place).isEmpty else {
                return nil
            }
            let outputs = catalogue.schema(named: tasks[place].type)?.outputs
            return outputs?.first { $0.name == keys[1] }?.valueType.kind
        case ("taskrun", "value"?), ("taskrun", "id"?), ("flow", "id"?), ("flow", "namespace"?),
            ("execution", "id"?), ("task", "id"?), ("task", "type"?):
            return keys.count == 1 ? .text : nil
        case ("taskrun", "iteration"?), ("taskrun", "attemptsCount"?), ("flow", "revision"?):
            return keys.count == 1 ? .number : nil
        default: return nil
        }
    }
}

extension InputType {
    /// `nil` for dates and durations, and where it depends on the value.
    fileprivate var kind: ValueKind? {
        switch self {
        case .string, .secret, .select, .file, .uri, .email: .text
        case .int, .float: .number
        case .bool: .boolean
        case .multiselect, .array: .list
        case .dateTime, .date, .time, .duration, .json, .yaml, .ion, .form: nil
        }
    }
}

extension ValueType {
    fileprivate var kind: ValueKind? {
        switch self {
        case .string, .enumeration: .text
        case .integer, .number: .number
        case .boolean: .boolean
        case .list: .list
        case .map, .object: .map
        case .any, .duration, .instant, .plugin, .tasks, .either: nil
        }
    }
}
