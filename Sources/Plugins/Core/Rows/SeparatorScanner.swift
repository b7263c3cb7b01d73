/// Finds the ends of rows in bytes that come piece by piece.
///
/// Rows are handed on in parts as they come, so that a row of any length passes through little memory. Bytes after
/// the last separator are a row too, when there are any.
struct SeparatorScanner {
    enum Found {
        /// Some of the row at hand.
        case part(ArraySlice<UInt8>)
        /// The row is complete; its separator is left out.
        case end
    }

    private let separator: [UInt8]
    /// What may be the start of a separator: always shorter than one.
    private var rest: [UInt8] = []
    private var isInRow = false

    /// - Parameter separator: Not empty.
    init(_ separator: [UInt8]) {
        precondition(!separator.isEmpty, "rows need something between them")
        self.separator = separator
    }

    var heldBytes: Int { rest.count }

    /// Takes the next piece; an empty one is the end.
    mutating func scan(_ piece: [UInt8], _ each: (Found) throws -> Void) throws {
        let bytes = rest.isEmpty ? piece : rest + piece
        rest = []
        var start = 0
        var place = 0
        let last = separator.count - 1
        while place + last < bytes.count {
            guard bytes[place] == separator[0], bytes[place...].starts(with: separator) else {
                place += 1
                continue
            }
            if start < place { try each(.part(bytes[start..<place])) }
            try each(.end)
            isInRow = false
            place += separator.count
            start = place
        }
        let end = piece.isEmpty ? bytes.count : max(start, bytes.count - last)
        if start < end {
            try each(.part(bytes[start..<end]))
            isInRow = true
        }
        if piece.isEmpty {
            if isInRow { try each(.end) }
            isInRow = false
        } else {
            rest = Array(bytes[end...])
        }
    }
}
