/// Writes parts of expressions from what a user wrote as properties.
enum ExpressionText {
    /// `it's` as `'it\'s'`.
    static func quoted(_ text: String) -> String {
        var quoted = "'"
        for character in text.unicodeScalars {
            if character == "'" || character == "\\" { quoted.unicodeScalars.append("\\") }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "'"
    }

    /// An expression whose value is what a template renders to: of `{{ a.b }}` just `(a.b)`.
    static func rendered(_ template: String) -> String {
        guard template.contains("{{") || template.contains("{%") else { return quoted(template) }
        return only(template).map { "(\($0))" } ?? "renderOnce(\(quoted(template)))"
    }

    /// Holds when each of these does.
    static func all(_ parts: [String]) -> String {
        parts.count == 1 ? parts[0] : parts.map { "(\($0))" }.joined(separator: " and ")
    }

    /// The expression that a template consists of; `nil` when it has more than one piece.
    static func only(_ template: String) -> String? {
        let text = trimmed(template)
        guard text.hasPrefix("{{"), text.hasSuffix("}}"), text.utf8.count > 4 else { return nil }
        let inner = text.dropFirst(2).dropLast(2)
        let hasMore = inner.contains("{{") || inner.contains("}}") || inner.contains("{%")
        // `{{- x -}}` trims what is around it: there is nothing.
        let cut = inner.hasPrefix("-") && inner.hasSuffix("-") ? inner.dropFirst().dropLast() : inner
        return hasMore || cut.isEmpty ? nil : trimmed(String(cut))
    }

    private static func trimmed(_ text: String) -> String {
        let isSpace: (Character) -> Bool = { $0.isWhitespace }
        return String(text.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
