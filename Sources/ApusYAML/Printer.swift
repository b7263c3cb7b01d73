internal import ApusModel

/// Prints values as YAML in block style: two spaces a level, list items indented, quotes only where needed.
struct Printer {
    private var text = ""

    mutating func document(_ value: Value) -> String {
        switch value {
        case .map(let entries) where !entries.isEmpty: print(entries, indent: 0, startsHere: true)
        case .list(let items) where !items.isEmpty: print(items, indent: 0, startsHere: true)
        default:
            text += scalar(value, indent: 0)
            text += "\n"
        }
        return text
    }

    private mutating func startLine(_ indent: Int) {
        text += String(repeating: " ", count: indent)
    }

    /// - Parameter startsHere: The first entry continues the current line, after `- `.
    private mutating func print(_ entries: OrderedMap<Value>, indent: Int, startsHere: Bool) {
        var isFirst = startsHere
        for (key, value) in entries {
            if !isFirst { startLine(indent) }
            isFirst = false
            let printedKey = Self.key(key)
            if printedKey.utf8.count > 1000 {
                text += "? \(printedKey)\n"
                startLine(indent)
                text += ":"
            } else {
                text += "\(printedKey):"
            }
            switch value {
            case .map(let children) where !children.isEmpty:
                text += "\n"
                print(children, indent: indent + 2, startsHere: false)
            case .list(let items) where !items.isEmpty:
                text += "\n"
                print(items, indent: indent + 2, startsHere: false)
            default: text += " \(scalar(value, indent: indent + 2))\n"
            }
        }
    }

    private mutating func print(_ items: [Value], indent: Int, startsHere: Bool) {
        var isFirst = startsHere
        for item in items {
            if !isFirst { startLine(indent) }
            isFirst = false
            text += "- "
            switch item {
            case .map(let children) where !children.isEmpty:
                print(children, indent: indent + 2, startsHere: true)
            case .list(let inner) where !inner.isEmpty: print(inner, indent: indent + 2, startsHere: true)
            default: text += "\(scalar(item, indent: indent + 2))\n"
            }
        }
    }

    /// - Parameter indent: Of the lines of a block, when the text has several.
    private func scalar(_ value: Value, indent: Int) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): String(number)
        case .double(let number): Self.text(of: number)
        case .string(let text): ScalarStyle.print(text, indent: indent)
        case .list: "[]"
        case .map: "{}"
        case .extended(.float(let number)): Self.text(of: Double("\(number)") ?? Double(number))
        case .extended(.decimal(let digits)): digits
        case .extended(let extended): ScalarStyle.print(extended.text, indent: indent)
        }
    }

    private static func text(of number: Double) -> String {
        guard number.isFinite else { return number.isNaN ? ".nan" : number < 0 ? "-.inf" : ".inf" }
        return JSONWriter.text(of: number)
    }

    private static func key(_ key: String) -> String {
        key.utf8.contains(0x0A) || key == "<<"
            ? ScalarStyle.doubleQuoted(key) : ScalarStyle.print(key, indent: 0)
    }
}
