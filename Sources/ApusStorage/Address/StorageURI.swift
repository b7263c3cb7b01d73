/// The address of a file in the internal storage: `kestra:///company/team/flow/executions/ID/tasks/…/file.txt`.
///
/// Held as its decoded segments, each a plain name: once such a value exists there is nothing left in it to decode
/// or to resolve, so it cannot point outside of the storage.
public struct StorageURI: Hashable, Sendable, CustomStringConvertible {
    public static let scheme = "kestra://"
    /// Of the whole address, in bytes.
    public static let maxBytes = 4096
    public static let maxSegments = 64
    /// Of a segment: what file systems take.
    public static let maxSegmentBytes = 255

    /// From the root; never empty names, `.` or `..`, separators or control characters. Empty for the root.
    public let segments: [String]

    /// - Throws: `StorageError` (`invalidAddress`) for a segment that is not a plain name.
    public init(segments: [String]) throws(StorageError) {
        guard segments.count <= Self.maxSegments,
            segments.reduce(0, { $0 + $1.utf8.count + 1 }) <= Self.maxBytes
        else { throw StorageError(.invalidAddress, "the address is too long") }
        for segment in segments where !Self.isPlain(segment) {
            throw StorageError(.invalidAddress, "`\(Self.shown(segment))` is not a name a file can have here")
        }
        self.segments = segments
    }

    /// Reads `kestra:///a/b%20c`; escapes are decoded once, before anything is checked.
    ///
    /// - Throws: `StorageError` (`invalidAddress`) for another scheme, a host, a query, or a segment that is not a
    ///   plain name.
    public init(_ text: String) throws(StorageError) {
        guard text.hasPrefix(Self.scheme + "/") else {
            throw StorageError(.invalidAddress, "an address in the internal storage begins with `kestra:///`")
        }
        guard text.utf8.count <= Self.maxBytes * 3 else {
            throw StorageError(.invalidAddress, "the address is too long")
        }
        let path = text.dropFirst(Self.scheme.count + 1)
        if path.isEmpty {
            try self.init(segments: [])
            return
        }
        var names: [String] = []
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            guard let name = Self.decoded(part) else {
                throw StorageError(.invalidAddress, "the address has a broken `%` escape")
            }
            names.append(name)
        }
        // A slash at the end names the same place.
        if names.last == "" { names.removeLast() }
        try self.init(segments: names)
    }

    public var description: String {
        Self.scheme + "/" + segments.map(Self.encoded).joined(separator: "/")
    }

    /// The last segment; empty for the root.
    public var name: String { segments.last ?? "" }

    /// Whether this is the other address or lies below it, segment by segment.
    public func isInside(_ other: StorageURI) -> Bool { segments.starts(with: other.segments) }

    /// The address of something below.
    public func appending(_ names: String...) throws(StorageError) -> StorageURI {
        try StorageURI(segments: segments + names)
    }

    /// The address of a relative path below: `sub/file.txt`. Not decoded.
    public func appending(path: String) throws(StorageError) -> StorageURI {
        try StorageURI(
            segments: segments + path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        )
    }

    private static func isPlain(_ segment: String) -> Bool {
        guard !segment.isEmpty, segment != ".", segment != "..", segment.utf8.count <= maxSegmentBytes else {
            return false
        }
        return segment.utf8.allSatisfy { byte in
            byte >= 0x20 && byte != 0x7F && byte != UInt8(ascii: "/") && byte != UInt8(ascii: "\\")
        }
    }

    /// For messages: short and without control characters.
    private static func shown(_ segment: String) -> String {
        String(segment.prefix(40).map { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 } ? $0 : "?" })
    }

    private static func decoded(_ part: Substring) -> String? {
        guard part.utf8.contains(UInt8(ascii: "%")) else { return String(part) }
        var bytes: [UInt8] = []
        var rest = Array(part.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        // Overlong and broken encodings are refused, not mended.
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func encoded(_ segment: String) -> String {
        var text = ""
        for byte in segment.utf8 {
            if isUnreserved(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += byte < 16 ? "%0" : "%"
                text += String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }

    /// Source: RFC 3986, `pchar` without `%`.
    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~!$&'()*+,;=:@".utf8.contains(byte)
        }
    }
}
