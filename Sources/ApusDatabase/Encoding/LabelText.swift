import ApusModel

/// Labels in one column, for comparison and text search: a line per label, `key:value`, each between line breaks.
enum LabelText {
    static func text(_ labels: [Label]) -> String {
        guard !labels.isEmpty else { return "" }
        var text = "\n"
        for label in labels { text += line(label) + "\n" }
        return text
    }

    /// What a text with this label contains.
    static func part(_ label: Label) -> String { "\n" + line(label) + "\n" }

    private static func line(_ label: Label) -> String {
        let line = "\(label.key):\(label.value)"
        guard line.utf8.contains(0x0A) else { return line }
        return String(line.map { $0.isNewline ? " " : $0 })
    }
}
