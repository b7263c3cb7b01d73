internal import ApusModel

/// A part of a document, its aliases resolved and its limits checked, its keys not yet.
struct Node {
    enum Content {
        /// With its text, where the value would print differently.
        case scalar(Value, literal: String?, place: TextPlace?)
        case list([Node])
        case map([Entry])
    }

    struct Entry {
        var key: String
        var position: SourcePosition
        /// A plain `<<`: the value's entries belong to the map around it.
        var isMerge: Bool
        var value: Node
    }

    var content: Content
    var position: SourcePosition
    /// Stands where `*name` is written; its parts have no places of their own.
    var isAlias = false
    var size = Size()

    /// What a node costs with everything below it.
    struct Size {
        var nodes = 1
        var bytes = 0
        /// 0 for a scalar, else one more than the deepest part.
        var height = 0

        mutating func add(_ child: Size) {
            nodes += child.nodes
            bytes += child.bytes
            height = max(height, child.height + 1)
        }
    }
}

/// A document of a text, and where it stands.
struct DocumentNode {
    var root: Node
    var position: SourcePosition
    /// Lines of the text that belong to it, counted from 1; the end is not included.
    var lines: Range<Int>

    func source(in text: String) -> String {
        if lines.lowerBound <= 1, lines.upperBound == .max { return text }
        var line = 1
        var start = text.startIndex
        var place = text.startIndex
        let utf8 = text.utf8
        while place < utf8.endIndex {
            if utf8[place] == 0x0A {
                line += 1
                let next = utf8.index(after: place)
                if line == lines.lowerBound { start = next }
                if line == lines.upperBound { return String(text[start..<next]) }
            }
            place = utf8.index(after: place)
        }
        return String(text[start...])
    }
}
