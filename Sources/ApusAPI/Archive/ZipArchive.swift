/// A zip archive that somebody sent, read with suspicion.
///
/// Refused are: encrypted and very large archives, other ways to compress than the usual one, links, names that
/// appear twice, and entries that give other bytes than their checksum says.
/// Source: APPNOTE.TXT, the .ZIP file format specification.
struct ZipArchive {
    /// Of the archive itself.
    static let maxBytes = 64 << 20
    /// Of all that is in it, unpacked.
    static let maxTotalBytes = 128 << 20
    static let maxEntries = 10_000

    struct Entry: Hashable {
        var name: String
        var size: Int
        var isDirectory: Bool
        fileprivate var packedSize: Int
        fileprivate var isCompressed: Bool
        fileprivate var checksum: UInt32
        fileprivate var offset: Int
    }

    let entries: [Entry]
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) throws(ZipFault) {
        guard bytes.count <= Self.maxBytes else {
            throw ZipFault("it has more than \(Self.maxBytes) bytes")
        }
        self.bytes = bytes
        entries = try Self.entries(ZipNumbers(bytes: bytes))
    }

    private static func entries(_ numbers: ZipNumbers) throws(ZipFault) -> [Entry] {
        let end = try numbers.endOfDirectory()
        let count = Int(try numbers.short(at: end + 10))
        var place = Int(try numbers.long(at: end + 16))
        guard count <= maxEntries else { throw ZipFault("it holds more than \(maxEntries) files") }
        var entries: [Entry] = []
        var names: Set<String> = []
        for _ in 0..<count {
            let (entry, length) = try entry(numbers, at: place)
            guard names.insert(entry.name).inserted else {
                throw ZipFault("`\(entry.name.prefix(200))` is in it twice")
            }
            entries.append(entry)
            place += length
        }
        return entries
    }

    private static func entry(_ numbers: ZipNumbers, at place: Int) throws(ZipFault) -> (Entry, Int) {
        guard try numbers.long(at: place) == 0x0201_4B50 else {
            throw ZipFault("its list of files is broken")
        }
        let (flags, method) = (try numbers.short(at: place + 8), try numbers.short(at: place + 10))
        let nameLength = Int(try numbers.short(at: place + 28))
        let name = try numbers.text(at: place + 46, count: nameLength)
        guard flags & 1 == 0 else { throw ZipFault("`\(name.prefix(200))` is encrypted") }
        guard method == 0 || method == 8 else {
            throw ZipFault("`\(name.prefix(200))` is compressed in an unusual way (\(method))")
        }
        let kind = (try numbers.long(at: place + 38) >> 16) & 0o170000
        guard kind == 0 || kind == 0o100000 || kind == 0o040000 else {
            throw ZipFault("`\(name.prefix(200))` is a link or another special file")
        }
        let (packed, size) = (try numbers.long(at: place + 20), try numbers.long(at: place + 24))
        guard packed != .max, size != .max else { throw ZipFault("`\(name.prefix(200))` is too large") }
        let entry = Entry(
            name: name, size: Int(size), isDirectory: name.hasSuffix("/"), packedSize: Int(packed),
            isCompressed: method == 8, checksum: try numbers.long(at: place + 16),
            offset: Int(try numbers.long(at: place + 42)))
        let extra = Int(try numbers.short(at: place + 30)) + Int(try numbers.short(at: place + 32))
        return (entry, 46 + nameLength + extra)
    }

    /// The content of an entry.
    ///
    /// - Throws: For one that is larger than the limit, or not what the archive says it is.
    func bytes(of entry: Entry, limit: Int) throws(ZipFault) -> [UInt8] {
        guard entry.size <= limit else {
            throw ZipFault("its files have more than \(Self.maxTotalBytes) bytes together")
        }
        let numbers = ZipNumbers(bytes: bytes)
        let start =
            entry.offset + 30 + Int(try numbers.short(at: entry.offset + 26))
            + Int(try numbers.short(at: entry.offset + 28))
        let packed = try numbers.slice(at: start, count: entry.packedSize)
        let content: [UInt8]
        if entry.isCompressed {
            var inflate = Inflate(packed, limit: entry.size)
            content = try inflate.run()
        } else {
            content = Array(packed)
        }
        guard content.count == entry.size, CRC32.of(content) == entry.checksum else {
            throw ZipFault("`\(entry.name.prefix(200))` is broken")
        }
        return content
    }
}

/// Numbers and texts at places of an archive, every place checked.
struct ZipNumbers {
    let bytes: [UInt8]

    func slice(at place: Int, count: Int) throws(ZipFault) -> ArraySlice<UInt8> {
        guard place >= 0, count >= 0, place <= bytes.count, count <= bytes.count - place else {
            throw ZipFault("it ends too early")
        }
        return bytes[place..<(place + count)]
    }

    func short(at place: Int) throws(ZipFault) -> UInt16 {
        let pair = try slice(at: place, count: 2)
        return UInt16(pair[pair.startIndex]) | UInt16(pair[pair.startIndex + 1]) << 8
    }

    func long(at place: Int) throws(ZipFault) -> UInt32 {
        UInt32(try short(at: place)) | UInt32(try short(at: place + 2)) << 16
    }

    func text(at place: Int, count: Int) throws(ZipFault) -> String {
        guard let text = String(validating: try slice(at: place, count: count), as: UTF8.self) else {
            throw ZipFault("the name of a file is not UTF-8")
        }
        return text
    }

    /// The record at the end, which a comment may follow.
    func endOfDirectory() throws(ZipFault) -> Int {
        let last = bytes.count - 22
        guard last >= 0 else { throw ZipFault("it is not a zip archive") }
        for place in stride(from: last, through: max(0, last - 65_535), by: -1) where bytes[place] == 0x50 {
            if try long(at: place) == 0x0605_4B50 { return place }
        }
        throw ZipFault("it is not a zip archive")
    }
}
