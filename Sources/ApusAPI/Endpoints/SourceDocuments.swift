/// The documents of a YAML text, kept as text so that each keeps its comments.
enum SourceDocuments {
    /// Splits at lines that begin with `---`. Documents of blanks and comments only are left out.
    ///
    /// Such a line is a border wherever it stands, inside block texts too. Source: YAML 1.2.2, section 9.1.2.
    static func split(_ text: String) -> [String] {
        var documents: [[Substring]] = [[]]
        // By scalars: as a character, a line break of two is one that is not "\n".
        for scalars in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
            let line = Substring(scalars)
            if isBorder(line) {
                documents.append([])
                let rest = line.dropFirst(3)
                if hasContent(rest) { documents[documents.count - 1].append(rest) }
            } else {
                documents[documents.count - 1].append(line)
            }
        }
        return documents.filter { $0.contains(where: hasContent) }.map { $0.joined(separator: "\n") }
    }

    private static func isBorder(_ line: Substring) -> Bool {
        guard line.hasPrefix("---") else { return false }
        guard let next = line.dropFirst(3).unicodeScalars.first else { return true }
        return next == " " || next == "\t" || next == "\r"
    }

    private static func hasContent(_ line: Substring) -> Bool {
        guard let first = line.unicodeScalars.first(where: { $0 != " " && $0 != "\t" && $0 != "\r" }) else {
            return false
        }
        return first != "#"
    }
}
