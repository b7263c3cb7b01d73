import ApusStorage

/// Writes a zip archive piece by piece; files are stored as they are, not compressed.
///
/// Source: APPNOTE.TXT, the .ZIP file format specification.
struct ZipWriter {
    /// What the format counts to, without its extension for large archives.
    static let maxEntries = 65_535
    private static let maxBytes = Int(UInt32.max)
    private static let pieceBytes = 256 * 1024
    /// Names are UTF-8.
    private static let flags: UInt16 = 0x0800
    /// 1 January 1980, the first date there is.
    private static let date: UInt16 = 0x0021

    private let write: ([UInt8]) async throws -> Void
    private var directory = ZipBytes()
    private var count = 0
    private var offset = 0

    init(_ write: @escaping ([UInt8]) async throws -> Void) { self.write = write }

    /// Adds a file. It is read twice: its checksum stands in front of it.
    mutating func add(_ content: any StoredContent, named name: String) async throws {
        var sum = CRC32()
        try await pieces(of: content) { sum.add($0) }
        guard count < Self.maxEntries, offset <= Self.maxBytes - content.size - 1024,
            name.utf8.count <= UInt16.max
        else { throw ZipFault("the files are larger than an archive can hold") }
        var common = ZipBytes()
        common.append(UInt16(20), Self.flags, 0, 0, Self.date)
        common.append(sum.value, UInt32(content.size), UInt32(content.size))
        common.append(UInt16(name.utf8.count), 0)
        var head = ZipBytes()
        head.append(UInt32(0x0403_4B50))
        head.bytes += common.bytes + Array(name.utf8)
        directory.append(UInt32(0x0201_4B50))
        directory.append(UInt16(0x0314))
        directory.bytes += common.bytes
        directory.append(UInt16(0), 0, 0)
        directory.append(UInt32(0o100644 << 16), UInt32(offset))
        directory.bytes += Array(name.utf8)
        try await write(head.bytes)
        let write = write
        try await pieces(of: content) { try await write($0) }
        offset += head.bytes.count + content.size
        count += 1
    }

    private func pieces(
        of content: any StoredContent, _ take: ([UInt8]) async throws -> Void
    ) async throws {
        var place = 0
        while place < content.size {
            let piece = try await content.read(at: place, count: min(Self.pieceBytes, content.size - place))
            guard !piece.isEmpty else { throw ZipFault("a file became shorter while it was read") }
            try await take(piece)
            place += piece.count
        }
    }

    /// Writes the list of contents at the end.
    mutating func finish() async throws {
        var end = directory
        end.append(UInt32(0x0605_4B50))
        end.append(UInt16(0), 0, UInt16(count), UInt16(count))
        end.append(UInt32(directory.bytes.count), UInt32(offset))
        end.append(UInt16(0))
        try await write(end.bytes)
    }
}

/// Numbers in the order of bytes that archives have: the smallest first.
struct ZipBytes {
    var bytes: [UInt8] = []

    mutating func append(_ numbers: UInt16...) {
        for number in numbers { bytes += [UInt8(number & 0xFF), UInt8(number >> 8)] }
    }

    mutating func append(_ numbers: UInt32...) {
        for number in numbers { append(UInt16(number & 0xFFFF), UInt16(number >> 16)) }
    }
}
