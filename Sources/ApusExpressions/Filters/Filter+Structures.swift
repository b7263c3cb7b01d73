import ApusModel
import ApusYAML

extension Filter {
    /// Filters that make texts of structures and look into them.
    static let structures: [Filter] = [
        Filter("toJson", takesNull: true, toJSON), Filter("json", takesNull: true, toJSON),
        Filter("jsonEncode", takesNull: true, toJSON),
        Filter("toIon", takesNull: true) { (value, _) throws(ExpressionError) in
            var writer = IonWriter()
            writer.write(value)
            return .string(writer.text)
        },
        Filter("yaml", takesNull: true) { (value, call) throws(ExpressionError) in
            guard !value.isNull else { return .string("null") }
            var writer = BlockYAML()
            let text = writer.document(value)
            // Each character is looked at several times to find the plainest way to write it.
            try call.evaluator.spend(bytes: 3 * text.utf8.count)
            return .string(text)
        },
        Filter("jq", ["expression*"]) { (value, call) throws(ExpressionError) in
            let source = try call.string(0)
            var input = value
            if case .string(let text) = value {
                do {
                    input = try JSONParser.parse(text)
                } catch {
                    throw .failed("the input of `jq` is not JSON: \(error)")
                }
            }
            if let value = JqPath(source)?.value(in: input) { return .list([value]) }
            let outputs = try call.evaluator.jq(source).outputs(of: input)
            try call.evaluator.spend(outputs.count)
            return .list(outputs)
        },
    ]

    private static let toJSON: Body = { (value, _) throws(ExpressionError) in .string(value.compactJSON) }
}

/// YAML as the filter `yaml` prints it: block style, items of lists indented by one space, few quotes.
struct BlockYAML {
    private var text = ""

    mutating func document(_ value: Value) -> String {
        switch value {
        case .map(let entries) where !entries.isEmpty: print(entries, indent: 0, startsHere: true)
        case .list(let items) where !items.isEmpty: print(items, indent: 0)
        default: text += scalar(value, indent: 0) + "\n"
        }
        return text
    }

    private func space(_ count: Int) -> String { String(repeating: " ", count: count) }

    /// - Parameter startsHere: The first entry continues the present line.
    private mutating func print(_ entries: OrderedMap<Value>, indent: Int, startsHere: Bool) {
        var startsHere = startsHere
        for (key, value) in entries {
            if !startsHere { text += space(indent) }
            startsHere = false
            text += scalar(.string(key), indent: indent) + ":"
            switch value {
            case .map(let children) where !children.isEmpty:
                text += "\n"
                print(children, indent: indent + 2, startsHere: false)
            case .list(let items) where !items.isEmpty:
                text += "\n"
                print(items, indent: indent)
            default: text += " " + scalar(value, indent: indent) + "\n"
            }
        }
    }

    private mutating func print(_ items: [Value], indent: Int) {
        for item in items {
            text += space(indent + 1) + "-"
            switch item {
            case .map(let children) where !children.isEmpty:
                text += " "
                print(children, indent: indent + 3, startsHere: true)
            case .list(let inner) where !inner.isEmpty:
                text += "\n"
                print(inner, indent: indent + 2)
            default: text += " " + scalar(item, indent: indent + 1) + "\n"
            }
        }
    }

    private func scalar(_ value: Value, indent: Int) -> String {
        switch value {
        case .list: return "[]"
        case .map: return "{}"
        case .null, .bool, .int, .double, .string, .extended:
            let lines = YAML.print(value).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            // The lines of a block already stand two spaces in.
            return lines.enumerated().map { $0 == 0 || $1.isEmpty ? String($1) : space(indent) + $1 }
                .joined(separator: "\n")
        }
    }
}
