/// Finds the ends of rows of Ion text: line breaks that do not lie within a value or a comment.
///
/// Bytes come piece by piece; the place is kept between them. Values that stand in one line are one row.
struct IonRowScanner {
    private enum Mode {
        case plain, text, symbol, longText, line, block
        /// Between `{{` and `}}`, where slashes are no comments.
        case blob, blobText
    }

    private var mode = Mode.plain
    private var depth = 0
    /// Bytes of the row at hand that have been looked at.
    private var seen = 0

    /// Where the row that begins at a place of a buffer ends (after its line break); `nil` when more bytes are
    /// needed, or none are left. Asked again, the row begins where it began.
    ///
    /// - Parameter isLast: Nothing follows the buffer.
    mutating func end(of buffer: [UInt8], from start: Int, isLast: Bool) -> Int? {
        // Two more bytes decide what a byte means.
        let last = isLast ? buffer.count : buffer.count - 2
        while start + seen < last {
            let place = start + seen
            let byte = buffer[place]
            if byte == 0x0A, depth <= 0, mode == .plain || mode == .line {
                (mode, seen, depth) = (.plain, 0, 0)
                return place + 1
            }
            let next = place + 1 < buffer.count ? buffer[place + 1] : nil
            let after = place + 2 < buffer.count ? buffer[place + 2] : nil
            seen += step(byte, next: next, after: after)
        }
        guard isLast, start < buffer.count else { return nil }
        seen = 0
        return buffer.count
    }

    /// Takes a byte; answers how many belong together.
    private mutating func step(_ byte: UInt8, next: UInt8?, after: UInt8?) -> Int {
        switch mode {
        case .plain: return plain(byte, next, after)
        case .text: return inside(byte, until: UInt8(ascii: "\""), then: .plain)
        case .symbol: return inside(byte, until: UInt8(ascii: "'"), then: .plain)
        case .blobText: return inside(byte, until: UInt8(ascii: "\""), then: .blob)
        case .longText:
            if byte == UInt8(ascii: "\\") { return 2 }
            guard byte == UInt8(ascii: "'"), next == byte, after == byte else { return 1 }
            mode = .plain
            return 3
        case .line:
            if byte == 0x0A { mode = .plain }
            return 1
        case .block:
            guard byte == UInt8(ascii: "*"), next == UInt8(ascii: "/") else { return 1 }
            mode = .plain
            return 2
        case .blob:
            if byte == UInt8(ascii: "\"") { mode = .blobText }
            guard byte == UInt8(ascii: "}"), next == byte else { return 1 }
            mode = .plain
            return 2
        }
    }

    private mutating func plain(_ byte: UInt8, _ next: UInt8?, _ after: UInt8?) -> Int {
        switch byte {
        case UInt8(ascii: "{") where next == byte:
            mode = .blob
            return 2
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "("): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ")"): depth -= 1
        case UInt8(ascii: "\""): mode = .text
        case UInt8(ascii: "'") where next == byte && after == byte:
            mode = .longText
            return 3
        case UInt8(ascii: "'"): mode = .symbol
        case UInt8(ascii: "/") where next == byte: mode = .line
        case UInt8(ascii: "/") where next == UInt8(ascii: "*"):
            mode = .block
            return 2
        default: break
        }
        return 1
    }

    private mutating func inside(_ byte: UInt8, until mark: UInt8, then outer: Mode) -> Int {
        if byte == UInt8(ascii: "\\") { return 2 }
        if byte == mark { mode = outer }
        return 1
    }
}
