public import ApusModel

/// The rows of a file that tasks exchange: one Ion or JSON value a line.
public enum FileRows {
    /// - Returns: A value a line, empty lines left out; a line that is neither Ion nor JSON is a text.
    public static func values(of text: String) -> [Value] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            let line = line.drop { $0.isWhitespace }
            guard !line.isEmpty else { return nil }
            // What cannot be read is meant as it stands: files of plain lines are rows, too.
            return .some((try? IonTextReader.parse(String(line))) ?? .string(String(line)))
        }
    }
}
