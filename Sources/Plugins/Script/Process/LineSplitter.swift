import Foundation

/// Cuts a stream of bytes into lines of bounded length.
///
/// A line ends with `\n` or `\r\n`. What exceeds the limit is dropped up to the end of the line, and the line
/// ends with `… [cut]`. Bytes that are not UTF-8 become `U+FFFD`.
struct LineSplitter {
    /// Bytes of a line that are kept; for lines that begin with `longPrefix`, `longLimit`.
    let limit: Int
    let longPrefix: [UInt8]
    let longLimit: Int

    private var partial: [UInt8] = []
    private var isCutting = false

    static let cutMark = "… [cut]"

    init(limit: Int = 64 * 1024, longPrefix: String = "", longLimit: Int = 0) {
        self.limit = limit
        self.longPrefix = Array(longPrefix.utf8)
        self.longLimit = longLimit
    }

    /// Takes the next bytes and adds the lines they complete.
    mutating func append(_ bytes: ArraySlice<UInt8>, to lines: inout [String]) {
        var rest = bytes
        while let end = rest.indexOfLineBreak {
            take(rest[..<end])
            lines.append(completeLine())
            rest = rest[(end + 1)...]
        }
        take(rest)
    }

    /// What is left when the stream ends without a line break.
    mutating func finish(_ lines: inout [String]) {
        if !partial.isEmpty || isCutting { lines.append(completeLine()) }
    }

    private mutating func take(_ bytes: ArraySlice<UInt8>) {
        guard !isCutting, !bytes.isEmpty else { return }
        let room = max(limit, longLimit) - partial.count
        partial.append(contentsOf: bytes.prefix(room))
        guard partial.count >= limit else { return }
        let allowed = !longPrefix.isEmpty && partial.starts(with: longPrefix) ? max(limit, longLimit) : limit
        guard partial.count > allowed || bytes.count > room else { return }
        partial.removeLast(max(0, partial.count - allowed))
        isCutting = true
    }

    private mutating func completeLine() -> String {
        defer {
            partial.removeAll(keepingCapacity: partial.capacity <= 2 * limit)
            isCutting = false
        }
        if isCutting { return String(decoding: partial.wholeCharacters, as: UTF8.self) + Self.cutMark }
        if partial.last == UInt8(ascii: "\r") { partial.removeLast() }
        return String(decoding: partial, as: UTF8.self)
    }
}

extension ArraySlice<UInt8> {
    fileprivate var indexOfLineBreak: Int? {
        withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress, let found = memchr(start, 0x0A, bytes.count) else {
                return nil
            }
            return startIndex + (found - UnsafeMutableRawPointer(mutating: start))
        }
    }
}

extension [UInt8] {
    /// Without a UTF-8 sequence that was cut at the end.
    fileprivate var wholeCharacters: ArraySlice<UInt8> {
        guard let lead = suffix(4).lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return self[...] }
        let length =
            switch self[lead] {
            case 0xF0...: 4
            case 0xE0...: 3
            case 0xC0...: 2
            default: 1
            }
        return count - lead < length ? self[..<lead] : self[...]
    }
}
