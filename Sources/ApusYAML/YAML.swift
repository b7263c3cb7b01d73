public import ApusModel

/// A YAML text as values, with the place of each of them.
public struct YAMLDocument: Sendable {
    public var root: Value
    /// Where values and keys stand, counted in the whole text, other documents of it included.
    ///
    /// What an alias or a merge key brings in stands where the alias stands.
    public var positions: PositionMap
    /// How numbers and booleans were written, where that differs from how they are printed: `3.10`, `007`, `True`.
    ///
    /// A property that is text takes these, so that a version `3.10` does not become `3.1`.
    public var literals: [ValuePath: String]
    /// The text this document was read from, without the `---` around it.
    public var source: String

    public init(root: Value, positions: PositionMap, literals: [ValuePath: String] = [:], source: String) {
        self.root = root
        self.positions = positions
        self.literals = literals
        self.source = source
    }
}

/// Reads and prints YAML as flows use it.
///
/// Plain scalars become what they look like: `true`, `null`, `12`, `0x1F`, `1_000`, `1.5`, `.inf`; dates, times,
/// `12:30:00` and `yes`, `no`, `on`, `off` stay text, and so does everything in quotes. Anchors, aliases and merge
/// keys are resolved. Hostile texts are refused before they cost time or memory, see ``YAMLLimits``.
public enum YAML {
    /// Reads a text that holds one document.
    ///
    /// - Throws: The first fault found, with its position: a syntax error, a key written twice, an empty
    ///   document, a limit passed.
    public static func parse(_ text: String, limits: YAMLLimits = .default) throws(Fault) -> YAMLDocument {
        let documents = try read(text, limits: limits, limitedTo: 1)
        guard let document = documents.first else {
            throw Fault(
                .error, "the document must not be empty", position: SourcePosition(line: 1, column: 1),
                remedy: "write at least one `key: value` line")
        }
        return document
    }

    /// Reads a text of several documents separated by `---`; empty ones are left out.
    public static func parseAll(
        _ text: String, limits: YAMLLimits = .default
    ) throws(Fault) -> [YAMLDocument] {
        try read(text, limits: limits, limitedTo: limits.documents)
    }

    /// Block style with as few quotes as possible, ending with a line break. Reading it gives the value again.
    public static func print(_ value: Value) -> String {
        var printer = Printer()
        return printer.document(value)
    }

    private static func read(
        _ text: String, limits: YAMLLimits, limitedTo maxDocuments: Int
    ) throws(Fault) -> [YAMLDocument] {
        guard text.utf8.count <= limits.bytes else {
            throw Fault(
                .error, "the document is larger than \(limits.bytes) bytes",
                position: SourcePosition(line: 1, column: 1),
                remedy: "move large texts into namespace files")
        }
        var composer = Composer(text, limits: limits)
        var documents: [YAMLDocument] = []
        while let node = try composer.nextDocument() {
            guard documents.count < maxDocuments else {
                throw Fault(
                    .error,
                    maxDocuments == 1
                        ? "a second document begins here" : "more than \(maxDocuments) documents in one text",
                    position: node.position, remedy: "keep one document in each text")
            }
            var builder = Builder()
            let root = try builder.value(of: node.root)
            documents.append(
                YAMLDocument(
                    root: root, positions: builder.positions, literals: builder.literals,
                    source: node.source(in: text)))
        }
        return documents
    }
}
