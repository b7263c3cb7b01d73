import ApusModel

/// References such as `inputs.key-name`, which read as a subtraction: a key with a dash needs brackets.
///
/// Looked for in the texts of tasks, by the ids of inputs and tasks that have a dash.
struct DashedKeys {
    private let positions: PositionMap
    private var inputs: [String] = []
    private var outputs: [String] = []
    private(set) var faults: [Fault] = []

    init(_ flow: OrderedMap<Value>, positions: PositionMap) {
        self.positions = positions
        inputs = (flow["inputs"]?.listValue ?? []).compactMap { $0["id"]?.stringValue }.filter(Self.isDashed)
        let lists = ["tasks", "errors", "finally", "afterExecution"]
        for list in lists { collect(flow[list] ?? .null, depth: 0) }
        guard !inputs.isEmpty || !outputs.isEmpty else { return }
        for list in lists { check(flow[list] ?? .null, at: ValuePath().key(list), of: nil, depth: 0) }
    }

    private static func isDashed(_ id: String) -> Bool { id.contains("-") }

    private mutating func collect(_ value: Value, depth: Int) {
        guard depth < 128 else { return }
        switch value {
        case .list(let items): for item in items { collect(item, depth: depth + 1) }
        case .map(let entries):
            if let id = entries["id"]?.stringValue, entries["type"] != nil, Self.isDashed(id) {
                outputs.append(id)
            }
            for (_, item) in entries { collect(item, depth: depth + 1) }
        case .null, .bool, .int, .double, .string, .extended: break
        }
    }

    private mutating func check(_ value: Value, at path: ValuePath, of task: String?, depth: Int) {
        guard depth < 128 else { return }
        switch value {
        case .list(let items):
            for (place, item) in items.enumerated() {
                check(item, at: path.index(place), of: task, depth: depth + 1)
            }
        case .map(let entries):
            let task = entries["type"] == nil ? task : entries["id"]?.stringValue ?? task
            for (key, item) in entries { check(item, at: path.key(key), of: task, depth: depth + 1) }
        case .string(let text):
            guard let task, text.contains("{{") || text.contains("{%") else { return }
            if inputs.contains(where: { Self.reads("inputs.\($0)", in: text) }) {
                note("input", "inputs", task, path)
            }
            if outputs.contains(where: { Self.reads("outputs.\($0)", in: text) }) {
                note("output", "outputs", task, path)
            }
        case .null, .bool, .int, .double, .extended: break
        }
    }

    private mutating func note(_ what: String, _ root: String, _ task: String, _ path: ValuePath) {
        faults.append(
            Fault(
                "Invalid Flow: Invalid \(what) reference: use \(root)[key-name] instead of \(root).key-name — keys "
                    + "with dashes require bracket notation, offending tasks: [\(task)]", at: path,
                position: positions.position(of: path), remedy: "write `\(root)['…']`"))
    }

    /// Whether a reference stands in an expression of the text as a whole name.
    private static func reads(_ reference: String, in text: String) -> Bool {
        var rest = Substring(text)
        while let found = rest.firstRange(of: reference) {
            let (before, after) = (text[..<found.lowerBound], text[found.upperBound...])
            if !(before.last.map(isPartOfName) ?? false), !(after.first.map(isPartOfName) ?? false),
                isInExpression(before)
            {
                return true
            }
            rest = rest[found.upperBound...]
        }
        return false
    }

    private static func isPartOfName(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == "-"
    }

    private static func isInExpression(_ before: Substring) -> Bool {
        for (open, close) in [("{{", "}}"), ("{%", "%}")] {
            let parts = before.split(separator: open, omittingEmptySubsequences: false)
            if parts.count > 1, let last = parts.last, !last.contains(close) { return true }
        }
        return false
    }
}
