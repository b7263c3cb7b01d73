import ApusPlugin

/// An encoding of text, as far as finding separators in it needs.
struct RowCharset: Hashable, Sendable {
    /// Bytes of a code unit: separators begin at a multiple of it.
    let unitBytes: Int
    private let isBigEndian: Bool

    /// - Parameter name: As Java knows it, in any case.
    init(_ name: String) throws(TaskFailure) {
        switch name.trimmingPrefix(while: \.isWhitespace).uppercased() {
        case "UTF-8", "UTF8", "US-ASCII", "ASCII", "ISO-8859-1", "ISO-8859-15", "LATIN1", "WINDOWS-1252":
            (unitBytes, isBigEndian) = (1, false)
        case "UTF-16BE", "UTF-16": (unitBytes, isBigEndian) = (2, true)
        case "UTF-16LE": (unitBytes, isBigEndian) = (2, false)
        default:
            throw TaskFailure(
                "`charset` must be UTF-8, US-ASCII, ISO-8859-1, ISO-8859-15, windows-1252, UTF-16, UTF-16BE or "
                    + "UTF-16LE, found `\(name)`")
        }
        isUnicode = name.uppercased().hasPrefix("UTF")
    }

    private let isUnicode: Bool

    func encode(_ text: String) throws(TaskFailure) -> [UInt8] {
        if unitBytes == 2 {
            return text.utf16.flatMap { unit in
                let (high, low) = (UInt8(truncatingIfNeeded: unit >> 8), UInt8(truncatingIfNeeded: unit))
                return isBigEndian ? [high, low] : [low, high]
            }
        }
        guard isUnicode || text.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw TaskFailure("`separator` must be ASCII for this `charset`, found `\(text)`")
        }
        return Array(text.utf8)
    }
}
