/// Stands for raw texts while a text is rendered more than once.
enum RawText {
    // A noncharacter: no well-formed text holds it.
    private static let fence: Character = "\u{FFFFE}"

    static func mark(_ place: Int) -> String { "\(fence)\(place)\(fence)" }

    /// Puts the raw texts back in the place of their marks.
    static func restore(_ texts: [String], in text: String) -> String {
        guard !texts.isEmpty, text.contains(fence) else { return text }
        var result = ""
        for (place, piece) in text.split(separator: fence, omittingEmptySubsequences: false).enumerated() {
            if place.isMultiple(of: 2) {
                result += piece
            } else if let index = Int(piece), texts.indices.contains(index) {
                result += texts[index]
            }
        }
        return result
    }
}
