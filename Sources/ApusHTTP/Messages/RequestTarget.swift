/// What a request asks for: path and query, decoded once, at the border.
///
/// Everything later works on `segments`; no code decodes again or compares the raw path.
struct RequestTarget: Sendable {
    /// The path as it was sent, without the query.
    var path: String
    /// The decoded parts between slashes: `/a/b%20c` is `["a", "b c"]`, `/` is empty, `/a/` is `["a", ""]`.
    var segments: [String]
    /// Decoded pairs in order; a name without `=` has an empty value.
    var query: [(String, String)]

    /// `nil` when it does not start with a slash, cannot be decoded, or has a segment that could climb or hide:
    /// `.`, `..`, control characters, an encoded slash or backslash.
    init?(_ raw: String) {
        let bytes = raw.utf8
        guard bytes.first == UInt8(ascii: "/"), bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            return nil
        }
        let end = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
        path = String(raw[..<end])
        guard let segments = Self.segments(bytes[bytes.index(after: bytes.startIndex)..<end]) else {
            return nil
        }
        self.segments = segments
        guard end < bytes.endIndex else {
            query = []
            return
        }
        guard let query = PercentDecoding.pairs(bytes[bytes.index(after: end)...]) else { return nil }
        self.query = query
    }

    private static func segments(_ bytes: Substring.UTF8View) -> [String]? {
        guard !bytes.isEmpty else { return [] }
        var segments: [String] = []
        for part in bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let segment = PercentDecoding.decode(part, plusIsSpace: false), isPlain(segment) else {
                return nil
            }
            segments.append(segment)
        }
        return segments
    }

    private static func isPlain(_ segment: String) -> Bool {
        segment != "." && segment != ".."
            && segment.utf8.allSatisfy {
                $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\")
            }
    }
}
