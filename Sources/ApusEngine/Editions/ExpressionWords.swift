/// The names that stand in the expressions of a text, outside of quotes and comments.
struct ExpressionWords: Sequence, IteratorProtocol {
    struct Word {
        var name: String
        /// Where the name stands, in bytes of the text.
        var range: Range<Int>
        /// A `(` follows.
        var isCalled: Bool
        /// A `|` comes before.
        var isFilter: Bool
    }

    private let bytes: [UInt8]
    private var place = 0
    private var isInside = false
    private var before: UInt8 = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func next() -> Word? {
        while let byte = byte(at: place) {
            if !isInside {
                open(byte)
            } else if byte == UInt8(ascii: "}"), isEnd {
                isInside = false
                place += 1
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                skipText(byte)
            } else if Self.isLetter(byte) {
                return word()
            } else {
                if byte > 0x20 { before = byte }
                place += 1
            }
        }
        return nil
    }

    private func byte(at place: Int) -> UInt8? { bytes.indices.contains(place) ? bytes[place] : nil }

    /// `}}`, or the `}` of `%}` and `#}`.
    private var isEnd: Bool {
        byte(at: place + 1) == UInt8(ascii: "}") || byte(at: place - 1) == UInt8(ascii: "%")
    }

    private mutating func open(_ byte: UInt8) {
        let following = self.byte(at: place + 1)
        place += 1
        guard byte == UInt8(ascii: "{") else { return }
        if following == UInt8(ascii: "{") || following == UInt8(ascii: "%") {
            (isInside, before) = (true, 0)
            place += 1
        } else if following == UInt8(ascii: "#") {
            place += 1
            while let byte = self.byte(at: place) {
                if byte == UInt8(ascii: "#"), self.byte(at: place + 1) == UInt8(ascii: "}") { break }
                place += 1
            }
        }
    }

    private mutating func skipText(_ quote: UInt8) {
        place += 1
        while let byte = byte(at: place), byte != quote {
            place += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        place += 1
        before = quote
    }

    private mutating func word() -> Word {
        let start = place
        while let byte = byte(at: place), Self.isLetter(byte) || (0x30...0x39).contains(byte) { place += 1 }
        var next = place
        while let byte = byte(at: next), byte <= 0x20 { next += 1 }
        let isFilter = before == UInt8(ascii: "|")
        let isMember = before == UInt8(ascii: ".")
        before = UInt8(ascii: "a")
        return Word(
            name: String(decoding: bytes[start..<place], as: UTF8.self), range: start..<place,
            isCalled: byte(at: next) == UInt8(ascii: "(") && !isMember, isFilter: isFilter)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
    }
}
