import ApusModel

/// Finds positions and texts in a template, each once.
struct StepTexts {
    private static let maxCharacters = 120

    private let source: String
    private var positions: [Int: SourcePosition] = [:]
    private var texts: [Range<Int>: String] = [:]

    init(_ source: String) { self.source = source }

    mutating func position(of offset: Int) -> SourcePosition {
        if let known = positions[offset] { return known }
        let position = SourcePosition(utf8Offset: offset, in: source)
        positions[offset] = position
        return position
    }

    /// The text at these bytes, in one line and not too long.
    mutating func text(_ range: Range<Int>) -> String {
        if let known = texts[range] { return known }
        // No character has more bytes than four, so that the cost follows the bound.
        let bytes = source.utf8.dropFirst(range.lowerBound).prefix(
            min(range.count, Self.maxCharacters * 4 + 4))
        var text = Self.line(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        if bytes.count < range.count, !text.hasSuffix("…") { text += "…" }
        texts[range] = text
        return text
    }

    /// The tag or line that begins at a position.
    func text(at position: SourcePosition) -> String {
        let lines = source.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        guard position.line > 0, position.line <= lines.count else { return "" }
        return Self.line(lines[position.line - 1].dropFirst(position.column - 1))
    }

    private static func line(_ scalars: some Collection<Unicode.Scalar>) -> String {
        var line = String.UnicodeScalarView()
        var count = 0
        for scalar in scalars {
            guard count < maxCharacters else {
                line.append("…")
                break
            }
            // Line breaks, and signs that would steer a terminal.
            let isPlain = scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
            let next: Unicode.Scalar = isPlain ? scalar : " "
            if next == " ", line.last == " " { continue }
            line.append(next)
            count += 1
        }
        return String(line)
    }
}
