/// Finds lines of a text by number. Asked for lines in rising order it reads the text once.
struct LineFinder {
    private var line = 0
    private var offset = 0

    /// The spaces before the content of a literal block, whose `|` stands in a line (counted from 0): those before its
    /// first line that is not blank. `nil` where the header gives the indent itself, or all lines are blank.
    mutating func indent(ofBlockAfter header: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        move(to: header, in: bytes)
        let start = offset
        move(to: header + 1, in: bytes)
        let mark = bytes[start..<offset].lastIndex(of: UInt8(ascii: "|")) ?? start
        guard !bytes[mark..<offset].prefix(3).contains(where: { (0x31...0x39).contains($0) }) else {
            return nil
        }
        var spaces = 0
        for byte in bytes[offset...] {
            switch byte {
            case UInt8(ascii: " "): spaces += 1
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): spaces = 0
            default: return spaces
            }
        }
        return nil
    }

    private mutating func move(to wanted: Int, in bytes: UnsafeBufferPointer<UInt8>) {
        if wanted < line { (line, offset) = (0, 0) }
        while line < wanted, offset < bytes.count {
            if bytes[offset] == UInt8(ascii: "\n") { line += 1 }
            offset += 1
        }
    }
}
