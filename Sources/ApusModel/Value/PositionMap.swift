/// Where each part of a parsed document stands in its text.
public struct PositionMap: Sendable {
    /// Where the value at a path begins.
    public var values: [ValuePath: SourcePosition] = [:]
    /// Where the key that leads to a path begins; list items have none.
    public var keys: [ValuePath: SourcePosition] = [:]
    /// Where the content of a text begins, for texts whose every character can be found again in the document.
    public var texts: [ValuePath: TextPlace] = [:]

    public init() {}

    /// The position of the value, else of the nearest enclosing value that has one.
    public func position(of path: ValuePath) -> SourcePosition? {
        var current: ValuePath? = path
        while let path = current {
            if let position = values[path] { return position }
            current = path.parent
        }
        return nil
    }

    /// The position of the key that leads to the path, else of its value.
    public func positionOfKey(_ path: ValuePath) -> SourcePosition? {
        keys[path] ?? position(of: path)
    }

    /// The position of a place inside the text at a path; that of the text where its characters cannot be told apart.
    ///
    /// - Parameter place: Counted from the beginning of the text.
    public func position(of place: SourcePosition, in path: ValuePath) -> SourcePosition? {
        guard let text = texts[path], text.isBlock || place.line == 1 else { return position(of: path) }
        return SourcePosition(
            line: text.start.line + place.line - 1, column: text.start.column + place.column - 1)
    }
}

/// Where the content of a text stands in a document.
public struct TextPlace: Hashable, Sendable {
    /// The first character.
    public var start: SourcePosition
    /// Every line of the text is a line of the document and begins in the same column.
    public var isBlock: Bool

    public init(start: SourcePosition, isBlock: Bool) {
        self.start = start
        self.isBlock = isBlock
    }
}
