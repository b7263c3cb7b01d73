import ApusModel

/// Cuts a template into texts, print statements and tags.
struct Segmenter {
    private let source: String
    private let bytes: [UInt8]
    private var place = 0
    private var segments: [Segment] = []
    /// The text that follows loses its leading space, because the tag before ended with `-`.
    private var trimsNext = false

    static func segments(of source: String) throws(ExpressionError) -> [Segment] {
        var segmenter = Segmenter(source)
        try segmenter.run()
        return segmenter.segments
    }

    private init(_ source: String) {
        self.source = source
        bytes = Array(source.utf8)
    }

    private func byte(_ offset: Int = 0) -> UInt8? {
        place + offset < bytes.count ? bytes[place + offset] : nil
    }

    private func fault(_ message: String, at offset: Int) -> ExpressionError {
        ExpressionError(.syntax, message).located(at: offset, in: source)
    }

    private mutating func run() throws(ExpressionError) {
        var start = 0
        while place < bytes.count {
            guard bytes[place] == UInt8(ascii: "{"), let second = byte(1),
                second == UInt8(ascii: "{") || second == UInt8(ascii: "%") || second == UInt8(ascii: "#")
            else {
                place += 1
                continue
            }
            let opening = place
            if second == UInt8(ascii: "%"), let raw = rawRegion() {
                addText(start..<opening, trimsEnd: raw.isVerbatim && raw.trimsBefore)
                if !raw.content.isEmpty { segments.append(.raw(string(raw.content))) }
                place = raw.end
                trimsNext = raw.isVerbatim && raw.trimsAfter
                start = place
                continue
            }
            let trims = byte(2) == UInt8(ascii: "-")
            addText(start..<opening, trimsEnd: trims)
            place += trims ? 3 : 2
            if second == UInt8(ascii: "#") {
                try skipComment(from: opening)
            } else {
                let isPrint = second == UInt8(ascii: "{")
                var lexer = Lexer(source: source, bytes: bytes, place: place, closing: isPrint ? "}}" : "%}")
                let tokens = try lexer.tokens(openedAt: opening)
                place = lexer.place
                trimsNext = lexer.trimsNext
                segments.append(isPrint ? .print(tokens, start: opening) : .tag(tokens, start: opening))
            }
            start = place
        }
        addText(start..<bytes.count, trimsEnd: false)
    }

    private func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private mutating func addText(_ range: Range<Int>, trimsEnd: Bool) {
        var range = range
        if trimsNext {
            while let first = range.first, bytes[first] <= 0x20 { range.removeFirst() }
        }
        if trimsEnd {
            while let last = range.last, bytes[last] <= 0x20 { range.removeLast() }
        }
        trimsNext = false
        if !range.isEmpty { segments.append(.text(string(range))) }
    }

    private mutating func skipComment(from opening: Int) throws(ExpressionError) {
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "#"), byte(1) == UInt8(ascii: "}") {
                trimsNext = place > opening + 2 && bytes[place - 1] == UInt8(ascii: "-")
                place += 2
                return
            }
            place += 1
        }
        throw fault("the comment is not closed by `#}`", at: opening)
    }

    private struct RawRegion {
        var content: Range<Int>
        var end: Int
        var isVerbatim: Bool
        var trimsBefore: Bool
        var trimsAfter: Bool
    }

    /// The region that begins here, when a `raw` or `verbatim` tag stands here and is closed.
    private func rawRegion() -> RawRegion? {
        for name in ["raw", "verbatim"] {
            guard let opening = tag(name, at: place) else { continue }
            var end = opening.end
            while end < bytes.count {
                if bytes[end] == UInt8(ascii: "{"), let closing = tag("end" + name, at: end) {
                    return RawRegion(
                        content: opening.end..<end, end: closing.end, isVerbatim: name == "verbatim",
                        trimsBefore: opening.trimsBefore, trimsAfter: closing.trimsAfter)
                }
                end += 1
            }
        }
        return nil
    }

    /// A tag of one word: `{% name %}`, with or without dashes.
    private func tag(_ name: String, at start: Int) -> (end: Int, trimsBefore: Bool, trimsAfter: Bool)? {
        var place = start
        func matches(_ text: String) -> Bool {
            guard place + text.utf8.count <= bytes.count,
                bytes[place..<(place + text.utf8.count)].elementsEqual(text.utf8)
            else { return false }
            place += text.utf8.count
            return true
        }
        func skipSpace() { while place < bytes.count, bytes[place] <= 0x20 { place += 1 } }
        guard matches("{%") else { return nil }
        let trimsBefore = matches("-")
        skipSpace()
        guard matches(name) else { return nil }
        skipSpace()
        let trimsAfter = matches("-")
        guard matches("%}") else { return nil }
        return (place, trimsBefore, trimsAfter)
    }
}
