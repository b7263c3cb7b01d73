internal import ApusModel

extension TypeSchema {
    /// The reference page of the type: its name, what it is for, and each of its own properties.
    public var markdown: String {
        var lines = ["# \(shortName)", "", "```yaml", "type: \"\(type)\"", "```", "", summary, ""]
        if isDeprecated {
            lines += ["> **Deprecated.** It still runs; prefer another type in new flows.", ""]
        }
        if !aliases.isEmpty {
            lines += ["Former names: \(aliases.map { "`\($0)`" }.joined(separator: ", ")).", ""]
        }
        if !properties.isEmpty { lines += ["## Properties", ""] }
        for property in properties { Self.append(property, to: &lines, prefix: "", level: 3) }
        if let outputs, !outputs.isEmpty { lines += ["## Outputs", ""] }
        for output in outputs ?? [] {
            let always = output.isRequired ? "" : ", not always there"
            lines.append("- `\(output.name)` (\(output.valueType.words)\(always)): \(output.description)")
        }
        while lines.last == "" { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func append(
        _ property: PropertySchema, to lines: inout [String], prefix: String, level: Int
    ) {
        let name = prefix + property.name
        lines += ["\(String(repeating: "#", count: level)) `\(name)`", ""]
        lines.append("- **Type:** \(property.valueType.words)")
        if case .enumeration(let names) = property.valueType {
            lines.append("- **Accepted values:** \(names.map { "`\($0)`" }.joined(separator: ", "))")
        }
        lines.append("- **Required:** \(property.isRequired ? "yes" : "no")")
        lines.append("- **Expressions:** \(property.isDynamic ? "rendered" : "not rendered")")
        if let value = property.defaultValue { lines.append("- **Default:** `\(value.json)`") }
        if !property.aliases.isEmpty {
            lines.append("- **Former names:** \(property.aliases.map { "`\($0)`" }.joined(separator: ", "))")
        }
        lines.append("")
        if !property.description.isEmpty { lines += [property.description, ""] }
        if let (children, mark) = property.valueType.children {
            for child in children {
                append(child, to: &lines, prefix: "\(name)\(mark).", level: min(level + 1, 6))
            }
        }
    }
}

extension ValueType {
    /// The properties of the object this is or holds, and what stands between the names: `files[].path`.
    fileprivate var children: (properties: [PropertySchema], mark: String)? {
        switch self {
        case .object(let properties): return (properties, "")
        case .list(let element): return element.children.map { ($0.properties, "[]" + $0.mark) }
        case .map(let element): return element.children.map { ($0.properties, ".*" + $0.mark) }
        case .either(let alternatives): return alternatives.lazy.compactMap(\.children).first
        case .any, .string, .integer, .number, .boolean, .duration, .instant, .enumeration, .plugin, .tasks:
            return nil
        }
    }
}
